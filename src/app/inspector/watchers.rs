//! Who watches what, and what was left behind of those who did.

use super::context::InspectorContext;
use crate::app::model::Watcher;
use crate::app::text;
use crate::base::Time;
use crate::server::view::{ConsumerView, StreamView, View};

/// Those of terminals first, as their tabs stand, each in the order of time.
pub(super) fn watchers(view: &View, context: &InspectorContext<'_>) -> Vec<Watcher> {
    let all = view.streams.iter().flat_map(|stream| stream.watchers().map(move |it| (stream, it)));
    let mut all: Vec<_> =
        all.map(|(stream, consumer)| (order(consumer, context), stream, consumer)).collect();
    all.sort_by_key(|(order, ..)| *order);
    all.into_iter().map(|(_, stream, consumer)| watcher(stream, consumer, view, context)).collect()
}

/// The place of the tab, the time, and the name where these are the same.
fn order<'a>(consumer: &'a ConsumerView, context: &InspectorContext<'_>) -> (usize, Time, &'a str) {
    let terminal = context.terminals.owner(consumer.connection);
    let tab = terminal.and_then(|terminal| context.terminals.index_of(terminal.id));
    (tab.unwrap_or(usize::MAX), consumer.created, &consumer.name)
}

fn watcher(
    stream: &StreamView,
    consumer: &ConsumerView,
    view: &View,
    context: &InspectorContext<'_>,
) -> Watcher {
    let terminal = context.terminal(consumer.connection);
    let filters = consumer.filters().iter().map(|filter| stream.key_of(filter).unwrap_or(filter));
    let filter = filters.collect::<Vec<_>>().join(", ");
    let name = terminal.as_ref().map(|(name, _)| name.clone());
    let client =
        || view.connections.iter().find(|other| Some(other.id) == consumer.connection).map(text::client_name);
    Watcher {
        consumer: consumer.name.clone(),
        who: name.or_else(client),
        removed_in: consumer.removal.map(|at| text::time_left(at.since(view.now))),
        badge: terminal.map(|(_, badge)| badge),
        bucket: text::visible(stream.bucket().unwrap_or(&stream.name)).into_owned(),
        filter: if filter.is_empty() { ">".to_owned() } else { text::visible(&filter).into_owned() },
        deliveries: context.activity.deliveries(&stream.name, &consumer.name),
        at: consumer.delivered_sequence,
        pending: consumer.pending,
    }
}
