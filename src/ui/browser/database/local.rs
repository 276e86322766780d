//! Sandboxes in `localStorage`: heads under `sandbox.ID`, parts under `part.ID.NUMBER`. It is the small storage as well, with
//! all that `keep` puts there.

use web_sys::Storage;

use crate::keep::{
    HEAD_SHOWN, Refusal, SandboxId, StorageAnswer, StorageCommand, StorageWrite, StoredSandbox,
};

/// Everything that the page keeps here begins with this.
const PREFIX: &str = "nats-kv-playground.";

/// Asking for it may already throw, as in a page embedded elsewhere.
pub(super) fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

pub(super) fn get(storage: &Storage, key: &str) -> Option<String> {
    storage.get_item(&format!("{PREFIX}{key}")).ok().flatten()
}

pub(super) fn put(storage: &Storage, key: &str, value: &str) -> bool {
    storage.set_item(&format!("{PREFIX}{key}"), value).is_ok()
}

pub(super) fn remove(storage: &Storage, key: &str) {
    // What cannot be removed stays, and is known for what it is at the next visit.
    let _ = storage.remove_item(&format!("{PREFIX}{key}"));
}

pub(super) fn keys(storage: &Storage) -> Vec<String> {
    let keys = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten());
    keys.filter_map(|key| key.strip_prefix(PREFIX).map(str::to_owned)).collect()
}

fn ids(storage: &Storage) -> Vec<SandboxId> {
    keys(storage).iter().filter_map(|key| key.strip_prefix("sandbox.")?.parse().ok()).collect()
}

fn read(storage: &Storage, id: SandboxId) -> Option<StoredSandbox> {
    let head = get(storage, &format!("sandbox.{id}"))?;
    let prefix = format!("part.{id}.");
    let all = keys(storage);
    let numbers = all.iter().filter_map(|key| key.strip_prefix(&prefix)?.parse::<u64>().ok());
    let parts = numbers.filter_map(|number| Some((number, get(storage, &format!("{prefix}{number}"))?)));
    let mut parts: Vec<(u64, String)> = parts.collect();
    parts.sort();
    Some(StoredSandbox { head, parts })
}

/// Does a command.
pub(super) fn execute(storage: &Storage, command: StorageCommand) -> StorageAnswer {
    let head = |id: SandboxId| get(storage, &format!("sandbox.{id}"));
    match command {
        StorageCommand::List => {
            let shown = |head: String| head.chars().take(HEAD_SHOWN).collect();
            let heads = ids(storage).into_iter().filter_map(|id| Some((id, shown(head(id)?))));
            StorageAnswer::Listed(heads.collect())
        }
        StorageCommand::Read { id } => StorageAnswer::Found(read(storage, id)),
        StorageCommand::Write(change) => write(storage, &change),
        StorageCommand::Delete { id } => {
            let there = read(storage, id);
            remove(storage, &format!("sandbox.{id}"));
            for (number, _) in there.iter().flat_map(|stored| &stored.parts) {
                remove(storage, &format!("part.{id}.{number}"));
            }
            StorageAnswer::Found(there)
        }
    }
}

/// The head comes last: until it is there, the parts do not count.
fn write(storage: &Storage, write: &StorageWrite) -> StorageAnswer {
    let StorageWrite { id, over, head, parts, forget } = write;
    let head_key = format!("sandbox.{id}");
    let there = get(storage, &head_key);
    if there != *over {
        return StorageAnswer::Conflict(there);
    }
    let part_key = |number: u64| format!("part.{id}.{number}");
    let is_written = parts.iter().all(|(number, text)| put(storage, &part_key(*number), text))
        && put(storage, &head_key, head);
    if !is_written {
        parts.iter().for_each(|(number, _)| remove(storage, &part_key(*number)));
        return StorageAnswer::Refused(Refusal::Full);
    }
    forget.clone().for_each(|number| remove(storage, &part_key(number)));
    StorageAnswer::Written
}
