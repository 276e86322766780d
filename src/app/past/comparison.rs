//! Two moments of a world that are compared. Both are made again, one on the way to the other.

use super::difference::{Changes, difference};
use super::snapshot::Snapshot;
use super::stills::{Stills, WorldAt};
use crate::app::App;
use crate::app::replay::Replayed;

/// How many lines a comparison has.
const MOST_CHANGES: usize = 500;

/// Two moments of a world, while they are compared.
pub struct Comparison {
    /// From the earlier to the later one.
    pub moments: (usize, usize),
    world: Option<WorldAt>,
    earlier: Option<Snapshot>,
    /// The acts before the later one; `None` for the present.
    later: Option<usize>,
}

impl Comparison {
    /// Begins to compare two moments of this world, the earlier one first.
    pub fn begin(moments: (usize, usize), stills: &Stills, app: &App) -> Comparison {
        let later = stills.acts_before(moments.1);
        // The world is made up to the later one, and looked at on the way.
        let world = stills.world_between(moments.0, moments.1, app);
        Comparison { moments, world, earlier: None, later }
    }

    /// Goes on until the page wants a pause. What differs, once that is known; `present` is the world as it is now.
    pub fn advance(&mut self, present: &App) -> Option<Changes> {
        let Some(world) = &mut self.world else { return Some(Changes::default()) };
        if self.earlier.is_none() {
            if world.advance() != Replayed::Wholly {
                return None;
            }
            self.earlier = Some(world.replay.app().snapshot());
        }
        let earlier = self.earlier.as_ref()?;
        let Some(later) = self.later else {
            return Some(difference(earlier, &present.snapshot(), MOST_CHANGES));
        };
        if world.replay.advance_to(later) != Replayed::Wholly {
            return None;
        }
        Some(difference(earlier, &world.replay.app().snapshot(), MOST_CHANGES))
    }
}
