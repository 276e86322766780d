//! How far a screen had come: enough to have it again as it was, from what it has become.

use std::rc::Rc;

use super::Screen;
use super::block::Block;
use crate::base::Time;
use crate::term::row::Row;

/// How far a screen had come. Only the last block of a screen changes, and what stands above is only forgotten.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    next_block: u64,
    cleared_below: u64,
    version: u64,
    last: Option<LastBlock>,
}

/// The last block, as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
struct LastBlock {
    id: u64,
    version: u64,
    ended: Option<(Time, i32)>,
    notes: usize,
    cleared: Option<usize>,
    /// All that there ever were.
    lines: usize,
    /// The last line, if it was still being written.
    open_row: Option<Row>,
}

impl Screen {
    /// How far it has come.
    pub fn mark(&self) -> Mark {
        let last = self.blocks.back().map(|block| LastBlock {
            id: block.id,
            version: block.version,
            ended: block.ended,
            notes: block.notes.len(),
            cleared: block.cleared(),
            lines: block.first_line() + block.line_count(),
            open_row: block.open_row().cloned(),
        });
        Mark { next_block: self.next_block, cleared_below: self.cleared_below, version: self.version, last }
    }

    /// A copy, to be looked at only, as it was when it had come so far. What was forgotten since is missing.
    pub fn at(&self, mark: &Mark) -> Screen {
        let kept = self.blocks.partition_point(|block| block.id < mark.next_block);
        let mut blocks = self.blocks.clone();
        blocks.truncate(kept);
        if let (Some(block), Some(last)) = (blocks.back_mut(), &mark.last)
            && block.id == last.id
            && block.version != last.version
        {
            last.restore(Rc::make_mut(block));
        }
        Screen {
            blocks,
            next_block: mark.next_block,
            cleared_below: mark.cleared_below,
            version: mark.version,
            ..Screen::default()
        }
    }
}

impl LastBlock {
    fn restore(&self, block: &mut Block) {
        (block.version, block.ended) = (self.version, self.ended);
        block.notes.truncate(self.notes);
        block.clear_up_to(self.cleared);
        block.cut(self.lines, self.open_row.as_ref());
    }
}
