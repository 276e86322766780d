//! Where sandboxes are kept: in IndexedDB; where that is missing or forbidden, in `localStorage`; where both are, in memory
//! until the page is left. It does what `keep` commands, and nothing by itself.

mod indexed;
mod local;
mod memory;

use std::cell::RefCell;
use std::collections::BTreeMap;

use web_sys::Storage;

use crate::keep::{LocalCommand, SandboxId, SmallValue, StorageAnswer, StorageCommand, StoredSandbox};

pub(in crate::ui) struct Database(Backend);

enum Backend {
    /// None while it is not connected.
    Indexed(RefCell<Option<idb::Database>>),
    Local(Storage),
    Memory(RefCell<BTreeMap<SandboxId, StoredSandbox>>),
}

impl Database {
    /// Finds the best place there is.
    pub(in crate::ui) async fn open() -> Database {
        Database(match (indexed::connect_in_time().await, local::storage()) {
            (Ok(database), _) => Backend::Indexed(RefCell::new(Some(database))),
            (Err(_), Some(storage)) => Backend::Local(storage),
            (Err(_), None) => Backend::Memory(RefCell::default()),
        })
    }

    /// Whether all is gone when the page is left.
    pub(in crate::ui) fn is_volatile(&self) -> bool {
        matches!(self.0, Backend::Memory(_))
    }

    /// What the small storage has beside what this place has.
    pub(in crate::ui) fn small_values(&self) -> Vec<SmallValue> {
        let kinds: &[&str] = match self.0 {
            Backend::Indexed(_) => &["sandbox.", "part.", "tail."],
            Backend::Local(_) | Backend::Memory(_) => &["tail."],
        };
        let is_of_kind = |key: &str| kinds.iter().any(|kind| key.starts_with(kind));
        let Some(storage) = local::storage() else { return Vec::new() };
        let keys = local::keys(&storage).into_iter().filter(|key| is_of_kind(key));
        keys.filter_map(|key| Some(SmallValue { value: local::get(&storage, &key)?, key })).collect()
    }

    /// Does a command, wholly or not at all.
    pub(in crate::ui) async fn execute(&self, command: StorageCommand) -> StorageAnswer {
        match &self.0 {
            Backend::Indexed(connection) => indexed::execute(connection, &command).await,
            Backend::Local(storage) => local::execute(storage, command),
            Backend::Memory(sandboxes) => memory::execute(&mut sandboxes.borrow_mut(), command),
        }
    }
}

/// Does a command at once, if it can be done.
pub(in crate::ui) fn execute_at_once(command: &LocalCommand) {
    let Some(storage) = local::storage() else { return };
    // Nobody is asked whether it was: it is there in case that something else is not.
    match command {
        LocalCommand::Put(SmallValue { key, value }) => _ = local::put(&storage, key, value),
        LocalCommand::Remove(SmallValue { key, value }) => {
            if local::get(&storage, key).as_ref() == Some(value) {
                local::remove(&storage, key);
            }
        }
    }
}
