//! What a query of `jq` may still do. It cannot be interrupted and counts nothing itself, so everything that it evaluates or
//! makes is paid for here, and what comes after the last of it is an error.

use std::cell::Cell;

/// What one query may do to one input: a unit is a step of it, or some bytes that it makes.
pub(super) const UNITS: u64 = 2_000_000;

thread_local! {
    /// The operations of values have no other way to it. Nothing else runs between the beginning and the end of a query.
    static LEFT: Cell<u64> = const { Cell::new(0) };
}

/// Lets a query do so much from now on.
pub(super) fn grant(units: u64) {
    LEFT.set(units);
}

/// Pays for something. `false` if it is more than was left, and then nothing is left.
pub(super) fn spend(units: u64) -> bool {
    let left = LEFT.get();
    LEFT.set(left.saturating_sub(units));
    units < left
}

/// Lets the query do nothing more.
pub(super) fn exhaust() {
    LEFT.set(0);
}

pub(super) fn is_exhausted() -> bool {
    LEFT.get() == 0
}

/// How much a query has left of what was granted.
pub(super) fn left() -> u64 {
    LEFT.get()
}
