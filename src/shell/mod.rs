//! The shell between a terminal and the programs: its language, its jobs, its completion.
//!
//! A line is read by `parse` into a tree (`syntax`), which `run` executes with the help of `expand`, `arith` and
//! `builtins`; `session` joins that with a terminal's editor and screen.

mod arith;
pub mod builtins;
pub mod complete;
mod expand;
pub mod jobs;
mod outcome;
pub mod parse;
pub mod partial;
pub mod program;
pub mod run;
pub mod session;
pub mod state;
pub mod suggest;
pub mod syntax;

pub use program::{Invocation, Programs, Running, Status};
pub use session::Session;
pub use state::Shell;
