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

/// Reads a whole text.
pub fn parse(text: &str, aliases: &Aliases) -> Result<Script, SyntaxError> {
    Parser::new(text, aliases).script_until(End::Text)
}

/// Whether Enter runs this text. Otherwise it goes on in a further line.
pub fn is_complete(text: &str) -> bool {
    let none = Aliases::new();
    let mut parser = Parser::new(text, &none);
    let script = parser.script_until(End::Text);
    !parser.ends_in_backslash && !matches!(script, Err(SyntaxError::Incomplete(_)))
}

#[cfg(test)]
mod tests;
