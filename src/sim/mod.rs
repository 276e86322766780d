//! The world: servers, the pipes that lead to them, programs that run, and the one clock of all.

pub mod task;

pub use task::{TaskId, Tasks};
