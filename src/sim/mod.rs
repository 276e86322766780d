//! The world: servers, the pipes that lead to them, programs that run, and the one clock of all.
//!
//! Nothing happens by itself: [`World::settle`] lets everything happen that can happen now, and
//! [`World::tick`] lets time pass.

pub mod daemon;
mod moves;
mod server_log;
pub mod task;
pub mod world;

pub use daemon::{ServerMachine, nats_server};
pub use task::{TaskId, Tasks};
pub use world::{Host, World};
