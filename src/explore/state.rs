//! When two orders have come to the same: a hash of all that what follows depends on.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use super::client::Client;
use super::judge::Observed;
use super::rule::Rule;
use crate::base::Time;
use crate::server::view::View;
use crate::sim::World;

/// Whether states at different times may be the same.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Clocks {
    /// What matters is how long it takes until something is due.
    Relative,
    /// How late it is matters too.
    Absolute,
}

/// The hash of a state: of the server as it can be seen, of the clients and of what is on its way, and of what the rules
/// remember.
pub(super) fn hash(
    world: &World,
    view: &View,
    clients: &[Client],
    clocks: Clocks,
    (rules, observed): (&[Rule], &Observed),
) -> u64 {
    let mut hasher = DefaultHasher::new();
    let now = world.clock().now();
    let until = |time: Time| match clocks {
        Clocks::Relative => time.nanos().wrapping_sub(now.nanos()),
        Clocks::Absolute => time.nanos(),
    };
    if clocks == Clocks::Absolute {
        now.nanos().hash(&mut hasher);
    }
    for stream in &view.streams {
        let config = format!("{:?}", stream.config);
        (&stream.name, config, stream.first_sequence, stream.last_sequence).hash(&mut hasher);
        for subject in &stream.subjects {
            subject.subject.hash(&mut hasher);
            for revision in &subject.revisions {
                let end = revision.expires.map(until);
                (revision.sequence, end, &revision.headers, &revision.value).hash(&mut hasher);
            }
        }
        for consumer in &stream.consumers {
            let delivered = (consumer.delivered, consumer.delivered_sequence, consumer.ack_floor);
            let open =
                (consumer.ack_pending, consumer.waiting, consumer.pending, consumer.connection.is_some());
            (format!("{:?}", consumer.config), delivered, open, consumer.removal.map(until))
                .hash(&mut hasher);
        }
    }
    for client in clients {
        client.hash_into(until, &mut hasher);
        for opened in client.connections() {
            let unsent = world.peek_unsent(opened.connection, |bytes, is_gone| (bytes.len(), is_gone));
            let undelivered = world.peek_undelivered(opened.connection, <[u8]>::len);
            (unsent, undelivered).hash(&mut hasher);
        }
    }
    observed.hash_into(rules, &mut hasher);
    hasher.finish()
}
