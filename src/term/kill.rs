//! What was cut, to be put back by Ctrl-Y: cuts in a row are one, Alt-Y goes to older ones.

use std::collections::VecDeque;

/// Older cuts than this are forgotten, as in readline's default.
const CUTS_KEPT: usize = 10;

/// The ring of cuts, newest first.
#[derive(Clone, Debug, Default)]
pub struct Kills {
    cuts: VecDeque<String>,
}

/// Where a cut lay, seen from the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Before,
    After,
}

impl Kills {
    /// Keeps a cut; `joins` if the key before was a cut too, so that both come back as one text.
    pub fn push(&mut self, cut: String, side: Side, joins: bool) {
        if cut.is_empty() {
            return;
        }
        match self.cuts.front_mut().filter(|_| joins) {
            Some(newest) if side == Side::Before => newest.insert_str(0, &cut),
            Some(newest) => newest.push_str(&cut),
            None => {
                self.cuts.push_front(cut);
                self.cuts.truncate(CUTS_KEPT);
            }
        }
    }

    /// The newest cut.
    pub fn newest(&self) -> Option<&str> {
        self.cuts.front().map(String::as_str)
    }

    /// Moves on to the next older cut, which then is the newest; the ring is closed.
    pub fn rotate(&mut self) -> Option<&str> {
        if !self.cuts.is_empty() {
            self.cuts.rotate_left(1);
        }
        self.newest()
    }
}
