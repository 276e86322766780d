//! What was observed of the server, for the lesson, the inspector and the protocol log.

use super::activity_log::ActivityLog;
use super::inspector::InspectorFilter;
use super::protocol_log::ProtocolLog;
use super::simulation::Simulation;
use super::terminals::Terminals;
use crate::base::TimeZone;
use crate::lesson::TerminalStatus;

pub(super) struct Observation {
    pub(super) activity: ActivityLog,
    pub(super) filter: InspectorFilter,
    pub(super) protocol: ProtocolLog,
    versions: Versions,
    last: LastObserved,
}

/// Counts what may have changed each part of what there is to draw: who has drawn a part need not ask for it again before
/// its number is another one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    pub lesson: u64,
    pub inspector: u64,
    pub protocol_log: u64,
}

impl Versions {
    /// Nothing has changed.
    pub(super) const NONE: Versions = Versions { lesson: 0, inspector: 0, protocol_log: 0 };
    /// Everything may have changed.
    pub(super) const ALL: Versions = Versions { lesson: 1, inspector: 1, protocol_log: 1 };
    pub(super) const LESSON: Versions = Versions { lesson: 1, ..Versions::NONE };
    pub(super) const INSPECTOR: Versions = Versions { inspector: 1, ..Versions::NONE };
    pub(super) const PROTOCOL_LOG: Versions = Versions { protocol_log: 1, ..Versions::NONE };

    fn add(&mut self, more: Versions) {
        self.lesson += more.lesson;
        self.inspector += more.inspector;
        self.protocol_log += more.protocol_log;
    }
}

/// What the last observation has seen.
#[derive(Default, PartialEq, Eq)]
struct LastObserved {
    versions: Versions,
    terminals: Vec<TerminalStatus>,
}

impl Observation {
    pub(super) fn new() -> Observation {
        Observation {
            activity: ActivityLog::default(),
            filter: InspectorFilter::default(),
            protocol: ProtocolLog::default(),
            versions: Versions::ALL,
            last: LastObserved::default(),
        }
    }

    pub(super) fn versions(&self) -> Versions {
        self.versions
    }

    /// Notes that these parts may have changed.
    pub(super) fn touch(&mut self, parts: Versions) {
        self.versions.add(parts);
    }

    /// Takes the place of another world's.
    pub(super) fn inherit_from(&mut self, before: &Observation) {
        self.versions.add(before.versions);
        self.protocol.listen(before.protocol.is_listening());
    }

    /// Takes what has happened on the server. Returns whether goals are to be judged anew, and if so, whether that is due to
    /// the server.
    pub(super) fn observe(
        &mut self,
        simulation: &Simulation,
        terminals: &Terminals,
        zone: &TimeZone,
    ) -> Option<bool> {
        let event_level = self.protocol.event_level();
        let news = self.activity.observe(simulation.world(), terminals, zone, event_level);
        self.protocol.add(self.activity.events(), terminals, zone, self.activity.view());
        let now = LastObserved { versions: self.versions, terminals: terminals.statuses() };
        if !news && self.last == now {
            return None;
        }
        self.versions.add(Versions::ALL);
        self.last = LastObserved { versions: self.versions, ..now };
        Some(news)
    }
}
