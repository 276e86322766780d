//! Streams as the inspector shows them: the settings of a bucket, and beneath it the stream with its messages.

use super::context::InspectorContext;
use crate::app::fact::Fact;
use crate::app::model::{ListWindow, Message, Stream};
use crate::app::text;
use crate::jsapi::{DiscardPolicy, RetentionPolicy, StorageType, StoreCompression, StreamConfig};
use crate::server::view::{RevisionView, StreamView};

/// Names and values.
type Labelled = Vec<(Fact, String)>;

/// The settings of a bucket that differ from those of every bucket.
pub(in crate::app) fn settings(stream: &StreamView) -> Labelled {
    let config = &stream.config;
    let mut facts = vec![
        (Fact::History, config.max_msgs_per_subject.max(1).to_string()),
        (Fact::Values, stream.messages.to_string()),
        (Fact::Size, text::bytes(stream.bytes)),
    ];
    if config.storage == StorageType::Memory {
        facts.push((Fact::Storage, "memory".to_owned()));
    }
    for (label, nanos) in
        [(Fact::MaxAge, config.max_age), (Fact::MarkerTtl, config.subject_delete_marker_ttl)]
    {
        if !nanos.is_zero() {
            facts.push((label, text::duration(nanos.duration())));
        }
    }
    for (label, most) in [(Fact::MaxSize, config.max_bytes), (Fact::MaxValue, config.max_msg_size.into())] {
        if most > 0 {
            facts.push((label, text::bytes(most as u64)));
        }
    }
    extras(config, &mut facts);
    facts
}

/// Adds settings that most streams do not have.
fn extras(config: &StreamConfig, facts: &mut Labelled) {
    let mut add = |label, value: String| {
        if !value.is_empty() {
            facts.push((label, text::visible(&value).into_owned()));
        }
    };
    add(Fact::Description, config.description.clone());
    add(
        Fact::Compression,
        if config.compression == StoreCompression::S2 { "s2".to_owned() } else { String::new() },
    );
    add(
        Fact::Replicas,
        if config.num_replicas > 1 { config.num_replicas.to_string() } else { String::new() },
    );
    add(Fact::Mirror, config.mirror.iter().map(|source| source.name.as_str()).collect());
    add(
        Fact::Sources,
        config.sources.iter().map(|source| source.name.as_str()).collect::<Vec<_>>().join(", "),
    );
    let republish = config.republish.as_ref();
    add(Fact::Republish, republish.map(|rule| format!("{} → {}", rule.src, rule.dest)).unwrap_or_default());
}

/// A stream, with its messages if these are to be shown.
pub(super) fn stream(stream: &StreamView, context: &InspectorContext<'_>) -> Stream {
    let filter = context.filter.stream(&stream.name);
    let messages = stream.newest.iter().map(|(subject, stored)| message(stream, subject, stored, context));
    let total = if filter.open { stream.messages as usize } else { 0 };
    Stream {
        name: text::visible(&stream.name).into_owned(),
        open: filter.open,
        facts: if filter.open { facts(stream) } else { Vec::new() },
        messages: ListWindow { first: filter.first_message(total), rows: messages.collect(), total },
    }
}

fn facts(stream: &StreamView) -> Labelled {
    let config = &stream.config;
    let most = |most: i64| if most > 0 { most.to_string() } else { UNLIMITED.to_owned() };
    let size = |most: i64| if most > 0 { text::bytes(most as u64) } else { UNLIMITED.to_owned() };
    let age = config.max_age;
    let flags = [
        ("allow_direct", config.allow_direct),
        ("allow_rollup_hdrs", config.allow_rollup_hdrs),
        ("allow_msg_ttl", config.allow_msg_ttl),
        ("allow_msg_counter", config.allow_msg_counter),
        ("allow_atomic", config.allow_atomic),
        ("allow_msg_schedules", config.allow_msg_schedules),
        ("deny_delete", config.deny_delete),
        ("deny_purge", config.deny_purge),
        ("discard_new_per_subject", config.discard_new_per_subject),
        ("mirror_direct", config.mirror_direct),
        ("no_ack", config.no_ack),
        ("sealed", config.sealed),
    ];
    let flags = flags.iter().filter(|(_, set)| *set).map(|(name, _)| *name);
    let mut facts = vec![
        (Fact::Subjects, text::visible(&config.subjects.join(", ")).into_owned()),
        (Fact::Messages, stream.messages.to_string()),
        (Fact::Sequences, format!("{}–{}", stream.first_sequence, stream.last_sequence)),
        (Fact::Consumers, stream.consumers.len().to_string()),
        (Fact::Storage, if config.storage == StorageType::File { "file" } else { "memory" }.to_owned()),
        (Fact::Retention, retention(config.retention).to_owned()),
        (Fact::Discard, if config.discard == DiscardPolicy::Old { "old" } else { "new" }.to_owned()),
        (Fact::PerSubject, most(config.max_msgs_per_subject)),
        (Fact::MaxMessages, most(config.max_msgs)),
        (Fact::MaxSize, size(config.max_bytes)),
        (Fact::MaxValue, size(config.max_msg_size.into())),
        (Fact::MaxAge, if age.is_zero() { UNLIMITED.to_owned() } else { text::duration(age.duration()) }),
        (Fact::Duplicates, text::duration(config.duplicate_window.duration())),
        (Fact::Flags, flags.collect::<Vec<_>>().join(", ")),
    ];
    extras(config, &mut facts);
    facts
}

const UNLIMITED: &str = "∞";

fn retention(retention: RetentionPolicy) -> &'static str {
    match retention {
        RetentionPolicy::Limits => "limits",
        RetentionPolicy::Interest => "interest",
        RetentionPolicy::WorkQueue => "workqueue",
    }
}

fn shown_header((name, value): &(String, String)) -> (String, String) {
    (text::visible(name).into_owned(), text::visible(value).into_owned())
}

fn message(
    stream: &StreamView,
    subject: &str,
    stored: &RevisionView,
    context: &InspectorContext<'_>,
) -> Message {
    Message {
        sequence: stored.sequence,
        subject: text::visible(subject).into_owned(),
        operation: stored.operation,
        time: text::time_of_day(stored.time, context.zone),
        headers: stored.headers.iter().map(shown_header).collect(),
        value: text::value(&stored.value),
        fresh: context.activity.is_fresh(&stream.name, stored.sequence),
    }
}
