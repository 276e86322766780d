//! Where sandboxes are kept: in IndexedDB; where that is missing or forbidden, in `localStorage`; where both are, in memory
//! until the page is left. It does what `keep` commands, and nothing by itself.
//!
//! IndexedDB has a store `sandboxes` with heads by id, and a store `parts` with parts by id and number. `localStorage` has the
//! same under `sandbox.ID` and `part.ID.NUMBER`, and is the small storage as well, with all that `keep` puts there.

use std::cell::RefCell;
use std::collections::BTreeMap;

use gloo_timers::future::TimeoutFuture;
use idb::{DatabaseEvent, KeyRange, ObjectStore, ObjectStoreParams, Query, Transaction, TransactionMode};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, Storage};

use crate::keep::{
    HEAD_SHOWN, LocalCommand, Refusal, SandboxId, SmallValue, StorageAnswer, StorageCommand, StorageWrite,
    StoredSandbox,
};

/// Everything that the page keeps in `localStorage` begins with this, and its database has this name without the dot.
const PREFIX: &str = "nats-kv-playground.";
const NAME: &str = "nats-kv-playground";

const SANDBOXES: &str = "sandboxes";
const PARTS: &str = "parts";

/// A database that does not open for so long is left alone, so that the page can begin; in milliseconds.
const PATIENCE: u32 = 3_000;

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
        Database(match (connect_in_time().await, local_storage()) {
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
        let Some(storage) = local_storage() else { return Vec::new() };
        let keys = local_keys(&storage).into_iter().filter(|key| is_of_kind(key));
        keys.filter_map(|key| Some(SmallValue { value: local_get(&storage, &key)?, key })).collect()
    }

    /// Does a command, wholly or not at all.
    pub(in crate::ui) async fn execute(&self, command: StorageCommand) -> StorageAnswer {
        match &self.0 {
            Backend::Indexed(connection) => execute_indexed(connection, &command).await,
            Backend::Local(storage) => execute_local(storage, command),
            Backend::Memory(sandboxes) => execute_in_memory(&mut sandboxes.borrow_mut(), command),
        }
    }
}

/// Does a command at once, if it can be done.
pub(in crate::ui) fn execute_at_once(command: &LocalCommand) {
    let Some(storage) = local_storage() else { return };
    // Nobody is asked whether it was: it is there in case that something else is not.
    match command {
        LocalCommand::Put(SmallValue { key, value }) => _ = local_put(&storage, key, value),
        LocalCommand::Remove(SmallValue { key, value }) => {
            if local_get(&storage, key).as_ref() == Some(value) {
                local_remove(&storage, key);
            }
        }
    }
}

/// Asking for it may already throw, as in a page embedded elsewhere.
fn local_storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

async fn connect_in_time() -> Result<idb::Database, idb::Error> {
    let late = std::pin::pin!(TimeoutFuture::new(PATIENCE));
    let database = std::pin::pin!(connect());
    match futures_util::future::select(database, late).await {
        futures_util::future::Either::Left((database, _)) => database,
        futures_util::future::Either::Right(_) => Err(idb::Error::DomExceptionNotFound),
    }
}

async fn connect() -> Result<idb::Database, idb::Error> {
    let mut database = connect_to(None).await?;
    if !has_stores(&database) {
        // It has this name but not our stores, which a higher version of it adds.
        database.close();
        database = connect_to(Some(database.version()? + 1)).await?;
    }
    // Another version of the page, or somebody who clears up, is not to wait for this one.
    database.on_version_change(|event| {
        if let Ok(database) = event.database() {
            database.close();
        }
    });
    Ok(database)
}

/// Connects to the database in the version that is there, or to a new one.
async fn connect_to(version: Option<u32>) -> Result<idb::Database, idb::Error> {
    let mut request = idb::Factory::new()?.open(NAME, version)?;
    request.on_upgrade_needed(|event| {
        // What fails here, fails at the first command.
        let Ok(database) = event.database() else { return };
        for store in [SANDBOXES, PARTS] {
            let _ = database.create_object_store(store, ObjectStoreParams::new());
        }
    });
    request.await
}

fn has_stores(database: &idb::Database) -> bool {
    let names = database.store_names();
    [SANDBOXES, PARTS].iter().all(|store| names.iter().any(|name| name == store))
}

async fn execute_indexed(
    connection: &RefCell<Option<idb::Database>>,
    command: &StorageCommand,
) -> StorageAnswer {
    let done = match begin(connection, command) {
        Ok(transaction) => run(transaction, command).await,
        // The browser may have closed it.
        Err(_) => run_anew(connection, command).await,
    };
    done.unwrap_or_else(|error| StorageAnswer::Refused(refusal(&error)))
}

async fn run_anew(
    connection: &RefCell<Option<idb::Database>>,
    command: &StorageCommand,
) -> Result<StorageAnswer, idb::Error> {
    let database = connect_in_time().await?;
    connection.replace(Some(database));
    run(begin(connection, command)?, command).await
}

fn begin(
    connection: &RefCell<Option<idb::Database>>,
    command: &StorageCommand,
) -> Result<Transaction, idb::Error> {
    let mode = match command {
        StorageCommand::List | StorageCommand::Read { .. } => TransactionMode::ReadOnly,
        StorageCommand::Write(_) | StorageCommand::Delete { .. } => TransactionMode::ReadWrite,
    };
    let connection = connection.borrow();
    let database = connection.as_ref().ok_or(idb::Error::DomExceptionNotFound)?;
    database.transaction(&[SANDBOXES, PARTS], mode)
}

async fn run(transaction: Transaction, command: &StorageCommand) -> Result<StorageAnswer, idb::Error> {
    let stores =
        Stores { sandboxes: transaction.object_store(SANDBOXES)?, parts: transaction.object_store(PARTS)? };
    let answer = match command {
        StorageCommand::List => stores.list().await,
        StorageCommand::Read { id } => stores.read(*id).await.map(StorageAnswer::Found),
        StorageCommand::Write(write) => stores.write(write).await,
        StorageCommand::Delete { id } => stores.delete(*id).await.map(StorageAnswer::Found),
    };
    // What was asked of it before something failed must not be done alone.
    let (end, watched) = match &answer {
        Ok(_) => (Ok(transaction), stores.sandboxes.transaction()),
        Err(_) => (transaction.abort(), stores.sandboxes.transaction()),
    };
    let answer = answer?;
    match end?.await {
        Ok(idb::TransactionResult::Committed) => Ok(answer),
        Ok(idb::TransactionResult::Aborted) | Err(_) => {
            Err(watched.error().map_or(idb::Error::DomExceptionNotFound, idb::Error::DomException))
        }
    }
}

struct Stores {
    sandboxes: ObjectStore,
    parts: ObjectStore,
}

impl Stores {
    async fn list(&self) -> Result<StorageAnswer, idb::Error> {
        // Each listens from the moment on at which it is made: it may be done before its turn comes to be awaited.
        let ids = self.sandboxes.get_all_keys(None, None)?.into_future();
        let heads = self.sandboxes.get_all(None, None)?.into_future();
        let (ids, heads) = (ids.await?, heads.await?);
        let head = |(id, head): (JsValue, JsValue)| {
            // What is no text is listed as a head that is damaged.
            let head = head.dyn_into::<js_sys::JsString>().unwrap_or_default();
            Some((whole(&id)?, String::from(head.slice(0, HEAD_SHOWN as u32))))
        };
        Ok(StorageAnswer::Listed(ids.into_iter().zip(heads).filter_map(head).collect()))
    }

    async fn head(&self, id: SandboxId) -> Result<Option<String>, idb::Error> {
        Ok(self.sandboxes.get(number(id))?.await?.map(|head| head.as_string().unwrap_or_default()))
    }

    async fn read(&self, id: SandboxId) -> Result<Option<StoredSandbox>, idb::Error> {
        let all = parts(id, 0, f64::INFINITY)?;
        let keys = self.parts.get_all_keys(Some(all.clone()), None)?.into_future();
        let texts = self.parts.get_all(Some(all), None)?.into_future();
        let head = self.head(id).await?;
        let (keys, texts) = (keys.await?, texts.await?);
        let Some(head) = head else { return Ok(None) };
        let part = |(key, text): (JsValue, JsValue)| {
            Some((whole(&key.unchecked_into::<js_sys::Array>().get(1))?, text.as_string()?))
        };
        let parts = keys.into_iter().zip(texts).filter_map(part).collect();
        Ok(Some(StoredSandbox { head, parts }))
    }

    async fn write(&self, write: &StorageWrite) -> Result<StorageAnswer, idb::Error> {
        let there = self.head(write.id).await?;
        if there != write.over {
            return Ok(StorageAnswer::Conflict(there));
        }
        for (number, text) in &write.parts {
            self.parts.put(&text.into(), Some(&part(write.id, *number as f64)))?;
        }
        if !write.forget.is_empty() {
            self.parts.delete(parts(write.id, write.forget.start, write.forget.end as f64)?)?;
        }
        self.sandboxes.put(&write.head.as_str().into(), Some(&number(write.id)))?;
        Ok(StorageAnswer::Written)
    }

    async fn delete(&self, id: SandboxId) -> Result<Option<StoredSandbox>, idb::Error> {
        let there = self.read(id).await?;
        self.parts.delete(parts(id, 0, f64::INFINITY)?)?;
        self.sandboxes.delete(number(id))?;
        Ok(there)
    }
}

fn number(id: SandboxId) -> JsValue {
    JsValue::from_f64(id as f64)
}

/// A number of ours in a key: a whole one that has a next one.
fn whole(value: &JsValue) -> Option<u64> {
    const MOST: f64 = (1_u64 << 52) as f64;
    value
        .as_f64()
        .filter(|number| (0.0..MOST).contains(number) && number.fract() == 0.0)
        .map(|number| number as u64)
}

/// The key of a part.
fn part(id: SandboxId, part: f64) -> JsValue {
    js_sys::Array::of2(&number(id), &JsValue::from_f64(part)).into()
}

/// The keys of the parts of a sandbox from one up to another.
fn parts(id: SandboxId, from: u64, to: f64) -> Result<Query, idb::Error> {
    Ok(KeyRange::bound(&part(id, from as f64), &part(id, to), None, Some(true))?.into())
}

/// Why it did not go, by the name of the exception.
fn refusal(error: &idb::Error) -> Refusal {
    use idb::Error::{AddFailed, DomException, IndexedDbOpenFailed, TransactionOpenFailed, UpdateFailed};
    let name = match error {
        DomException(exception) => exception.name(),
        UpdateFailed(value)
        | AddFailed(value)
        | TransactionOpenFailed(value)
        | IndexedDbOpenFailed(value) => {
            value.dyn_ref::<self::DomException>().map(self::DomException::name).unwrap_or_default()
        }
        _ => String::new(),
    };
    match name.as_str() {
        "QuotaExceededError" => Refusal::Full,
        "SecurityError" => Refusal::Forbidden,
        _ => Refusal::Failed,
    }
}

fn local_get(storage: &Storage, key: &str) -> Option<String> {
    storage.get_item(&format!("{PREFIX}{key}")).ok().flatten()
}

fn local_put(storage: &Storage, key: &str, value: &str) -> bool {
    storage.set_item(&format!("{PREFIX}{key}"), value).is_ok()
}

fn local_remove(storage: &Storage, key: &str) {
    // What cannot be removed stays, and is known for what it is at the next visit.
    let _ = storage.remove_item(&format!("{PREFIX}{key}"));
}

fn local_keys(storage: &Storage) -> Vec<String> {
    let keys = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten());
    keys.filter_map(|key| key.strip_prefix(PREFIX).map(str::to_owned)).collect()
}

fn local_ids(storage: &Storage) -> Vec<SandboxId> {
    local_keys(storage).iter().filter_map(|key| key.strip_prefix("sandbox.")?.parse().ok()).collect()
}

fn local_read(storage: &Storage, id: SandboxId) -> Option<StoredSandbox> {
    let head = local_get(storage, &format!("sandbox.{id}"))?;
    let prefix = format!("part.{id}.");
    let keys = local_keys(storage);
    let numbers = keys.iter().filter_map(|key| key.strip_prefix(&prefix)?.parse::<u64>().ok());
    let parts =
        numbers.filter_map(|number| Some((number, local_get(storage, &format!("{prefix}{number}"))?)));
    let mut parts: Vec<(u64, String)> = parts.collect();
    parts.sort();
    Some(StoredSandbox { head, parts })
}

fn execute_local(storage: &Storage, command: StorageCommand) -> StorageAnswer {
    let head = |id: SandboxId| local_get(storage, &format!("sandbox.{id}"));
    match command {
        StorageCommand::List => {
            let shown = |head: String| head.chars().take(HEAD_SHOWN).collect();
            let heads = local_ids(storage).into_iter().filter_map(|id| Some((id, shown(head(id)?))));
            StorageAnswer::Listed(heads.collect())
        }
        StorageCommand::Read { id } => StorageAnswer::Found(local_read(storage, id)),
        StorageCommand::Write(write) => write_local(storage, &write),
        StorageCommand::Delete { id } => {
            let there = local_read(storage, id);
            local_remove(storage, &format!("sandbox.{id}"));
            for (number, _) in there.iter().flat_map(|stored| &stored.parts) {
                local_remove(storage, &format!("part.{id}.{number}"));
            }
            StorageAnswer::Found(there)
        }
    }
}

/// The head comes last: until it is there, the parts do not count.
fn write_local(storage: &Storage, write: &StorageWrite) -> StorageAnswer {
    let StorageWrite { id, over, head, parts, forget } = write;
    let head_key = format!("sandbox.{id}");
    let there = local_get(storage, &head_key);
    if there != *over {
        return StorageAnswer::Conflict(there);
    }
    let part_key = |number: u64| format!("part.{id}.{number}");
    let is_written = parts.iter().all(|(number, text)| local_put(storage, &part_key(*number), text))
        && local_put(storage, &head_key, head);
    if !is_written {
        parts.iter().for_each(|(number, _)| local_remove(storage, &part_key(*number)));
        return StorageAnswer::Refused(Refusal::Full);
    }
    forget.clone().for_each(|number| local_remove(storage, &part_key(number)));
    StorageAnswer::Written
}

fn execute_in_memory(
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
