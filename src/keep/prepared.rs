//! A sandbox that is to be shown next, between its being read and the page's word that it is shown.

use super::sandbox_writer::{SandboxWriter, Stored};
use super::storage::{SandboxId, SmallValue};
use crate::app::journal::{Entry, Journal};

/// A sandbox that was read, and is to be shown.
#[derive(Debug)]
pub(super) enum Prepared {
    Read(Box<Read>),
    /// Up to where it is damaged.
    Cut {
        id: SandboxId,
        name: String,
    },
    /// It had been left, and not all of it was kept yet.
    Left(Box<SandboxWriter>),
}

#[derive(Debug)]
pub(super) struct Read {
    pub(super) id: SandboxId,
    pub(super) name: String,
    pub(super) journal: Journal,
    pub(super) closing: Entry,
    /// None where it is not in the storage, but in the small one only.
    pub(super) stored: Option<Stored>,
    /// Values of the small storage that go once all of it is kept.
    pub(super) behind: Vec<SmallValue>,
}

impl Prepared {
    pub(super) fn writer(&mut self) -> Option<&mut SandboxWriter> {
        match self {
            Prepared::Left(writer) => Some(writer),
            Prepared::Read(_) | Prepared::Cut { .. } => None,
        }
    }

    pub(super) fn id(&self) -> Option<SandboxId> {
        match self {
            Prepared::Read(read) => Some(read.id),
            Prepared::Cut { id, .. } => Some(*id),
            Prepared::Left(writer) => writer.id,
        }
    }
}
