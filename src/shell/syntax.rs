//! The syntax tree of the shell's language, with the terms of POSIX and bash. What of bash is not there is refused by name
//! when it is read, before anything of the line runs.

use std::rc::Rc;

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
    /// The first of its line.
    pub begins_line: bool,
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
    /// Begins with `time`.
    pub timed: bool,
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
        assignments: Vec<Assignment>,
        words: Vec<Word>,
        /// Lists that are assigned behind `local` and the like.
        lists: Vec<Assignment>,
    },
    For {
        variable: String,
        /// `None` stands for `"$@"`.
        words: Option<Vec<Word>>,
        body: Script,
    },
    /// `select name in words; do …; done`
    Select {
        variable: String,
        /// `None` stands for `"$@"`.
        words: Option<Vec<Word>>,
        body: Script,
    },
    /// `for ((first; condition; step))`
    ForArithmetic {
        first: Word,
        condition: Word,
        step: Word,
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
    Case {
        subject: Word,
        arms: Vec<CaseArm>,
    },
    /// `{ …; }`
    Group(Script),
    /// `( … )`
    Subshell(Script),
    /// `NAME() …`
    Function {
        name: String,
        body: Rc<Command>,
        /// Bytes that its tree takes.
        size: u64,
    },
    /// `[[ … ]]`
    Condition(Condition),
    /// `((…))`
    Arithmetic(Word),
}

/// `pattern | pattern) commands ;;`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseArm {
    pub patterns: Vec<Word>,
    pub body: Script,
    pub end: ArmEnd,
}

impl CommandKind {
    /// Whether it is `exec` alone, whose redirections stay.
    pub(super) fn is_exec(&self) -> bool {
        matches!(self, CommandKind::Simple { words, .. }
            if words.len() == 1 && words[0].as_literal().is_some_and(|name| &*name == "exec"))
    }

    /// Whether its failure is its own, not the one of a command in it.
    pub fn sets_status(&self) -> bool {
        matches!(
            self,
            CommandKind::Simple { .. }
                | CommandKind::Subshell(_)
                | CommandKind::Condition(_)
                | CommandKind::Arithmetic(_)
        )
    }
}

/// What comes after the body of an arm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArmEnd {
    /// `;;`
    Leave,
    /// `;&`: the next body.
    NextBody,
    /// `;;&`: the next arm that matches.
    NextMatch,
}

/// What stands between `[[` and `]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    Or(Box<Condition>, Box<Condition>),
    And(Box<Condition>, Box<Condition>),
    Not(Box<Condition>),
    /// `-z word` and the like.
    Unary(String, Word),
    /// `a == b` and the like.
    Binary(Word, String, Word),
    /// A word alone: whether it is not empty.
    Word(Word),
}

/// `NAME=value`, `NAME+=value`, `NAME[index]=value`, `NAME=(value …)`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    pub name: String,
    pub index: Option<Word>,
    pub append: bool,
    pub value: AssignedValue,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AssignedValue {
    Word(Word),
    List(Vec<ListItem>),
}

/// `value` or `[index]=value` in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListItem {
    pub index: Option<Word>,
    pub value: Word,
}

/// A redirection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Redirection {
    /// `<<END`
    HereDocument { streams: Streams, text: Word },
    /// `<<<word`
    HereString { streams: Streams, text: Word },
    /// `<file`, `3<file`
    Read { streams: Streams, file: Word },
    /// `>file`, `2>>file`, `&>file`
    Write { streams: Streams, file: Word, append: bool },
    /// `2>&1`, `>&3`, `<&3`: becomes what the stream of this number is.
    Duplicate { streams: Streams, from: u32 },
    /// `>&-`
    Close(Streams),
}

/// Which of a program's streams are redirected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Streams {
    Stdin,
    Stdout,
    Stderr,
    Both,
    /// One from 3 on.
    Other(u32),
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
    /// `<(…)`
    ProcessSubstitution(Script),
    /// `$((…))`: an expression whose parameters are parts of the word.
    Arithmetic(Word),
}

/// A parameter expansion: `$NAME` and its longer forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The name of a variable or a special parameter: `?`, `!`, `$`, `#`, `@`, `*`, `-`, digits.
    pub name: String,
    /// What stands in `[…]`.
    pub index: Option<Index>,
    pub form: Form,
}

/// What is taken of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Index {
    /// `[@]`
    Each,
    /// `[*]`
    Joined,
    At(Word),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    Plain,
    /// `${}` and the like, an error when it is expanded.
    Bad,
    /// `${#NAME}`
    Length,
    /// `${!NAME}`
    Indirect,
    /// `${!NAME[@]}`
    Keys,
    /// `${NAME@Q}`
    Quoted,
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
    /// `${NAME?word}`, `${NAME:?word}`
    Required {
        word: Word,
        empty_too: bool,
    },
    /// `${NAME#pattern}`, `${NAME##pattern}`, `${NAME%pattern}`, `${NAME%%pattern}`
    Remove {
        pattern: Word,
        at_end: bool,
        longest: bool,
    },
    /// `${NAME/pattern/word}`
    Replace {
        pattern: Word,
        with: Word,
        place: Place,
    },
    /// `${NAME:offset}`, `${NAME:offset:length}`
    Substring {
        offset: Word,
        length: Option<Word>,
    },
    /// `${NAME^}`, `${NAME,,}`
    Case {
        upper: bool,
        all: bool,
    },
}

/// What of a value `${NAME/…}` replaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    First,
    All,
    Start,
    End,
}

/// Why a line was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyntaxError {
    /// More lines may complete it; the text says what is missing.
    Incomplete(String),
    /// An error in bash as well.
    Invalid(String),
    /// Valid in bash, but not in this shell: what, and what to do instead.
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

/// How many bytes of a syntax tree a word or a command makes at most, about.
const NODE_SIZE: usize = 320;

/// How many bytes the syntax tree of a text takes at most, about.
pub(super) fn tree_size(text: &str) -> u64 {
    let ends = text.bytes().filter(|byte| b" \t\n;&|<>()$`\"'{".contains(byte)).count();
    (text.len() * 2 + ends * NODE_SIZE) as u64
}
