//! What `trap` has said: a command for the end of the shell, for a failure and for signals.

use super::outcome::Stop;
use super::signal::Signal;
use super::state::Shell;
use crate::base::Stdio;
use crate::programs::Status;

impl Shell {
    /// Runs the command for a signal, if there is one, with `$?` as it is before and afterwards.
    pub(super) async fn run_trap(&self, signal: Signal, status: Status, io: &Stdio) -> Result<(), Stop> {
        // It does not interrupt itself.
        let Some(command) = self.state_mut().traps.remove(&signal) else { return Ok(()) };
        self.state_mut().status = status;
        let outcome = match self.parse(&command) {
            Ok(script) => Box::pin(self.script(&script, io)).await.map(|_| ()),
            Err(error) => {
                self.complain_of(&error, io);
                Ok(())
            }
        };
        let mut state = self.state_mut();
        state.status = status;
        state.traps.entry(signal).or_insert(command);
        outcome
    }

    /// A signal that the shell has sent itself: its command, or the end of a script.
    pub(super) async fn take_signal(&self, signal: Signal, io: &Stdio) -> Result<(), Stop> {
        let (is_trapped, before) = (self.state().traps.contains_key(&signal), self.state().status);
        match signal.status() {
            Some(_) if is_trapped => self.run_trap(signal, before, io).await,
            Some(status) if !self.is_interactive => Err(Stop::Exit(status)),
            _ => Ok(()),
        }
    }

    /// Whether the shell has something to do at Ctrl-C before it ends.
    pub(super) fn traps_interrupt(&self) -> bool {
        let state = self.state();
        state.traps.contains_key(&Signal::Interrupt)
            || !self.is_interactive && state.traps.contains_key(&Signal::Exit)
    }
}
