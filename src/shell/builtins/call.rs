//! What a builtin is, and how it is called.

use crate::base::Stdio;
use crate::shell::outcome::{BoxFuture, Outcome};
use crate::shell::state::Shell;

/// A command that is a part of the shell.
pub struct Builtin {
    pub name: &'static str,
    /// What may follow the name.
    pub usage: &'static str,
    /// What it does.
    pub help: &'static str,
    pub(in crate::shell) run: for<'a> fn(Call<'a>) -> BoxFuture<'a>,
}

/// A call of a builtin.
pub(in crate::shell) struct Call<'a> {
    pub shell: &'a Shell,
    pub name: &'a str,
    pub args: &'a [String],
    pub io: &'a Stdio,
    /// All of them, for `help`.
    pub builtins: &'static [Builtin],
}

impl Call<'_> {
    /// Complains in the command's name.
    pub(in crate::shell) fn fail(&self, text: &str, status: i32) -> Outcome {
        self.io.stderr.line(&format!("bash: {}: {text}", self.name));
        Ok(status)
    }
}
