//! The shell between a terminal and the programs: its language, its jobs, its completion.
//!
//! A line goes through `words` and `parse` to a tree (`syntax`), which `run` walks with the help of `expand`,
//! `arith` and `builtins`; `session` holds it together with a terminal's editor and screen.

mod arith;
pub mod builtins;
pub mod complete;
mod expand;
pub mod jobs;
pub mod parse;
pub mod partial;
pub mod run;
pub mod session;
pub mod state;
pub mod suggest;
pub mod syntax;

pub use session::Session;
pub use state::{Programs, Running, Shell, Status};
