//! Reads a line, or several, into the tree of `syntax`, in the grammar of POSIX `sh` as far as there is something to
//! run it. Everything else is refused by name.

mod command;
mod compound;
mod parser;
mod redirection;
mod word;

use super::syntax::{Script, SyntaxError};
use parser::{End, Parser};

/// Reads a whole text.
pub fn parse(text: &str) -> Result<Script, SyntaxError> {
    Parser::new(text).script_until(End::Text)
}

/// Whether Enter runs this text. Otherwise it goes on in a further line.
pub fn is_complete(text: &str) -> bool {
    let mut parser = Parser::new(text);
    let script = parser.script_until(End::Text);
    !parser.ends_in_backslash && !matches!(script, Err(SyntaxError::Incomplete(_)))
}

#[cfg(test)]
mod tests;
