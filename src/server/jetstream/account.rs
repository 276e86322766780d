//! The account's usage and limits.

use super::JetStream;
use crate::jsapi::{ApiError, StorageType, StreamConfig};
use crate::server::jetstream::api_error;

impl JetStream {
    /// Adjusts the account's usage after a store has changed.
    pub(super) fn update_usage(&mut self, storage: StorageType, before: u64, after: u64) {
        let used = match storage {
            StorageType::Memory => &mut self.memory,
            StorageType::File => &mut self.storage,
        };
        *used = (*used + after).saturating_sub(before);
    }

    /// How many consumers there are, those of mirrors and sources included.
    pub(super) fn consumer_count(&self) -> usize {
        let upstreams = self
            .all()
            .flat_map(|stream| &stream.upstreams)
            .filter(|upstream| upstream.connected_to.is_some());
        self.consumers.len() + upstreams.count()
    }

    /// Bytes that streams with `max_bytes` have reserved, except for the stream `but`.
    pub(super) fn reserved(&self, storage: StorageType, but: Option<&str>) -> u64 {
        let others = self.all().filter(|stream| Some(stream.config.name.as_str()) != but);
        let limits =
            others.filter(|stream| stream.config.storage == storage).map(|stream| stream.config.max_bytes);
        limits.filter(|limit| *limit > 0).fold(0, |sum, limit| sum.saturating_add(limit as u64))
    }

    /// Whether the limits allow a stream, which has `had` bytes reserved already.
    pub(super) fn check_limits(&self, config: &StreamConfig, had: i64) -> Result<(), ApiError> {
        let limits = &self.config.account;
        let others = self.names.keys().filter(|name| **name != config.name).count() as i64;
        if limits.max_streams > 0
            && others >= limits.max_streams
            && had == 0
            && !self.names.contains_key(&config.name)
        {
            return Err(api_error::MAXIMUM_STREAMS_LIMIT.into());
        }
        if config.max_consumers > 0 && limits.max_consumers > 0 && config.max_consumers > limits.max_consumers
        {
            return Err(api_error::MAXIMUM_CONSUMERS_LIMIT.into());
        }
        let (account, server, error) = match config.storage {
            StorageType::Memory => {
                (limits.max_memory, self.config.max_memory, api_error::MEMORY_RESOURCES_EXCEEDED)
            }
            StorageType::File => {
                (limits.max_storage, self.config.max_storage, api_error::STORAGE_RESOURCES_EXCEEDED)
            }
        };
        let wanted = if config.max_bytes < 0 { 1 } else { config.max_bytes as u64 };
        let reserved = self.reserved(config.storage, Some(&config.name));
        let all = self.reserved(config.storage, None);
        let more = wanted.saturating_sub(had as u64);
        if account >= 0 && reserved.saturating_add(wanted) > account as u64 {
            return Err(error.into());
        }
        if server >= 0 && all.saturating_add(more) > server as u64 {
            return Err(error.into());
        }
        Ok(())
    }

    pub(super) fn check_stream_bytes(&self, config: &StreamConfig) -> Result<(), ApiError> {
        let limits = &self.config.account;
        if limits.max_bytes_required && config.max_bytes <= 0 {
            return Err(api_error::STREAM_MAX_BYTES_REQUIRED.into());
        }
        let most = match config.storage {
            StorageType::Memory => limits.memory_max_stream_bytes,
            StorageType::File => limits.storage_max_stream_bytes,
        };
        if most > 0 && config.max_bytes > most {
            return Err(api_error::STREAM_MAX_STREAM_BYTES_EXCEEDED.into());
        }
        Ok(())
    }
}
