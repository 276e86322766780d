//! What lies beneath: the bucket read and written as the stream that it is.

use async_nats::jetstream::context::{Context, PublishErrorKind};
use async_nats::jetstream::kv::{Config, Store};
use async_nats::jetstream::message::PublishMessage;
use async_nats::{Client, Error};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let url = std::env::var("NATS_URL").unwrap_or("nats://127.0.0.1:4222".into());
    let client = async_nats::connect(url).await?;
    let js = async_nats::jetstream::new(client.clone());
    let bucket = Config { bucket: "lesson-books".into(), history: 3, ..Default::default() };
    let done = lesson(&client, &js, &js.create_key_value(bucket).await?).await;
    js.delete_key_value("lesson-books").await?;
    done
}

async fn lesson(client: &Client, js: &Context, kv: &Store) -> Result<(), Error> {
    // The rules of the bucket are settings of a stream.
    let stream = js.get_stream("KV_lesson-books").await?;
    let config = &stream.cached_info().config;
    let (name, subject, history) =
        (&config.name, &config.subjects[0], config.max_messages_per_subject);
    println!("stream {name}, subjects {subject}, {history} per subject");

    // A key is a subject: a plain message is a put.
    js.publish("$KV.lesson-books.emma", "lent".into()).await?.await?;
    let entry = kv.entry("emma").await?.ok_or("emma is not there")?;
    println!("key emma: {}, revision {}", str::from_utf8(&entry.value)?, entry.revision);

    // A revision is the number of a message.
    kv.put("dune", "new".into()).await?;
    let message = stream.get_raw_message(2).await?;
    println!("message 2: {} on {}", str::from_utf8(&message.payload)?, message.subject);

    // A get is a request, and its answer has all in its headers.
    let subject = "$JS.API.DIRECT.GET.KV_lesson-books.$KV.lesson-books.emma";
    let answer = client.request(subject, "".into()).await?;
    let headers = answer.headers.unwrap_or_default();
    let sequence = headers.get("Nats-Sequence").ok_or("the answer has no number")?;
    println!("direct get: {}, Nats-Sequence {sequence}", str::from_utf8(&answer.payload)?);

    // A delete is a message too.
    kv.delete("dune").await?;
    let message = stream.get_raw_message(3).await?;
    let operation = message.headers.get("KV-Operation").ok_or("it is no delete")?;
    println!("message 3: {} bytes, KV-Operation {operation}", message.payload.len());

    // An update is a message with a condition.
    for revision in [2, 1] {
        let update =
            PublishMessage::build().payload("back".into()).expected_last_subject_sequence(revision);
        match js.send_publish("$KV.lesson-books.emma", update).await?.await {
            Ok(ack) => println!("expected {revision}: stored as {}", ack.sequence),
            Err(error) if error.kind() == PublishErrorKind::WrongLastSequence => {
                // The number is in what the client gives as the source of its error.
                let source =
                    std::error::Error::source(&error).and_then(|source| source.downcast_ref());
                let refused: &async_nats::jetstream::Error =
                    source.ok_or("the server gave no reason")?;
                println!("expected {revision}: error {}", refused.error_code().0);
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
