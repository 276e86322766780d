//! One terminal as the application keeps it: its session, its number and its look.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::HOST;
use super::announcements::Heard;
use super::model::Look;
use super::programs::TerminalId;
use crate::base::Clock;
use crate::server::view::View;
use crate::shell::complete::Live;
use crate::shell::session::{Doing, Session};
use crate::shell::{Programs, Shell};
use crate::sim::World;
use crate::term::history::History;

pub(super) struct Desk {
    pub(super) id: TerminalId,
    pub(super) look: Look,
    pub(super) session: Session,
    pub(super) heard: Heard,
}

impl Desk {
    pub(super) fn new(
        id: TerminalId,
        name: &str,
        look: Look,
        programs: Rc<dyn Programs>,
        world: &World,
        history: &str,
        room: usize,
    ) -> Desk {
        let variables = [("HOME", "/home/you"), ("USER", "you"), ("TERM", "xterm-256color")];
        let variables: BTreeMap<String, String> =
            variables.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let clock: Clock = world.clock().clone();
        let shell = Shell::new(programs, clock, &variables);
        let live = Rc::new(LiveWorld(world.clone()));
        let session = Session::new(name, shell, live, History::import(history), room);
        Desk { id, look, session, heard: Heard::default() }
    }

    pub(super) fn name(&self) -> &str {
        &self.session.name
    }

    /// Whether a command runs in front.
    pub(super) fn is_busy(&self) -> bool {
        self.session.doing() != Doing::Ready
    }

    /// Whether the command in front waits for a line.
    pub(super) fn asks(&self) -> bool {
        matches!(self.session.doing(), Doing::Asking(_))
    }
}

/// What completion offers: the buckets, keys and revisions that there are now.
struct LiveWorld(World);

impl LiveWorld {
    fn view(&self) -> Option<View> {
        self.0.with_server(HOST, |server| server.view())
    }
}

impl Live for LiveWorld {
    fn buckets(&self) -> Vec<(String, String)> {
        let view = self.view();
        let buckets = view.iter().flat_map(View::buckets);
        buckets
            .map(|stream| {
                let keys = super::text::count(stream.subjects_total, "key");
                (stream.bucket().unwrap_or_default().to_owned(), keys)
            })
            .collect()
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
        streams
            .map(|stream| (stream.name.clone(), super::text::count(stream.messages as usize, "message")))
            .collect()
    }
}
