//! What is due when: sessions, streams and consumers that asked to be called at a time.

use std::collections::BTreeSet;

use crate::base::Time;
use crate::server::keys::{ConsumerKey, SessionKey, StreamKey};

/// Whose timer it is; each has one at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Timer {
    Session(SessionKey),
    Stream(StreamKey),
    Consumer(ConsumerKey),
}

#[derive(Debug, Default)]
pub(crate) struct Timers(BTreeSet<(Time, Timer)>);

impl Timers {
    /// Moves a timer forward to `when`; its owner keeps in `due` when it fires.
    ///
    /// It is never moved back: an owner who is called too early sets it again, which costs less than to move it each
    /// time that something is postponed.
    pub(crate) fn schedule(&mut self, timer: Timer, due: &mut Option<Time>, when: Option<Time>) {
        let Some(when) = when else { return };
        match *due {
            Some(before) if before <= when => return,
            Some(before) => {
                self.0.remove(&(before, timer));
            }
            None => {}
        }
        self.0.insert((when, timer));
        *due = Some(when);
    }

    /// Removes the timer of an owner that is gone.
    pub(crate) fn cancel(&mut self, timer: Timer, due: Option<Time>) {
        if let Some(due) = due {
            self.0.remove(&(due, timer));
        }
    }

    /// When the next timer fires.
    pub(crate) fn next(&self) -> Option<Time> {
        self.0.first().map(|(time, _)| *time)
    }

    /// Takes the next timer that has fired.
    pub(crate) fn pop_due(&mut self, now: Time) -> Option<Timer> {
        let (time, _) = self.0.first()?;
        if *time > now {
            return None;
        }
        self.0.pop_first().map(|(_, timer)| timer)
    }
}
