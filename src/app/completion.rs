//! What completion offers in the terminals: the buckets, keys and revisions that there are now.

use super::HOST;
use super::text::count;
use crate::server::view::View;
use crate::shell::complete::CompletionSource;
use crate::sim::World;

pub(super) struct WorldCompletion(pub(super) World);

impl WorldCompletion {
    fn view(&self) -> Option<View> {
        self.0.with_server(HOST, |server| server.view())
    }
}

impl CompletionSource for WorldCompletion {
    fn buckets(&self) -> Vec<(String, String)> {
        let view = self.view();
        let buckets = view.iter().flat_map(View::buckets).map(|stream| {
            (stream.bucket().unwrap_or_default().to_owned(), count(stream.subjects_total, "key"))
        });
        buckets.collect()
    }

    fn keys(&self, bucket: &str, prefix: &str) -> Vec<(String, String)> {
        let view = self.view();
        let Some(stream) = view.as_ref().and_then(|view| view.bucket(bucket)) else { return Vec::new() };
        let keys = stream.subjects.iter().filter_map(|subject| {
            let key = stream.key_of(&subject.subject).filter(|key| key.starts_with(prefix))?;
            Some((key.to_owned(), format!("revision {}", subject.last().sequence)))
        });
        keys.collect()
    }

    fn revision(&self, bucket: &str, key: &str) -> Option<u64> {
        Some(self.view()?.bucket(bucket)?.key(key)?.last().sequence)
    }

    fn streams(&self) -> Vec<(String, String)> {
        let view = self.view();
        let streams = view.iter().flat_map(|view| &view.streams);
        streams.map(|stream| (stream.name.clone(), count(stream.messages as usize, "message"))).collect()
    }
}
