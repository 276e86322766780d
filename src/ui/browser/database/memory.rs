//! Sandboxes in memory, until the page is left.

use std::collections::BTreeMap;

use crate::keep::{HEAD_SHOWN, SandboxId, StorageAnswer, StorageCommand, StorageWrite, StoredSandbox};

/// Does a command.
pub(super) fn execute(
    sandboxes: &mut BTreeMap<SandboxId, StoredSandbox>,
    command: StorageCommand,
) -> StorageAnswer {
    match command {
        StorageCommand::List => {
            let shown = |head: &str| head.chars().take(HEAD_SHOWN).collect();
            StorageAnswer::Listed(sandboxes.iter().map(|(id, stored)| (*id, shown(&stored.head))).collect())
        }
        StorageCommand::Read { id } => StorageAnswer::Found(sandboxes.get(&id).cloned()),
        StorageCommand::Write(StorageWrite { id, over, head, parts, forget }) => {
            let there = sandboxes.get(&id).map(|stored| stored.head.clone());
            if there != over {
                return StorageAnswer::Conflict(there);
            }
            let stored = sandboxes.entry(id).or_default();
            stored.head = head;
            stored.parts.retain(|(number, _)| !forget.contains(number));
            stored.parts.extend(parts);
            StorageAnswer::Written
        }
        StorageCommand::Delete { id } => StorageAnswer::Found(sandboxes.remove(&id)),
    }
}
