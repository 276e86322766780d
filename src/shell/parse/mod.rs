//! Reads a line, or several, into the tree of `syntax`, in the grammar of bash as far as there is something to run it.
//! Everything else is refused by name.

mod command;
mod compound;
mod condition;
mod parameter;
mod parser;
mod redirection;
mod word;

use std::collections::BTreeMap;

use super::syntax::{Script, SyntaxError};
pub(super) use command::DECLARATIONS;
use parser::{End, Parser};

/// Names of aliases with what each stands for.
pub type Aliases = BTreeMap<String, String>;

/// What a text may have, beside what all have.
#[derive(Clone, Debug, Default)]
pub struct Dialect {
    pub aliases: Aliases,
    /// `shopt -s extglob`: patterns have groups.
    pub extglob: bool,
}

/// Reads a whole text.
pub fn parse(text: &str, dialect: &Dialect) -> Result<Script, SyntaxError> {
    Parser::new(text, dialect).script_until(End::Text)
}

/// Whether Enter runs this text. Otherwise it goes on in a further line.
pub fn is_complete(text: &str) -> bool {
    let dialect = Dialect { extglob: true, ..Dialect::default() };
    let mut parser = Parser::new(text, &dialect);
    let script = parser.script_until(End::Text);
    !parser.ends_in_backslash && !matches!(script, Err(SyntaxError::Incomplete(_)))
}

#[cfg(test)]
mod tests;
