//! Which state of a terminal's output there is to draw: what is drawn is read anew where its version is another one.

/// A block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BlockVersion {
    /// Blocks of another world are others.
    pub(super) world: u64,
    pub(super) id: u64,
    pub(super) version: u64,
    /// How often another moment of the world was turned to: each has versions of its own.
    pub(super) turns: u64,
}

/// A chunk of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ChunkVersion {
    pub(super) number: usize,
    pub(super) version: u64,
    pub(super) turns: u64,
    /// How many lines of the block are cleared from view.
    pub(super) cleared: usize,
}
