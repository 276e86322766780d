//! What was observed of the server, for the lesson, the inspector and the protocol log.

use super::activity_log::ActivityLog;
use super::inspector::InspectorFilter;
use super::protocol_log::ProtocolLog;
use super::simulation::Simulation;
use super::terminals::Terminals;
use crate::base::TimeZone;

pub(super) struct Observation {
    pub(super) activity: ActivityLog,
    pub(super) filter: InspectorFilter,
    pub(super) protocol: ProtocolLog,
    /// Counts what may have changed the lesson or the inspector.
    version: u64,
    last: LastObserved,
}

/// What the last observation has seen.
#[derive(Default, PartialEq, Eq)]
struct LastObserved {
    version: u64,
    /// For each terminal whether it asked something.
    asking: Vec<bool>,
}

impl Observation {
    pub(super) fn new() -> Observation {
        Observation {
            activity: ActivityLog::default(),
            filter: InspectorFilter::default(),
            protocol: ProtocolLog::default(),
            version: 1,
            last: LastObserved::default(),
        }
    }

    /// Changes whenever the lesson or the inspector may have.
    pub(super) fn version(&self) -> u64 {
        self.version
    }

    /// Notes that the lesson or the inspector may have changed.
    pub(super) fn touch(&mut self) {
        self.version += 1;
    }

    /// Takes the place of another world's.
    pub(super) fn inherit_from(&mut self, before: &Observation) {
        self.version += before.version;
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
        let asking = terminals.iter().map(|terminal| terminal.asks()).collect();
        let now = LastObserved { version: self.version, asking };
        if !news && self.last == now {
            return None;
        }
        self.version += 1;
        self.last = LastObserved { version: self.version, ..now };
        Some(news)
    }
}
