//! What a world may cost: one that somebody else made, and one's own.

use crate::base::meter::UNLIMITED;
use crate::base::{Cost, CostLimits};

/// What a world from a link or a file may cost, which somebody else made. It opens within two seconds and 256 MB, or not
/// at all. A walkthrough takes some hundreds of turns, a thousand keys take some thirteen thousand.
pub const OF_OTHERS: CostLimits = {
    let mut limits = OWN;
    limits[Cost::Acts as usize] = 20_000;
    limits[Cost::Turns as usize] = 150_000;
    limits[Cost::Commands as usize] = 200_000;
    limits[Cost::Bytes as usize] = 64 << 20;
    limits[Cost::Held as usize] = 16 << 20;
    limits[Cost::Stored as usize] = 32 << 20;
    limits[Cost::Connections as usize] = 300;
    limits[Cost::Jobs as usize] = 100;
    limits[Cost::Terminals as usize] = 1_000;
    limits[Cost::Time as usize] = 2_000;
    limits
};

/// What one's own world may cost at any time, so that no line that is typed fills the memory. What was done altogether is
/// without limit.
pub const OWN: CostLimits = {
    let mut limits = UNLIMITED;
    limits[Cost::Held as usize] = 64 << 20;
    limits[Cost::Stored as usize] = 256 << 20;
    limits[Cost::Connections as usize] = 2_000;
    limits[Cost::Jobs as usize] = 500;
    limits
};

/// Why a world is not opened: it costs more than it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooHeavy {
    /// What it has too much of.
    pub cost: Cost,
    /// How much of that there may be.
    pub limit: u64,
}
