//! What the inspector shows besides the server's view.

use super::filter::InspectorFilter;
use crate::app::activity_log::ActivityLog;
use crate::app::model::Badge;
use crate::app::terminals::Terminals;
use crate::base::TimeZone;
use crate::server::ConnId;

pub(in crate::app) struct InspectorContext<'a> {
    pub(in crate::app) address: &'a str,
    pub(in crate::app) activity: &'a ActivityLog,
    pub(in crate::app) filter: &'a InspectorFilter,
    pub(in crate::app) terminals: &'a Terminals,
    pub(in crate::app) zone: &'a TimeZone,
}

impl InspectorContext<'_> {
    /// Name and badge of the terminal that opened a connection.
    pub(super) fn terminal(&self, connection: Option<ConnId>) -> Option<(String, Badge)> {
        let terminal = self.terminals.owner(connection)?;
        Some((terminal.name.to_owned(), terminal.badge))
    }

    /// The name of the terminal that wrote a sequence of a stream; that of a closed one is what it was then.
    pub(super) fn author(&self, stream: &str, sequence: u64) -> Option<String> {
        let author = self.activity.author(stream, sequence)?;
        self.terminals.identity(author).map(|terminal| terminal.name.to_owned())
    }
}
