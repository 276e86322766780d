//! A stream's configuration as JSON, in the real server's field order.

use std::collections::BTreeMap;

use super::config::*;
use crate::gofmt::quote;
use crate::server::json::{Json, Problem, Set, Writer};

pub(crate) const RETENTIONS: &[(&str, Retention)] =
    &[("limits", Retention::Limits), ("interest", Retention::Interest), ("workqueue", Retention::WorkQueue)];
pub(crate) const DISCARDS: &[(&str, Discard)] = &[("old", Discard::Old), ("new", Discard::New)];
pub(crate) const STORAGES: &[(&str, Storage)] = &[("file", Storage::File), ("memory", Storage::Memory)];
pub(crate) const COMPRESSIONS: &[(&str, Compression)] =
    &[("none", Compression::None), ("s2", Compression::S2)];
pub(crate) const PERSIST_MODES: &[(&str, PersistMode)] =
    &[("default", PersistMode::Default), ("", PersistMode::Default), ("async", PersistMode::Async)];

/// The word of a choice in its table.
pub(crate) fn word<T: PartialEq>(table: &[(&'static str, T)], choice: &T) -> &'static str {
    table.iter().find(|(_, each)| each == choice).map_or("", |(word, _)| word)
}

/// What the real server says of a word that is none of its choices.
pub(crate) fn cannot(json: &str) -> String {
    format!("can not unmarshal {}", quote(json))
}

/// Sets the fields that `json` has, and `pedantic`, which belongs to the request.
pub(crate) fn decode(json: &Json<'_>, config: &mut StreamConfig, pedantic: &mut bool) -> Set {
    json.fields("server.StreamConfigRequest", &mut |name, value| {
        if name == "pedantic" {
            return value.truth(pedantic).map(|()| true);
        }
        decode_limit(name, value, config)
    })
}

fn decode_limit(name: &str, value: &Json<'_>, config: &mut StreamConfig) -> Result<bool, Problem> {
    match name {
        "name" => value.text(&mut config.name),
        "description" => value.text(&mut config.description),
        "subjects" => value.texts(&mut config.subjects),
        "retention" => value.choice(RETENTIONS, &mut config.retention, cannot),
        "max_consumers" => value.int(&mut config.max_consumers),
        "max_msgs" => value.integer("int64", &mut config.max_msgs),
        "max_bytes" => value.integer("int64", &mut config.max_bytes),
        "max_age" => value.nanos(&mut config.max_age),
        "max_msgs_per_subject" => value.integer("int64", &mut config.max_msgs_per_subject),
        "max_msg_size" => {
            let mut size = i64::from(config.max_msg_size);
            value.integer("int32", &mut size)?;
            config.max_msg_size = size as i32;
            Ok(())
        }
        "discard" => value.choice(DISCARDS, &mut config.discard, cannot),
        "storage" => value.choice(STORAGES, &mut config.storage, cannot),
        "num_replicas" => value.int(&mut config.replicas),
        "no_ack" => value.truth(&mut config.no_ack),
        "duplicate_window" => value.nanos(&mut config.duplicate_window),
        "compression" => value
            .choice(COMPRESSIONS, &mut config.compression, |_| "unknown compression algorithm".to_owned()),
        "first_seq" => value.unsigned(&mut config.first_seq),
        "persist_mode" => value.choice(PERSIST_MODES, &mut config.persist_mode, cannot),
        "metadata" => value.map(&mut config.metadata),
        _ => return decode_feature(name, value, config),
    }?;
    Ok(true)
}

fn decode_feature(name: &str, value: &Json<'_>, config: &mut StreamConfig) -> Result<bool, Problem> {
    match name {
        "placement" => optional(value, &mut config.placement, decode_placement),
        "mirror" => optional(value, &mut config.mirror, decode_source),
        "sources" => {
            config.sources.clear();
            value.items("[]*server.StreamSource", &mut |item| {
                let mut source = Source::default();
                decode_source(item, &mut source)?;
                config.sources.push(source);
                Ok(())
            })
        }
        "subject_transform" => optional(value, &mut config.subject_transform, decode_transform),
        "republish" => optional(value, &mut config.republish, decode_republish),
        "allow_direct" => value.truth(&mut config.allow_direct),
        "mirror_direct" => value.truth(&mut config.mirror_direct),
        "discard_new_per_subject" => value.truth(&mut config.discard_new_per_subject),
        "sealed" => value.truth(&mut config.sealed),
        "deny_delete" => value.truth(&mut config.deny_delete),
        "deny_purge" => value.truth(&mut config.deny_purge),
        "allow_rollup_hdrs" => value.truth(&mut config.allow_rollup),
        "consumer_limits" => value.fields("server.StreamConsumerLimits", &mut |name, value| {
            match name {
                "inactive_threshold" => value.nanos(&mut config.consumer_limits.inactive_threshold),
                "max_ack_pending" => value.int(&mut config.consumer_limits.max_ack_pending),
                _ => return Ok(false),
            }?;
            Ok(true)
        }),
        "allow_msg_ttl" => value.truth(&mut config.allow_msg_ttl),
        "subject_delete_marker_ttl" => value.nanos(&mut config.subject_delete_marker_ttl),
        "allow_msg_counter" => value.truth(&mut config.allow_msg_counter),
        "allow_atomic" => value.truth(&mut config.allow_atomic),
        "allow_msg_schedules" => value.truth(&mut config.allow_msg_schedules),
        "allow_batched" => value.truth(&mut config.allow_batched),
        _ => return Ok(false),
    }?;
    Ok(true)
}

fn optional<T: Default>(value: &Json<'_>, to: &mut Option<T>, decode: fn(&Json<'_>, &mut T) -> Set) -> Set {
    if *value == Json::Null {
        *to = None;
        return Ok(());
    }
    decode(value, to.get_or_insert_default())
}

fn decode_placement(json: &Json<'_>, placement: &mut Placement) -> Set {
    json.fields("server.Placement", &mut |name, value| {
        match name {
            "cluster" => value.text(&mut placement.cluster),
            "tags" => value.texts(&mut placement.tags),
            "preferred" => value.text(&mut placement.preferred),
            _ => return Ok(false),
        }?;
        Ok(true)
    })
}

fn decode_source(json: &Json<'_>, source: &mut Source) -> Set {
    json.fields("server.StreamSource", &mut |name, value| {
        match name {
            "name" => value.text(&mut source.name),
            "opt_start_seq" => value.unsigned(&mut source.opt_start_seq),
            "opt_start_time" => value.time(&mut source.opt_start_time),
            "filter_subject" => value.text(&mut source.filter_subject),
            "subject_transforms" => {
                source.subject_transforms.clear();
                value.items("[]server.SubjectTransformConfig", &mut |item| {
                    let mut transform = Transform::default();
                    decode_transform(item, &mut transform)?;
                    source.subject_transforms.push(transform);
                    Ok(())
                })
            }
            "external" => optional(value, &mut source.external, |json, external| {
                two_texts(
                    json,
                    "server.ExternalStream",
                    ["api", "deliver"],
                    [&mut external.api, &mut external.deliver],
                )
            }),
            "consumer" => optional(value, &mut source.consumer, |json, consumer| {
                let texts = [&mut consumer.name, &mut consumer.deliver_subject];
                two_texts(json, "server.StreamConsumerSource", ["name", "deliver_subject"], texts)
            }),
            _ => return Ok(false),
        }?;
        Ok(true)
    })
}

fn decode_transform(json: &Json<'_>, transform: &mut Transform) -> Set {
    let texts = [&mut transform.src, &mut transform.dest];
    two_texts(json, "server.SubjectTransformConfig", ["src", "dest"], texts)
}

fn two_texts(json: &Json<'_>, wanted: &'static str, names: [&str; 2], texts: [&mut String; 2]) -> Set {
    let [first, second] = texts;
    json.fields(wanted, &mut |name, value| {
        match name {
            _ if name == names[0] => value.text(first),
            _ if name == names[1] => value.text(second),
            _ => return Ok(false),
        }?;
        Ok(true)
    })
}

fn decode_republish(json: &Json<'_>, republish: &mut Republish) -> Set {
    json.fields("server.RePublish", &mut |name, value| {
        match name {
            "src" => value.text(&mut republish.src),
            "dest" => value.text(&mut republish.dest),
            "headers_only" => value.truth(&mut republish.headers_only),
            _ => return Ok(false),
        }?;
        Ok(true)
    })
}

/// Writes the configuration as the field `config`. `told` adds what the server only tells: its version and API level.
pub(crate) fn encode(json: &mut Writer, config: &StreamConfig, told: bool) {
    json.open_field("config");
    json.text("name", &config.name);
    json.text_if_any("description", &config.description);
    json.texts_if_any("subjects", &config.subjects);
    json.text("retention", word(RETENTIONS, &config.retention));
    json.number("max_consumers", config.max_consumers);
    json.number("max_msgs", config.max_msgs);
    json.number("max_bytes", config.max_bytes);
    json.number("max_age", config.max_age);
    json.number("max_msgs_per_subject", config.max_msgs_per_subject);
    json.number_if_any("max_msg_size", config.max_msg_size);
    json.text("discard", word(DISCARDS, &config.discard));
    json.text("storage", word(STORAGES, &config.storage));
    json.number("num_replicas", config.replicas);
    json.truth_if("no_ack", config.no_ack);
    json.number_if_any("duplicate_window", config.duplicate_window);
    if let Some(placement) = &config.placement {
        json.open_field("placement");
        json.text_if_any("cluster", &placement.cluster);
        json.texts_if_any("tags", &placement.tags);
        json.text_if_any("preferred", &placement.preferred);
        json.close();
    }
    if let Some(mirror) = &config.mirror {
        json.open_field("mirror");
        encode_source(json, mirror);
        json.close();
    }
    if !config.sources.is_empty() {
        json.open_list("sources");
        for source in &config.sources {
            json.open();
            encode_source(json, source);
            json.close();
        }
        json.close_list();
    }
    json.text("compression", word(COMPRESSIONS, &config.compression));
    json.number_if_any("first_seq", config.first_seq);
    encode_features(json, config);
    metadata(json, &config.metadata, told);
    json.close();
}

fn encode_features(json: &mut Writer, config: &StreamConfig) {
    if let Some(transform) = &config.subject_transform {
        json.open_field("subject_transform");
        encode_transform(json, transform);
        json.close();
    }
    if let Some(republish) = &config.republish {
        json.open_field("republish");
        json.text_if_any("src", &republish.src);
        json.text("dest", &republish.dest);
        json.truth_if("headers_only", republish.headers_only);
        json.close();
    }
    json.truth("allow_direct", config.allow_direct);
    json.truth("mirror_direct", config.mirror_direct);
    json.truth_if("discard_new_per_subject", config.discard_new_per_subject);
    json.truth("sealed", config.sealed);
    json.truth("deny_delete", config.deny_delete);
    json.truth("deny_purge", config.deny_purge);
    json.truth("allow_rollup_hdrs", config.allow_rollup);
    json.open_field("consumer_limits");
    json.number_if_any("inactive_threshold", config.consumer_limits.inactive_threshold);
    json.number_if_any("max_ack_pending", config.consumer_limits.max_ack_pending);
    json.close();
    json.truth("allow_msg_ttl", config.allow_msg_ttl);
    json.number_if_any("subject_delete_marker_ttl", config.subject_delete_marker_ttl);
    json.truth_if("allow_msg_counter", config.allow_msg_counter);
    json.truth_if("allow_atomic", config.allow_atomic);
    json.truth_if("allow_msg_schedules", config.allow_msg_schedules);
    if config.persist_mode != PersistMode::Default {
        json.text("persist_mode", word(PERSIST_MODES, &config.persist_mode));
    }
    json.truth_if("allow_batched", config.allow_batched);
}

fn encode_source(json: &mut Writer, source: &Source) {
    json.text("name", &source.name);
    json.number_if_any("opt_start_seq", source.opt_start_seq);
    if source.opt_start_time.is_some() {
        json.time("opt_start_time", source.opt_start_time);
    }
    json.text_if_any("filter_subject", &source.filter_subject);
    encode_transforms(json, &source.subject_transforms);
    if let Some(external) = &source.external {
        encode_external(json, external);
    }
    if let Some(consumer) = &source.consumer {
        json.open_field("consumer");
        json.text_if_any("name", &consumer.name);
        json.text_if_any("deliver_subject", &consumer.deliver_subject);
        json.close();
    }
}

/// The field `external` of a source.
pub(crate) fn encode_external(json: &mut Writer, external: &External) {
    json.open_field("external");
    json.text("api", &external.api);
    json.text("deliver", &external.deliver);
    json.close();
}

/// The field `subject_transforms` of a source, if there are any.
pub(crate) fn encode_transforms(json: &mut Writer, transforms: &[Transform]) {
    if transforms.is_empty() {
        return;
    }
    json.open_list("subject_transforms");
    for transform in transforms {
        json.open();
        encode_transform(json, transform);
        json.close();
    }
    json.close_list();
}

fn encode_transform(json: &mut Writer, transform: &Transform) {
    json.text("src", &transform.src);
    json.text("dest", &transform.dest);
}

/// The field `metadata`, sorted by key as Go writes maps.
pub(crate) fn metadata(json: &mut Writer, stored: &BTreeMap<String, String>, told: bool) {
    let mut all = stored.clone();
    if told {
        all.insert("_nats.ver".to_owned(), crate::server::VERSION.to_owned());
        all.insert("_nats.level".to_owned(), crate::server::API_LEVEL.to_string());
    }
    if all.is_empty() {
        return;
    }
    json.open_field("metadata");
    for (key, value) in &all {
        json.text(key, value);
    }
    json.close();
}
