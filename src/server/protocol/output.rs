//! Hands out what sessions have to say.

use crate::server::Server;
use crate::server::connection::Output;
use crate::server::keys::SessionKey;

impl Server {
    pub(crate) fn queue_output(&mut self, session_key: SessionKey) {
        if let Some(session) = self.sessions.get_mut(session_key) {
            self.output_queue.push(session_key, session);
        }
    }

    /// Takes the output of a session; its end comes after its last bytes.
    pub(crate) fn take_output(&mut self, session_key: SessionKey) -> Option<Output> {
        let session = self.sessions.get_mut(session_key)?;
        session.is_queued = false;
        let id = session.id;
        session.flush_trace(&mut self.ctx.events);
        if !session.output.is_empty() {
            let bytes = std::mem::replace(&mut session.output, std::mem::take(&mut self.spare_output));
            self.undelivered = self.undelivered.saturating_sub(bytes.len());
            if session.close_reason.is_some() {
                self.output_queue.push_first(session_key, session);
            }
            if let Some(jetstream) = self.jetstream.as_mut().filter(|_| !session.stalled_consumers.is_empty())
            {
                jetstream.resume_consumers(std::mem::take(&mut session.stalled_consumers));
            }
            return Some(Output::Bytes(id, bytes));
        }
        let reason = session.close_reason?;
        self.remove_session(session_key);
        Some(Output::Close(id, reason))
    }
}
