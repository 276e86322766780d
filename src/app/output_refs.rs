//! Buckets, keys, values, revisions and files that the output of commands refers to, and the commands that can be made of
//! them.

use super::{App, TerminalId, command, visible};
use crate::base::{FileLink, Link};
use crate::cli::reference::Reference;
use crate::term::row::Row;
use crate::term::screen::Block;

/// A bucket, an entry or a file that a part of the output refers to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutputRef {
    pub bucket: String,
    /// Empty for the bucket itself.
    pub key: String,
    pub revision: Option<u64>,
    pub value: Option<String>,
    /// A file or a folder, in place of all the others.
    pub file: Option<FileLink>,
}

/// What can be done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefAction {
    Get,
    GetRevision(u64),
    History,
    /// From this revision on.
    Update(u64),
    Info,
    List,
    Watch,
    Show,
    ListFolder,
}

/// How many references of a block are offered, and how many of its last lines are searched for them.
const OFFERED: usize = 12;
const SEARCHED: usize = 300;

impl App {
    /// Whether [`App::output_refs`] finds any in a block.
    pub fn has_output_refs(block: &Block) -> bool {
        block.has_links() && last_rows(block).any(|row| refs(row).next().is_some())
    }

    /// What the last lines of a block refer to, each once.
    pub fn output_refs(&self, terminal: TerminalId, block: u64) -> Vec<OutputRef> {
        let mut found: Vec<OutputRef> = Vec::new();
        let Some(block) = self.screen(terminal).and_then(|screen| screen.block(block)) else { return found };
        for reference in last_rows(block).flat_map(refs) {
            if found.len() < OFFERED && !found.iter().any(|known| known.covers(&reference)) {
                found.push(reference);
            }
        }
        found.reverse();
        found
    }

    /// What a byte of a line refers to, or the byte before it, if that is where a word ends. `line` is the line's place in
    /// the block, where lines that are not kept any more count as well.
    pub fn output_ref_at(
        &self,
        terminal: TerminalId,
        block: u64,
        line: usize,
        byte: usize,
    ) -> Option<OutputRef> {
        let block = self.screen(terminal)?.block(block)?;
        let row = block.rows_from(line).next().filter(|_| line >= block.first_line())?;
        let before = row.text().get(..byte)?.char_indices().next_back().map(|(at, _)| at);
        let links = [Some(byte), before].into_iter().flatten().filter_map(|at| row.link_at(at));
        links.filter_map(|link| OutputRef::of(&link)).next()
    }

    /// What can be done with a reference, as commands.
    pub fn ref_actions(&self, reference: &OutputRef) -> Vec<(RefAction, String)> {
        let OutputRef { bucket, key, file, .. } = reference;
        if let Some(FileLink { path, is_folder }) = file {
            return vec![match is_folder {
                true => (RefAction::ListFolder, command(&["ls", "-l", path])),
                false => (RefAction::Show, command(&["cat", path])),
            }];
        }
        let of_bucket = |verb| command(&["nats", "kv", verb, bucket]);
        if key.is_empty() {
            let actions = [(RefAction::Info, "info"), (RefAction::List, "ls"), (RefAction::Watch, "watch")];
            return actions.map(|(action, verb)| (action, of_bucket(verb))).into();
        }
        let live = self.observation.activity.view().and_then(|view| view.bucket(bucket)?.key(key));
        let mut actions = vec![(RefAction::Get, command(&["nats", "kv", "get", bucket, key]))];
        if let Some(revision) = reference.revision {
            let number = revision.to_string();
            let get = command(&["nats", "kv", "get", bucket, key, "--revision", &number]);
            actions.push((RefAction::GetRevision(revision), get));
        }
        actions.push((RefAction::History, command(&["nats", "kv", "history", bucket, key])));
        if let Some(revision) = reference.revision.or_else(|| Some(live?.last().sequence)) {
            let live_value = || String::from_utf8(live?.last().value.clone()).ok();
            let value = reference.value.clone().or_else(live_value).filter(|value| !value.is_empty());
            let value = value.unwrap_or_else(|| "Value".to_owned());
            let update = command(&["nats", "kv", "update", bucket, key, &value, &revision.to_string()]);
            actions.push((RefAction::Update(revision), update));
        }
        actions
    }
}

impl OutputRef {
    fn of(link: &Link) -> Option<OutputRef> {
        if let Some(file) = link.target::<FileLink>() {
            let file = FileLink { path: shown(&file.path), ..file.clone() };
            return Some(OutputRef { file: Some(file), ..OutputRef::default() });
        }
        match link.target::<Reference>()? {
            Reference::Bucket(bucket) => Some(OutputRef { bucket: shown(bucket), ..OutputRef::default() }),
            Reference::Entry { bucket, key, revision, value } => Some(OutputRef {
                bucket: shown(bucket),
                key: shown(key),
                revision: *revision,
                value: value.clone(),
                file: None,
            }),
            Reference::Failure(_) => None,
        }
    }

    /// Whether it says all that another one says.
    fn covers(&self, other: &OutputRef) -> bool {
        (&self.bucket, &self.key, &self.file) == (&other.bucket, &other.key, &other.file)
            && (other.revision.is_none() || self.revision == other.revision)
    }
}

/// A name as it is shown. No command can be made of one that would deceive: the tools refuse it.
fn shown(name: &str) -> String {
    visible(name).into_owned()
}

/// The last lines of a block, from the last one on.
fn last_rows(block: &Block) -> impl Iterator<Item = &Row> {
    block.chunks().rev().flat_map(|chunk| chunk.rows().iter().rev()).take(SEARCHED)
}

/// What a line refers to.
fn refs(row: &Row) -> impl Iterator<Item = OutputRef> {
    row.links().filter_map(|(_, link)| OutputRef::of(&link))
}
