//! Brace expansion: `a{b,c}` and `{1..3}` make several words of one, before anything else is expanded.

use std::rc::Rc;

use super::syntax::{Part, PartKind, Word};

/// The most words that one word may become, and how many characters these may have with all that leads to them.
const WORDS_MAX: usize = 100_000;
const ATOMS_MAX: usize = 2_000_000;

/// What stands in a word: a plain character, or a part that braces do not look into.
#[derive(Clone)]
enum Atom {
    Char(char),
    Part(Rc<Part>),
}

/// A word would become too many words, or too long ones.
#[derive(Debug)]
pub(super) struct TooMany;

/// The words that a word stands for.
pub(super) fn expand(word: &Word) -> Result<Vec<Word>, TooMany> {
    let has_brace =
        |part: &Part| matches!(&part.kind, PartKind::Text(text) if !part.quoted && text.contains('{'));
    if !word.parts.iter().any(has_brace) {
        return Ok(vec![word.clone()]);
    }
    let mut atoms = Vec::new();
    for part in &word.parts {
        match &part.kind {
            PartKind::Text(text) if !part.quoted => atoms.extend(text.chars().map(Atom::Char)),
            _ => atoms.push(Atom::Part(Rc::new(part.clone()))),
        }
    }
    let all = alternatives(&atoms, &mut Room(ATOMS_MAX))?;
    Ok(all.into_iter().map(word_of).collect())
}

/// How many atoms more may be made.
struct Room(usize);

impl Room {
    fn take(&mut self, atoms: usize) -> Result<(), TooMany> {
        self.0 = self.0.checked_sub(atoms).ok_or(TooMany)?;
        Ok(())
    }
}

fn word_of(atoms: Vec<Atom>) -> Word {
    let mut parts: Vec<Part> = Vec::new();
    for atom in atoms {
        match (atom, parts.last_mut()) {
            (Atom::Char(char), Some(Part { kind: PartKind::Text(text), quoted: false })) => text.push(char),
            (Atom::Char(char), _) => {
                parts.push(Part { kind: PartKind::Text(char.to_string()), quoted: false })
            }
            (Atom::Part(part), _) => parts.push(Rc::unwrap_or_clone(part)),
        }
    }
    Word { parts }
}

fn is(atom: &Atom, wanted: char) -> bool {
    matches!(atom, Atom::Char(char) if *char == wanted)
}

fn alternatives(atoms: &[Atom], room: &mut Room) -> Result<Vec<Vec<Atom>>, TooMany> {
    for begin in 0..atoms.len() {
        if !is(&atoms[begin], '{') {
            continue;
        }
        let Some((items, end)) = items(atoms, begin, room)? else { continue };
        let rest = alternatives(&atoms[end..], room)?;
        let mut all = Vec::new();
        for item in items {
            for middle in item {
                for tail in &rest {
                    if all.len() >= WORDS_MAX {
                        return Err(TooMany);
                    }
                    room.take(1 + begin + middle.len() + tail.len())?;
                    all.push([&atoms[..begin], &middle[..], &tail[..]].concat());
                }
            }
        }
        return Ok(all);
    }
    room.take(1 + atoms.len())?;
    Ok(vec![atoms.to_vec()])
}

/// The alternatives of each item in braces, and where the braces end.
type Items = (Vec<Vec<Vec<Atom>>>, usize);

/// What stands in the braces that open at `begin`; `None` if they are plain.
fn items(atoms: &[Atom], begin: usize, room: &mut Room) -> Result<Option<Items>, TooMany> {
    let (mut depth, mut commas, mut end) = (0, vec![begin], None);
    for (at, atom) in atoms.iter().enumerate().skip(begin) {
        if is(atom, '{') {
            depth += 1;
        } else if is(atom, '}') {
            depth -= 1;
            if depth == 0 {
                end = Some(at);
                break;
            }
        } else if is(atom, ',') && depth == 1 {
            commas.push(at);
        }
    }
    let Some(end) = end else { return Ok(None) };
    if commas.len() == 1 {
        let inner: Option<String> = atoms[begin + 1..end]
            .iter()
            .map(|atom| if let Atom::Char(char) = atom { Some(*char) } else { None })
            .collect();
        let Some(range) = inner.and_then(|inner| range(&inner)) else { return Ok(None) };
        let mut all = Vec::new();
        for text in range? {
            room.take(1 + text.len())?;
            all.push(vec![text.chars().map(Atom::Char).collect()]);
        }
        return Ok(Some((all, end + 1)));
    }
    commas.push(end);
    let items: Result<Vec<_>, TooMany> =
        commas.windows(2).map(|pair| alternatives(&atoms[pair[0] + 1..pair[1]], room)).collect();
    Ok(Some((items?, end + 1)))
}

/// The items of `1..3`, `01..10`, `a..e`, `1..9..2`; `None` if it is no range.
fn range(text: &str) -> Option<Result<impl Iterator<Item = String> + use<>, TooMany>> {
    let parts: Vec<&str> = text.split("..").collect();
    let (first, last, step) = match parts[..] {
        [first, last] => (first, last, 1),
        [first, last, step] => (first, last, step.parse::<i64>().ok()?.checked_abs()?.max(1)),
        _ => return None,
    };
    let letter = |text: &str| {
        let mut chars = text.chars();
        chars.next().filter(|char| char.is_ascii_alphabetic() && chars.next().is_none())
    };
    let (from, to, letters) = match (letter(first), letter(last)) {
        (Some(from), Some(to)) => (i64::from(u32::from(from)), i64::from(u32::from(to)), true),
        _ => (first.parse().ok()?, last.parse().ok()?, false),
    };
    let is_padded =
        |text: &str| text.trim_start_matches('-').len() > 1 && text.trim_start_matches('-').starts_with('0');
    let width = if is_padded(first) || is_padded(last) { first.len().max(last.len()) } else { 0 };
    let count = from.abs_diff(to) / step.unsigned_abs() + 1;
    if count > WORDS_MAX as u64 {
        return Some(Err(TooMany));
    }
    let item = move |index: i64| {
        let number = if from <= to { from + index * step } else { from - index * step };
        match letters {
            true => char::from(number as u8).to_string(),
            false if number < 0 => format!("-{:0>1$}", -number, width.saturating_sub(1)),
            false => format!("{number:0>width$}"),
        }
    };
    Some(Ok((0..count as i64).map(item)))
}
