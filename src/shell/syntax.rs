//! The shell's language as a tree. README and `help` say what of `sh` it is; everything else is refused by
//! name when it is read, so that nothing of a line runs that would not run whole.

/// Commands one after another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    pub steps: Vec<Step>,
}

/// One command of a script, up to `;`, `&` or the end of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub first: Pipeline,
    /// What follows after `&&` and `||`.
    pub rest: Vec<(Junction, Pipeline)>,
    /// Ended by `&`.
    pub background: bool,
    /// As it was written, for the list of jobs.
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Junction {
    /// `&&`
    And,
    /// `||`
    Or,
}

/// Commands of which each reads what the one before writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pipeline {
    /// Begins with `!`: success is failure.
    pub negated: bool,
    pub commands: Vec<Command>,
}

/// A command and where its streams lead.
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
    /// `while`, or `until` if the condition is to fail.
    While {
        until: bool,
        condition: Script,
        body: Script,
    },
    /// Conditions with what to do, and what to do otherwise.
    If {
        arms: Vec<(Script, Script)>,
        otherwise: Option<Script>,
    },
    /// `{ …; }`
    Group(Script),
    /// `( … )`
    Subshell(Script),
}

/// The redirections that need no files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Redirection {
    /// `<<END`, or `</dev/null` as an empty one.
    Here(Word),
    /// `>/dev/null`
    OutToNothing,
    /// `2>/dev/null`
    ErrorsToNothing,
    /// `2>&1`
    ErrorsToOut,
    /// `>&2`
    OutToErrors,
}

/// A word before its variables are known; the parts stand without blanks between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    pub parts: Vec<Part>,
}

/// A part of a word. What is quoted is not split into several words, and counts even when it is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub kind: PartKind,
    pub quoted: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartKind {
    Text(String),
    Variable(Parameter),
    /// `$(…)`
    Output(Script),
    /// `$((…))`, an expression in which variables are already marked out as parts.
    Arithmetic(Word),
}

/// `$NAME` and its longer forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// A name, or `?`, `!`, `$`, `#`, `@`, `*`, `-` or digits.
    pub name: String,
    pub form: Form,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    Plain,
    /// `${}` and the like, which fail when they are reached.
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
    Instead {
        word: Word,
        empty_too: bool,
    },
}

/// Why a line was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyntaxError {
    /// It goes on in the next line; if there is none, the text says what is missing.
    Incomplete(String),
    /// `sh` would not take it either.
    Wrong(String),
    /// `sh` would take it, this shell does not: what, and what to do instead.
    Refused(String),
}

impl Word {
    /// A word that is just this text.
    pub fn literal(text: &str) -> Word {
        Word { parts: vec![Part { kind: PartKind::Text(text.to_owned()), quoted: true }] }
    }

    /// The text of a word that has nothing to be found out.
    pub fn as_literal(&self) -> Option<String> {
        let mut literal = String::new();
        for part in &self.parts {
            let PartKind::Text(text) = &part.kind else { return None };
            literal.push_str(text);
        }
        Some(literal)
    }
}
