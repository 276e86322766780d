//! Keeping: what was done is there at the next visit, whatever becomes of the page and its storage in between.
//!
//! [`Keeper`] is a state machine without a browser and without a clock. What happens is told by calling it; what it wants
//! comes out as [`KeepEffect`]s: commands for the storage, whose answers come back, and what is to be shown and said.
//!
//! A sandbox is a head and parts with the lines of its journal (`head`, `world_text`; read by `assemble`). An act costs a
//! part with a line. Two tabs may have the same one open: each writes only over the head that it wrote or read last, as a
//! Key/Value update by revision does; where another tab has written since, a copy is made, and both go on
//! (`sandbox_writer`). What is not acknowledged when a page is left stands in the small storage that answers at once, until
//! the next opening (`tail`, `opening`). Sandboxes that come from elsewhere are brought in by `arrivals`.

mod arrivals;
mod assemble;
mod commands;
mod effect;
mod head;
mod incoming;
mod keeper;
mod library;
mod opening;
mod prepared;
mod sandbox_writer;
mod storage;
mod tail;
mod typed_lines;
mod world_text;

pub use assemble::Cut;
pub use effect::{CannotOpen, FileForm, KeepEffect, KeepNotice, Opening, SandboxFile};
pub use head::{tidy, without_head};
pub use keeper::{Keeper, Listed, Start};
pub use storage::{
    HEAD_SHOWN, LocalCommand, Refusal, SandboxId, SmallValue, StorageAnswer, StorageCommand, StorageWrite,
    StoredSandbox, Ticket,
};
pub use typed_lines::{read_lines, write_lines};
pub use world_text::World;
