//! "In code": what each lesson of the catalog does, as a small program in several programming languages. The programs lie in
//! `src/texts/code/LESSON/`; the suite `lessons` of `tests/clients` runs them.

use crate::texts;

/// What the programs of a lesson print, each of them the same.
const PRINTS: &str = "prints.txt";

/// A programming language for which the makers of NATS have a client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CodeLanguage {
    #[default]
    Go,
    JavaScript,
    Rust,
    Python,
}

/// A lesson in code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LessonCode {
    /// In the order of [`CodeLanguage::ALL`].
    programs: [&'static str; CodeLanguage::ALL.len()],
    /// What each of them prints.
    pub prints: &'static str,
}

impl CodeLanguage {
    pub const ALL: [CodeLanguage; 4] =
        [CodeLanguage::Go, CodeLanguage::JavaScript, CodeLanguage::Rust, CodeLanguage::Python];

    /// Its own name.
    pub fn name(self) -> &'static str {
        match self {
            CodeLanguage::Go => "Go",
            CodeLanguage::JavaScript => "JavaScript",
            CodeLanguage::Rust => "Rust",
            CodeLanguage::Python => "Python",
        }
    }

    /// The language of this name.
    pub fn find(name: &str) -> Option<CodeLanguage> {
        CodeLanguage::ALL.into_iter().find(|language| language.name() == name)
    }

    /// The file that a program belongs into, below an empty folder.
    pub fn file(self) -> &'static str {
        match self {
            CodeLanguage::Go => "main.go",
            CodeLanguage::JavaScript => "main.mjs",
            CodeLanguage::Rust => "src/main.rs",
            CodeLanguage::Python => "main.py",
        }
    }

    /// The commands that run it in such a folder: what it needs first, then the program. The versions are those that the tests use.
    pub fn commands(self) -> &'static str {
        match self {
            CodeLanguage::Go => {
                "go mod init lesson && go get github.com/nats-io/nats.go@v1.53.1\n\
                 go run main.go"
            }
            CodeLanguage::JavaScript => {
                "npm install @nats-io/transport-node@3.4.0 @nats-io/jetstream@3.4.0 @nats-io/kv@3.4.0\n\
                 node main.mjs"
            }
            CodeLanguage::Rust => {
                "cargo init --name lesson && cargo add async-nats@0.51 futures-util tokio --features tokio/full\n\
                 cargo run"
            }
            CodeLanguage::Python => {
                "pip install nats-py==2.16.0\n\
                 python main.py"
            }
        }
    }
}

impl LessonCode {
    /// That of the lesson of this name, if it comes with the program.
    pub fn find(lesson: &str) -> Option<LessonCode> {
        let program = |language: CodeLanguage| {
            let (_, name) = language.file().rsplit_once('/').unwrap_or(("", language.file()));
            texts::code(lesson, name)
        };
        let [go, javascript, rust, python] = CodeLanguage::ALL.map(program);
        Some(LessonCode {
            programs: [go?, javascript?, rust?, python?],
            prints: texts::code(lesson, PRINTS)?,
        })
    }

    /// The program in this language.
    pub fn program(&self, language: CodeLanguage) -> &'static str {
        self.programs[language as usize]
    }
}
