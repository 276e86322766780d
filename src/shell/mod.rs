//! The shell: words, jobs, and transcripts of what was typed and what came of it.

mod arith;
pub mod builtins;
mod expand;
pub mod help;
pub mod jobs;
pub mod mask;
pub mod parse;
mod printf;
pub mod run;
pub mod state;
pub mod suggest;
pub mod syntax;
mod test;
pub mod transcript;
mod words;

pub use state::{Programs, Running, Shell, Status};
