//! Sandboxes in IndexedDB: a store `sandboxes` has heads by id, a store `parts` has parts by id and number.

use std::cell::RefCell;

use gloo_timers::future::TimeoutFuture;
use idb::{DatabaseEvent, KeyRange, ObjectStore, ObjectStoreParams, Query, Transaction, TransactionMode};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

use crate::keep::{
    HEAD_SHOWN, Refusal, SandboxId, StorageAnswer, StorageCommand, StorageWrite, StoredSandbox,
};

/// The name of the database.
const NAME: &str = "nats-kv-playground";

const SANDBOXES: &str = "sandboxes";
const PARTS: &str = "parts";

/// A database that does not open for so long is left alone, so that the page can begin; in milliseconds.
const PATIENCE: u32 = 3_000;

pub(super) async fn connect_in_time() -> Result<idb::Database, idb::Error> {
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

/// Does a command in a transaction.
pub(super) async fn execute(
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
