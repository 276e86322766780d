//! The syntax tree of the shell's language, with the terms of POSIX. What of `sh` is not there is refused by name when
//! it is read, before anything of the line runs.

/// And-or lists that run one after another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    pub lists: Vec<AndOrList>,
}

/// `a && b || c`, ended by `;`, `&` or the end of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AndOrList {
    pub first: Pipeline,
    pub rest: Vec<(AndOrOperator, Pipeline)>,
    /// Ended by `&`.
    pub background: bool,
    /// The source, for the list of jobs.
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AndOrOperator {
    /// `&&`
    And,
    /// `||`
    Or,
}

/// `a | b`: each command reads what the one before writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pipeline {
    /// Begins with `!`, which inverts the exit status.
    pub negated: bool,
    pub commands: Vec<Command>,
}

/// A command with its redirections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    pub kind: CommandKind,
    pub redirections: Vec<Redirection>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CommandKind {
    /// `NAME=value … program argument …`
    Simple {
        assignments: Vec<(String, Word)>,
        words: Vec<Word>,
    },
    For {
        variable: String,
        words: Vec<Word>,
        body: Script,
    },
    /// `while`, or `until`.
    While {
        until: bool,
        condition: Script,
        body: Script,
    },
    /// `if` and `elif` with their conditions and bodies, and `else`.
    If {
        arms: Vec<(Script, Script)>,
        otherwise: Option<Script>,
    },
    /// `{ …; }`
    Group(Script),
    /// `( … )`
    Subshell(Script),
}

/// A redirection; only those that need no files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Redirection {
    /// `<<END`, or `</dev/null` as an empty one.
    HereDocument(Word),
    /// `>/dev/null`
    StdoutToNull,
    /// `2>/dev/null`
    StderrToNull,
    /// `2>&1`
    StderrToStdout,
    /// `>&2`
    StdoutToStderr,
}

/// A word before it is expanded: parts without blanks between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    pub parts: Vec<Part>,
}

/// A part of a word. Quoted parts are not split into fields, and make a field even when they are empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub kind: PartKind,
    pub quoted: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartKind {
    Text(String),
    Parameter(Parameter),
    /// `$(…)`
    CommandSubstitution(Script),
    /// `$((…))`: an expression whose parameters are parts of the word.
    Arithmetic(Word),
}

/// A parameter expansion: `$NAME` and its longer forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The name of a variable or a special parameter: `?`, `!`, `$`, `#`, `@`, `*`, `-`, digits.
    pub name: String,
    pub form: Form,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    Plain,
    /// `${}` and the like, an error when it is expanded.
    Bad,
    /// `${#NAME}`
    Length,
    /// `${NAME-word}`, and `${NAME:-word}` if an empty value counts as none.
    Default {
        word: Word,
        empty_too: bool,
    },
    /// `${NAME=word}`, `${NAME:=word}`
    Assign {
        word: Word,
        empty_too: bool,
    },
    /// `${NAME+word}`, `${NAME:+word}`
    Alternative {
        word: Word,
        empty_too: bool,
    },
}

/// Why a line was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyntaxError {
    /// More lines may complete it; the text says what is missing.
    Incomplete(String),
    /// An error in `sh` as well.
    Invalid(String),
    /// Valid in `sh`, but not in this shell: what, and what to do instead.
    Unsupported(String),
}

impl Word {
    /// A quoted word.
    pub fn literal(text: &str) -> Word {
        Word { parts: vec![Part { kind: PartKind::Text(text.to_owned()), quoted: true }] }
    }

    /// The text of a word without expansions.
    pub fn as_literal(&self) -> Option<String> {
        let mut literal = String::new();
        for part in &self.parts {
            let PartKind::Text(text) = &part.kind else { return None };
            literal.push_str(text);
        }
        Some(literal)
    }
}
