//! Channels of bytes to the server, for programs outside of the terminals.
//!
//! There may be a thousand messages between two frames of the page. So what comes of them, and of [`App::time`], is
//! observed only with the next [`App::update`].

use super::App;
use super::external_clients::ChannelEvent;
use super::simulation::RunBudget;

impl App {
    /// Opens a channel to the server for a program outside; `None` if no server runs, or there are as many connections as
    /// there may be.
    pub fn open_channel(&mut self) -> Option<u32> {
        let channel = self.connect()?;
        self.run(RunBudget::SLICE);
        Some(self.external.public_number(channel))
    }

    /// Sends bytes on a channel. `false`, and nothing is sent, if it is not open or there would wait more than 8 MiB.
    pub fn send_on_channel(&mut self, channel: u32, bytes: &[u8]) -> bool {
        let sent = self.send(self.external.by_public_number(channel), bytes);
        self.run(RunBudget::SLICE);
        sent
    }

    pub fn close_channel(&mut self, channel: u32) {
        self.disconnect(self.external.by_public_number(channel));
        self.run(RunBudget::SLICE);
    }

    /// What came on all channels since the last call, in order.
    pub fn take_from_channels(&mut self) -> Vec<(u32, ChannelEvent)> {
        self.external.take_events(self.simulation.world())
    }

    /// Whether more came from outside than the journal keeps.
    pub fn is_more_than_kept(&self) -> bool {
        self.external.is_full()
    }
}
