//! What is asked of the storage, and what it answers, as values. The caller does the one and brings back the other.
//!
//! A sandbox is a head, which says what there is, and parts, which are only ever added: nothing that is there is written over.

use std::ops::Range;

/// Identifies a sandbox. It is the time at which it was made, in milliseconds since 1970, or shortly after.
pub type SandboxId = u64;

/// Connects an answer with its command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// Something to do in the storage, all of it or nothing (one transaction).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorageCommand {
    /// Tells the heads of all sandboxes, each cut to [`HEAD_SHOWN`] characters.
    List,
    /// Tells everything of a sandbox.
    Read {
        id: SandboxId,
    },
    Write(StorageWrite),
    /// Removes a sandbox, and tells what it was.
    Delete {
        id: SandboxId,
    },
}

/// The characters of a head that a list needs. One of the first version is a whole sandbox.
pub const HEAD_SHOWN: usize = 600;

/// Writes a sandbox if it is what the writer believes it to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorageWrite {
    pub id: SandboxId,
    /// The head that has to be there, to the letter; none where there must be no sandbox.
    pub over: Option<String>,
    pub head: String,
    /// New parts with their numbers, none of which was there before.
    pub parts: Vec<(u64, String)>,
    /// Numbers of parts that are to go.
    pub forget: Range<u64>,
}

/// A sandbox as it stands in the storage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredSandbox {
    pub head: String,
    /// In the order of their numbers.
    pub parts: Vec<(u64, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorageAnswer {
    Listed(Vec<(SandboxId, String)>),
    /// To `Read` and to `Delete`; none where there is no such sandbox.
    Found(Option<StoredSandbox>),
    Written,
    /// Nothing was written, since another head is there, or none.
    Conflict(Option<String>),
    /// Nothing was done, as far as is known.
    Refused(Refusal),
}

/// Why something is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no more room.
    Full,
    /// The browser keeps nothing for this page.
    Forbidden,
    /// The sandbox is longer than any that is kept.
    OverLimit,
    /// It has not answered for long.
    NoAnswer,
    Failed,
}

/// A value of the small storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmallValue {
    pub key: String,
    pub value: String,
}

/// Something to do at once in the small storage that answers at once (`localStorage`). It may fail without a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LocalCommand {
    Put(SmallValue),
    /// If it still has this value: another tab may have put another one there.
    Remove(SmallValue),
}
