//! The shell between a terminal and the programs: its language, its jobs, its completion.
//!
//! A line is read by `parse` into a tree (`syntax`), which `run` executes: `pipeline`, `simple`, `condition` and `redirect`
//! have its parts, `expand` and `parameter` what words become, `builtins` the commands that change the shell itself.
//! `session` joins that with a terminal's editor and screen.

mod arith;
mod attached;
mod brace;
pub mod builtins;
pub mod complete;
mod condition;
mod descriptors;
mod expand;
mod fields;
mod glob;
mod installed;
mod job;
pub mod jobs;
mod list;
mod lists;
mod loops;
pub mod moments;
mod outcome;
mod parameter;
pub mod parse;
pub mod partial;
mod pattern;
mod pipeline;
mod place;
mod redirect;
pub mod run;
mod select;
pub mod session;
mod signal;
mod simple;
pub mod state;
pub mod suggest;
pub mod syntax;
mod traps;

pub use session::Session;
pub use state::Shell;
