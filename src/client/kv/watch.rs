//! Following a bucket.

use std::future::poll_fn;
use std::task::{Context, Poll};

use super::{Entry, Operation, key};
use crate::client::ordered::{ControlEvent, OrderedConfig, OrderedConsumer, Start};
use crate::client::{Error, JetStream};

/// What a watcher reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WatchOptions {
    /// Every stored revision first, not just each key's newest.
    pub history: bool,
    /// Only what comes from now on.
    pub updates_only: bool,
    pub ignore_deletes: bool,
    /// Without values.
    pub headers_only: bool,
    /// From this revision on; before `history` and `updates_only`.
    pub revision: Option<u64>,
}

/// What a watcher reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WatchEvent {
    Entry(Entry),
    /// Everything that was stored when the watcher began has been reported.
    CaughtUp,
}

/// Follows keys until it is dropped.
pub struct Watcher {
    consumer: OrderedConsumer,
    prefix: String,
    ignore_deletes: bool,
    received: u64,
    /// Messages of the beginning, until all of them came.
    initial: Option<u64>,
}

impl Watcher {
    /// Follows the keys of a stream's subjects that begin with `prefix`.
    pub(super) async fn start(
        jetstream: &JetStream,
        stream: &str,
        prefix: &str,
        filters: &[&str],
        options: WatchOptions,
    ) -> Result<Watcher, Error> {
        if !filters.iter().all(|filter| key::is_filter(filter)) {
            return Err(Error::InvalidFilter);
        }
        if options.updates_only && options.history {
            return Err(Error::UpdatesWithHistory);
        }
        let all = [">"];
        let filters = if filters.is_empty() { &all[..] } else { filters };
        let start = match options.revision {
            Some(revision) if revision > 0 => Start::Sequence(revision),
            _ if options.updates_only => Start::New,
            _ if options.history => Start::All,
            _ => Start::LastPerSubject,
        };
        let config = OrderedConfig {
            filter_subjects: filters.iter().map(|filter| format!("{prefix}{filter}")).collect(),
            start,
            headers_only: options.headers_only,
        };
        let consumer = OrderedConsumer::start(jetstream, stream, config).await?;
        let initial = (!options.updates_only).then_some(consumer.initial());
        Ok(Watcher {
            consumer,
            prefix: prefix.to_owned(),
            ignore_deletes: options.ignore_deletes,
            received: 0,
            initial,
        })
    }

    /// The next event, however long that takes.
    pub async fn next(&mut self) -> Result<WatchEvent, Error> {
        loop {
            match poll_fn(|context| self.poll_event(context)).await {
                Ok(event) => return Ok(event),
                Err(control) => self.consumer.handle_control(control).await?,
            }
        }
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Result<WatchEvent, ControlEvent>> {
        loop {
            if self.initial.is_some_and(|initial| self.received >= initial) {
                self.initial = None;
                return Poll::Ready(Ok(WatchEvent::CaughtUp));
            }
            let delivery = match self.consumer.poll_next(context) {
                Poll::Ready(Ok(delivery)) => delivery,
                Poll::Ready(Err(control)) => return Poll::Ready(Err(control)),
                Poll::Pending => return Poll::Pending,
            };
            if delivery.message.subject_len() <= self.prefix.len() {
                continue;
            }
            self.received += 1;
            if delivery.pending == 0 && self.initial.is_some() {
                self.initial = Some(self.received);
            }
            let entry = Entry::delivered(&self.prefix, delivery);
            if !self.ignore_deletes || entry.operation == Operation::Put {
                return Poll::Ready(Ok(WatchEvent::Entry(entry)));
            }
        }
    }

    /// Ends it, and its consumer on the server.
    pub async fn stop(self) {
        self.consumer.delete().await;
    }
}
