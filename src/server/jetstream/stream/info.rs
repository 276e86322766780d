//! What is told of a stream.

use super::config::Storage;
use super::{Stream, codec};
use crate::base::Time;
use crate::server::json::Writer;

/// What of a stream's information is asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked<'a> {
    /// The server's version and API level among the metadata.
    pub(crate) told: bool,
    /// Which sequences are gone.
    pub(crate) deleted: bool,
    /// The messages of each subject.
    pub(crate) subjects: Option<&'a [(String, u64)]>,
    /// The server's name, where the cluster is told.
    pub(crate) leader: Option<&'a str>,
}

/// The real server has no limit for this list; ours is longer than any message may be.
const DELETED_MAX: usize = 1_000_000;

impl Stream {
    /// Writes the fields of its information. `consumers` is how many it has that everybody may see.
    pub(crate) fn encode(&self, json: &mut Writer, asked: &Asked<'_>, consumers: usize, now: Time) {
        codec::encode(json, &self.config, asked.told);
        json.time("created", Some(self.created));
        self.encode_state(json, asked, consumers);
        if let Some(leader) = asked.leader {
            json.open_field("cluster");
            json.text("leader", leader);
            json.close();
        }
        self.encode_feeds(json, now);
        json.time("ts", Some(now));
    }

    pub(crate) fn encode_config(&self, json: &mut Writer) {
        codec::encode(json, &self.config, false);
    }

    pub(crate) fn encode_state(&self, json: &mut Writer, asked: &Asked<'_>, consumers: usize) {
        json.open_field("state");
        json.number("messages", self.store.messages());
        json.number("bytes", self.store.bytes());
        json.number("first_seq", self.store.first());
        json.time("first_ts", self.store.first_time());
        json.number("last_seq", self.store.last());
        json.time("last_ts", self.store.last_time());
        json.number_if_any("num_subjects", self.store.subjects() as u64);
        if let Some(subjects) = asked.subjects.filter(|subjects| !subjects.is_empty()) {
            json.open_field("subjects");
            for (subject, count) in subjects {
                json.number(subject, *count);
            }
            json.close();
        }
        // The real server goes through the sequences of a file for this, also through the 0 of one that is new.
        let is_new_file = self.config.storage == Storage::File && self.store.first() == 0;
        let gone = self.store.gone() + u64::from(asked.deleted && is_new_file);
        json.number_if_any("num_deleted", gone);
        if asked.deleted && gone > 0 {
            json.open_list("deleted");
            for sequence in self.store.gone_list(DELETED_MAX) {
                json.number_item(sequence);
            }
            json.close_list();
        }
        json.number("consumer_count", consumers as u64);
        json.close();
    }

    /// Writes what it copies from, and how far it is.
    pub(crate) fn encode_feeds(&self, json: &mut Writer, now: Time) {
        if let Some(feed) = self.feeds.iter().find(|feed| feed.is_mirror) {
            json.open_field("mirror");
            feed.encode(json, now);
            json.close();
        }
        if self.feeds.iter().any(|feed| !feed.is_mirror) {
            json.open_list("sources");
            for feed in self.feeds.iter().filter(|feed| !feed.is_mirror) {
                json.open();
                feed.encode(json, now);
                json.close();
            }
            json.close_list();
        }
    }
}
