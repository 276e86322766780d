//! A stream's information.

use super::Stream;
use crate::base::Time;
use crate::jsapi::{ClusterInfo, StorageType, StreamInfo, StreamSourceInfo, StreamState};
use crate::server::jetstream::add_version;

/// What a stream's information is to contain.
#[derive(Clone, Debug, Default)]
pub(crate) struct InfoOptions<'a> {
    /// The server's version and API level among the metadata.
    pub(crate) version: bool,
    /// Which sequences are gone.
    pub(crate) deleted: bool,
    /// The messages of each subject.
    pub(crate) subjects: Vec<(String, u64)>,
    /// The server's name, where the cluster is wanted.
    pub(crate) leader: Option<&'a str>,
}

/// Limits the list of deleted sequences; longer than any message could be. nats-server has no limit.
const DELETED_MAX: usize = 1_000_000;

impl Stream {
    /// Its information at `now`; `consumers` is the number of its public consumers.
    pub(crate) fn info(&self, options: InfoOptions<'_>, consumers: usize, now: Time) -> StreamInfo {
        let mut config = self.config.clone();
        if options.version {
            add_version(&mut config.metadata);
        }
        StreamInfo {
            config,
            created: self.created,
            cluster: options.leader.map(led_by),
            mirror: self.mirror_info(now),
            sources: self.source_infos(now),
            ts: now,
            state: self.state(options, consumers),
            ..StreamInfo::default()
        }
    }

    /// The number of messages, their bytes, and the ends of the stream.
    pub(crate) fn state(&self, options: InfoOptions<'_>, consumers: usize) -> StreamState {
        // nats-server goes through the sequences of a file for this, also through the 0 of one that is new.
        let is_new_file = self.config.storage == StorageType::File && self.store.first() == 0;
        let num_deleted = self.store.num_deleted() + u64::from(options.deleted && is_new_file);
        let has_deleted = options.deleted && num_deleted > 0;
        StreamState {
            messages: self.store.messages(),
            bytes: self.store.bytes(),
            first_seq: self.store.first(),
            first_ts: self.store.first_time().unwrap_or_default(),
            last_seq: self.store.last(),
            last_ts: self.store.last_time().unwrap_or_default(),
            num_subjects: self.store.subjects() as u64,
            subjects: options.subjects.into_iter().collect(),
            num_deleted,
            deleted: has_deleted
                .then(|| self.store.deleted_sequences(DELETED_MAX))
                .into_iter()
                .flatten()
                .collect(),
            consumer_count: consumers as u64,
        }
    }

    /// The stream that it mirrors.
    pub(crate) fn mirror_info(&self, now: Time) -> Option<StreamSourceInfo> {
        self.upstreams.iter().find(|upstream| upstream.is_mirror).map(|upstream| upstream.info(now))
    }

    /// The streams that it sources.
    pub(crate) fn source_infos(&self, now: Time) -> Vec<StreamSourceInfo> {
        self.upstreams
            .iter()
            .filter(|upstream| !upstream.is_mirror)
            .map(|upstream| upstream.info(now))
            .collect()
    }
}

/// The cluster of a stream that one server holds.
pub(crate) fn led_by(server_name: &str) -> ClusterInfo {
    ClusterInfo { leader: server_name.to_owned(), ..ClusterInfo::default() }
}
