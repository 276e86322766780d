//! Limits and errors: each refusal of the server has a number, and programs look at that.

use async_nats::jetstream::context::{Context, CreateStreamError, CreateStreamErrorKind};
use async_nats::jetstream::context::{GetStreamError, GetStreamErrorKind};
use async_nats::jetstream::kv::Config;
use async_nats::Error;

#[tokio::main]
async fn main() -> Result<(), Error> {
    let url = std::env::var("NATS_URL").unwrap_or("nats://127.0.0.1:4222".into());
    let js = async_nats::jetstream::new(async_nats::connect(url).await?);
    let done = lesson(&js).await;
    js.delete_key_value("lesson-notes").await?;
    js.delete_key_value("lesson-small").await?;
    done
}

async fn lesson(js: &Context) -> Result<(), Error> {
    // What a bucket does not take.
    let notes = Config { bucket: "lesson-notes".into(), max_value_size: 20, ..Default::default() };
    let notes = js.create_key_value(notes).await?;
    show("a value too long", notes.put("long", "call Ann, then Ben, then Carla".into()).await);

    let small =
        |max_bytes| Config { bucket: "lesson-small".into(), max_bytes, ..Default::default() };
    let kv = js.create_key_value(small(150)).await?;
    kv.put("a", "1234567890".into()).await?;
    kv.put("b", "1234567890".into()).await?;
    show("a bucket that is full", kv.put("c", "1234567890".into()).await);
    show("a delete in it", kv.delete("a").await);

    // Make the bucket larger, and there is room for a delete.
    js.update_key_value(small(1024)).await?;
    show("a delete in a larger one", kv.delete("a").await);

    // What a request does not get.
    show("a name that is taken", js.create_key_value(small(0)).await);
    show("a bucket that is not there", js.get_key_value("lesson-nowhere").await);
    show("another revision", kv.update("b", "x".into(), 1).await);

    // Some things the client refuses, and the server never hears of them.
    show("a key with a blank", kv.put("a key", "".into()).await);
    Ok(())
}

/// Prints the number of an error, if it has one.
fn show<Value, Failure: Into<Error>>(what: &str, result: Result<Value, Failure>) {
    match result.map_err(|error| number(error.into().as_ref())) {
        Ok(_) => println!("{what}: stored"),
        Err(Some(number)) => println!("{what}: err_code {number}"),
        Err(None) => println!("{what}: refused by the client"),
    }
}

/// What the server has said, somewhere among the reasons of an error.
fn number(error: &(dyn std::error::Error + 'static)) -> Option<u64> {
    let said = error.downcast_ref::<async_nats::jetstream::Error>().cloned();
    let said = said.or_else(|| match error.downcast_ref::<CreateStreamError>()?.kind() {
        CreateStreamErrorKind::JetStream(said) => Some(said),
        _ => None,
    });
    let said = said.or_else(|| match error.downcast_ref::<GetStreamError>()?.kind() {
        GetStreamErrorKind::JetStream(said) => Some(said),
        _ => None,
    });
    said.map(|said| said.error_code().0).or_else(|| number(error.source()?))
}
