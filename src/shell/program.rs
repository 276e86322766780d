//! Programs as the shell starts them.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;

use crate::base::Stdio;

/// The exit status of a program; 0 is success.
pub type Status = i32;

/// A program that runs, or will.
pub type Running = Pin<Box<dyn Future<Output = Status>>>;

/// How a program is started.
pub struct Invocation {
    pub name: String,
    /// Without the name.
    pub args: Vec<String>,
    /// The exported variables.
    pub variables: BTreeMap<String, String>,
    pub stdio: Stdio,
}

/// The programs that the shell can start besides what is built into it.
pub trait Programs {
    /// Their names, each with a line that says what it is.
    fn names(&self) -> Vec<(&'static str, &'static str)>;

    /// Starts one; `None` if there is none of that name.
    fn start(&self, invocation: Invocation) -> Option<Running>;
}
