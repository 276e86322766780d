//! The past of a world: what it was like right before each deed, what each deed has changed, and how two moments differ.
//!
//! What runs in a world cannot be copied, so that a world of long ago can only be made again by its journal ([`crate::app::replay`]).
//! That takes a second where ten thousand acts came before; nobody who moves along them waits for it. So the journal is played once
//! in slices, and of each moment a *still* is kept: what there is to see, as plain values ([`Stills`]). Neighbours share what is alike
//! in them, and the terminals of all stills are cut from the same screens, so that a still takes a few kilobytes. They are looked at;
//! whoever stays and does something has the world itself made ([`Stills::world_at`]).

mod comparison;
mod deed;
mod difference;
mod picture;
mod snapshot;
mod still;
mod stills;

pub use comparison::Comparison;
pub use difference::{Change, Changes, Item, State, difference};
pub use snapshot::Snapshot;
pub use still::{Still, TerminalStill};
pub use stills::{Seen, Stills, WorldAt};
