//! What keeping wants of the page: storage commands to be executed, and what is to be shown and said.

use super::assemble::Cut;
use super::storage::{LocalCommand, Refusal, SandboxId, StorageCommand, Ticket};
use crate::app::journal::{Journal, Unreadable};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeepEffect {
    /// To be executed; the answer goes to `Keeper::answer` with the ticket.
    Storage(Ticket, StorageCommand),
    /// To be executed at once.
    Local(LocalCommand),
    /// `Keeper::sandboxes` is another list now. The first time, keeping has started.
    Listed,
    /// There is nothing to open at the start.
    NothingKept,
    /// To be shown in the place of the world that is there, then `Keeper::opened` or `Keeper::not_opened`.
    Open(Opening),
    /// This could not be read from the storage. If it was the first to be opened, there is no world yet.
    CannotOpen {
        id: SandboxId,
        name: String,
        why: CannotOpen,
    },
    /// So many acts of the world of this tab are kept under this id.
    Kept {
        id: SandboxId,
        entries: usize,
    },
    /// To be offered as a file or to be copied.
    File(SandboxFile),
    Notice(KeepNotice),
}

/// A sandbox to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    pub id: SandboxId,
    pub name: String,
    /// With the closing entry.
    pub journal: Journal,
    /// It is damaged: what was done up to there is shown, under another name, and the damaged one stays as it is.
    pub cut: Option<Cut>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CannotOpen {
    /// There is none any more.
    Missing,
    Unreadable(Unreadable),
    Storage(Refusal),
}

/// A sandbox as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SandboxFile {
    pub name: String,
    pub form: FileForm,
    pub text: String,
}

/// What a text says of a sandbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileForm {
    /// Its journal; where it is damaged, what stands in the storage.
    Journal,
    /// The lines that were entered in it.
    Commands,
}

/// Something to be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeepNotice {
    /// Of this sandbox so many acts are kept, and so many that came after them are not. Said again when it matters again.
    NotKept { name: String, why: Refusal, kept: usize, unkept: usize },
    /// All is kept again.
    KeptAgain,
    /// Another tab has gone on in this sandbox. What is done here is kept as a copy of it.
    OtherTab { name: String, copy: String },
    /// What was done last in a tab that is gone is kept as a copy of its sandbox, which had gone on otherwise.
    Recovered { name: String, copy: String },
    /// A sandbox could not be copied, renamed, brought back or deleted.
    NotDone { name: String, why: Refusal },
}
