//! Makes a journal of what is stored of a sandbox, as far as it is whole.

use super::head::{Head, body};
use super::storage::StoredSandbox;
use super::tail::Tail;
use crate::app::journal::{Act, Entry, Journal, Salvaged, Unreadable};

/// A sandbox that was read.
#[derive(Clone, Debug)]
pub(super) struct Assembled {
    pub(super) head: Head,
    /// Without the closing entry.
    pub(super) journal: Journal,
    pub(super) closing: Option<Entry>,
    /// It could be read up to here.
    pub(super) cut: Option<Cut>,
}

/// A sandbox is damaged, and could be opened up to there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Acts that could be read.
    pub entries: usize,
    /// Of so many, where that is known.
    pub of: Option<usize>,
}

/// Reads what is stored. An error says that nothing of it can be read.
pub(super) fn assemble(stored: &StoredSandbox) -> Result<Assembled, Unreadable> {
    let head = Head::read(&stored.head)?;
    if head.version == 1 { first_version(head, &stored.head) } else { second_version(head, &stored.parts) }
}

fn first_version(head: Head, text: &str) -> Result<Assembled, Unreadable> {
    let Salvaged { mut journal, damaged } = Journal::salvage(body(text))?;
    let closing = journal.entries.pop_if(|entry| matches!(entry.act, Act::Select { .. }));
    let is_cut = damaged.is_some() || closing.is_none();
    let cut = is_cut.then_some(Cut { entries: journal.entries.len(), of: None });
    Ok(Assembled { head, journal, closing, cut })
}

fn second_version(head: Head, parts: &[(u64, String)]) -> Result<Assembled, Unreadable> {
    let mut journal = Journal::salvage(&head.journal)?.journal;
    let mut is_whole = true;
    for number in head.parts.clone() {
        let part = parts.iter().find(|(stored, _)| *stored == number);
        is_whole = part.is_some_and(|(_, text)| append(&mut journal, text));
        if !is_whole {
            break;
        }
    }
    let entries = journal.entries.len();
    let last = journal.entries.last().map_or(0, |entry| entry.at);
    let closing = Entry::read(&head.closing, last).filter(|_| is_whole);
    let is_cut = !is_whole || entries != head.entries || closing.is_none();
    let cut = is_cut.then_some(Cut { entries, of: Some(head.entries) });
    Ok(Assembled { head, journal, closing, cut })
}

/// Adds the entries of a part. `false` if that was not all of it.
fn append(journal: &mut Journal, text: &str) -> bool {
    let Some((first, lines)) = text.split_once('\n') else { return false };
    let Some((from, count)) = first.split_once(' ') else { return false };
    if from.parse() != Ok(journal.entries.len()) {
        return false;
    }
    let mut last = journal.entries.last().map_or(0, |entry| entry.at);
    let mut read = 0_usize;
    for line in whole_lines(lines).lines() {
        let Some(entry) = Entry::read(line, last) else { return false };
        last = entry.at;
        journal.entries.push(entry);
        read += 1;
    }
    count.parse() == Ok(read) && lines.len() == whole_lines(lines).len()
}

/// A text up to the end of its last line: what follows was cut.
fn whole_lines(text: &str) -> &str {
    text.rfind('\n').map_or("", |end| &text[..=end])
}

/// The text of all that is stored, for a file: of a journal where it is one, with what goes on from there, and just as it
/// stands where it is none.
pub(super) fn text<'a>(stored: &StoredSandbox, tails: impl Iterator<Item = &'a Tail>) -> String {
    match assemble(stored) {
        Ok(Assembled { mut journal, mut closing, cut: None, .. }) => {
            for tail in tails {
                tail.merge(&mut journal, &mut closing);
            }
            journal.entries.extend(closing);
            journal.write()
        }
        Ok(Assembled { head, .. }) if head.version == 1 => body(&stored.head).to_owned(),
        _ => stored.parts.iter().fold(stored.head.clone(), |text, (_, part)| text + part),
    }
}

#[cfg(test)]
mod tests {
    use super::super::world_text::{World, WorldText};
    use super::*;

    fn journal(lines: &[&str]) -> Journal {
        let text =
            format!("nats-kv 1 5000\n{}", lines.iter().map(|line| format!("{line}\n")).collect::<String>());
        Journal::read(&text).expect("a journal")
    }

    fn stored() -> StoredSandbox {
        let journal = journal(&["7 $1 one", "5 $1 two", "1 $1 three"]);
        let closing = Entry { at: 20, mid_turn: None, act: Act::Select { terminal: 2 } };
        let text = WorldText::new(&World { journal: &journal, closing });
        let head = Head {
            version: 2,
            used: 1,
            writer: 2,
            revision: 3,
            entries: 3,
            parts: 4..6,
            name: "x".to_owned(),
            journal: text.head.clone(),
            closing: text.closing.clone(),
        };
        StoredSandbox { head: head.write(), parts: vec![(4, text.part(0, 1)), (5, text.part(1, 3))] }
    }

    #[test]
    fn parts_are_one_journal() {
        assert_eq!(text(&stored(), [].into_iter()), "nats-kv 1 5000\n7 $1 one\n5 $1 two\n1 $1 three\n7 >2\n");
        let read = assemble(&stored()).expect("a sandbox");
        assert_eq!((read.journal.entries.len(), read.cut), (3, None));
    }

    #[test]
    fn what_is_cut_opens_up_to_there() {
        let of = Some(3);
        let cut = |change: fn(&mut StoredSandbox)| {
            let mut stored = stored();
            change(&mut stored);
            assemble(&stored).map(|read| read.cut)
        };
        assert_eq!(cut(|it| _ = it.parts.remove(1)), Ok(Some(Cut { entries: 1, of })));
        assert_eq!(cut(|it| _ = it.parts.remove(0)), Ok(Some(Cut { entries: 0, of })));
        // In the middle of a line, of which the rest would be another command; at the end of one; and all but the end.
        assert_eq!(
            cut(|it| it.parts[1].1.truncate("1 2\n5 $1 two\n1 $1 thr".len())),
            Ok(Some(Cut { entries: 2, of }))
        );
        assert_eq!(
            cut(|it| it.parts[1].1.truncate("1 2\n5 $1 two\n".len())),
            Ok(Some(Cut { entries: 2, of }))
        );
        assert_eq!(cut(|it| _ = it.parts[1].1.pop()), Ok(Some(Cut { entries: 2, of })));
        assert_eq!(cut(|it| it.parts[0].1 = "nonsense".to_owned()), Ok(Some(Cut { entries: 0, of })));
        assert_eq!(cut(|it| it.head = it.head.replace("nats-kv 1", "nats-kv 9")), Err(Unreadable::Newer));
    }

    #[test]
    fn the_first_version_opens_up_to_where_it_is_cut() {
        let text = "sandbox 1 1 2 x\nnats-kv 1 5000\n7 $1 one\n5 $1 two\n9 >2\n";
        let read = |text: &str| {
            let stored = StoredSandbox { head: text.to_owned(), parts: Vec::new() };
            assemble(&stored).map(|read| (read.journal.entries.len(), read.cut.is_some()))
        };
        assert_eq!(read(text), Ok((2, false)));
        assert_eq!(read(&text[..text.len() - 1]), Ok((2, true)));
        assert_eq!(read(&text[..text.len() - 7]), Ok((1, true)));
        assert_eq!(read(&text[..20]), Err(Unreadable::Foreign));
    }
}
