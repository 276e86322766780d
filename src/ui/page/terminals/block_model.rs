//! A block, apart from the lines of its output.

use super::versions::ChunkVersion;
use crate::app::App;
use crate::app::model::ListWindow;
use crate::term::screen::{Block, NoteKind};
use std::ops::Range;

/// A block, apart from the lines of its output.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct BlockModel {
    /// Prompt and text; none where no command was typed, or it was cleared from view.
    pub(super) command: Option<(String, String)>,
    pub(super) ended: bool,
    /// Its exit status, where it failed.
    pub(super) failed: Option<i32>,
    /// Somebody ended it with Ctrl-C, so that it has not failed by itself.
    pub(super) interrupted: bool,
    pub(super) may_be_explained: bool,
    pub(super) has_refs: bool,
    pub(super) chunks: ListWindow<ChunkVersion>,
}

impl BlockModel {
    /// With its chunks of a range that is counted from the newest. `turns` as in [`ChunkVersion`].
    pub(super) fn of(block: &Block, in_sight: Range<usize>, turns: u64) -> BlockModel {
        let cleared = block.cleared();
        let total = block.chunks().len();
        let (first, end) = (total.saturating_sub(in_sight.end), total.saturating_sub(in_sight.start));
        let chunks = block.chunks().skip(first).take(end - first);
        let failed = block.ended.map(|(_, status)| status).filter(|status| *status != 0);
        BlockModel {
            command: block
                .command
                .as_ref()
                .filter(|_| cleared.is_none())
                .map(|command| (command.prompt.trim_end().to_owned(), command.text.clone())),
            ended: block.ended.is_some(),
            failed,
            interrupted: block.notes.iter().any(|note| note.kind == NoteKind::Interrupt),
            may_be_explained: failed.is_some() && App::may_diagnose(block),
            has_refs: App::has_output_refs(block),
            chunks: ListWindow {
                first,
                rows: chunks
                    .map(|chunk| ChunkVersion {
                        number: chunk.number,
                        version: chunk.version,
                        turns,
                        cleared: cleared.unwrap_or(0),
                    })
                    .collect(),
                total,
            },
        }
    }
}
