//! `go/doc`'s `ToText`: paragraphs are filled, indented blocks kept, bullets set off. The real command prints its help so.

/// A part of a text.
enum Block {
    Paragraph(String),
    Heading(String),
    Code(Vec<String>),
    List { items: Vec<String>, loose: bool },
}

/// The text in lines of at most `width` columns (negative: one line a paragraph), each with its line end.
pub fn to_text(text: &str, width: isize) -> String {
    let width = if width == 0 { 80 } else { width };
    let mut out = String::new();
    for (index, block) in blocks(text).iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        match block {
            Block::Paragraph(text) => fill(text, width, "", &mut out),
            Block::Heading(text) => {
                out.push_str("# ");
                fill(text, width - 2, "", &mut out);
            }
            Block::Code(lines) => {
                for line in lines {
                    out.push_str(format!("  {line}").trim_end());
                    out.push('\n');
                }
            }
            Block::List { items, loose } => {
                for (index, item) in items.iter().enumerate() {
                    if index > 0 && *loose {
                        out.push('\n');
                    }
                    out.push_str("  - ");
                    fill(item, width - 4, "    ", &mut out);
                }
            }
        }
    }
    out
}

fn blocks(text: &str) -> Vec<Block> {
    let lines = unindent(&text.lines().collect::<Vec<_>>());
    let indented = |line: &str| line.starts_with([' ', '\t']);
    let mut blocks = Vec::new();
    let mut rest = &lines[..];
    while let Some(first) = rest.first() {
        if first.is_empty() {
            rest = &rest[1..];
            continue;
        }
        let is_code = indented(first);
        let same = |line: &&&str| {
            if is_code { line.is_empty() || indented(line) } else { !line.is_empty() && !indented(line) }
        };
        let length = rest.iter().take_while(same).count();
        let (span, after) = rest.split_at(length);
        let is_amid = rest.len() < lines.len()
            && matches!(after, ["", next, ..] if !next.is_empty() && !indented(next));
        rest = after;
        blocks.push(match (is_code, bullet(first)) {
            (false, _) if is_amid && length == 1 && is_heading(first) => Block::Heading((*first).to_owned()),
            (true, Some(_)) => list(span),
            (true, None) => Block::Code(unindent(span).into_iter().map(str::to_owned).collect()),
            (false, _) => Block::Paragraph(span.join(" ")),
        });
    }
    blocks
}

/// Whether a line alone between paragraphs is a heading, by its letters and signs.
fn is_heading(line: &str) -> bool {
    const SIGNS: &str = ";:!?+*/=[]{}_^°&§~%#@<\">\\";
    let line = line.trim();
    let parts = |mark: char, goes_on: fn(&str) -> bool| line.split(mark).skip(1).all(goes_on);
    line.starts_with(char::is_uppercase)
        && line.ends_with(char::is_alphanumeric)
        && !line.contains(|c| SIGNS.contains(c))
        && parts('\'', |rest| rest == "s" || rest.starts_with("s "))
        && parts('.', |rest| !rest.is_empty() && !rest.starts_with(' '))
}

fn list(lines: &[&str]) -> Block {
    let mut items: Vec<String> = Vec::new();
    for line in lines {
        match (bullet(line), items.last_mut()) {
            (Some(text), _) => items.push(text.to_owned()),
            (None, Some(item)) => *item += &format!(" {}", line.trim()),
            (None, None) => {}
        }
    }
    let last = lines.iter().rposition(|line| !line.is_empty()).unwrap_or(0);
    Block::List { items, loose: lines[..last].iter().any(|line| line.is_empty()) }
}

/// What follows the bullet of a list's item.
fn bullet(line: &str) -> Option<&str> {
    let text = line.trim().strip_prefix(['-', '*', '+', '•'])?;
    (text.starts_with([' ', '\t']) && !text.trim().is_empty()).then(|| text.trim())
}

/// The lines without the indentation that all of them have, and without empty lines around them.
fn unindent<'a>(lines: &[&'a str]) -> Vec<&'a str> {
    let blank = |line: &&str| line.trim().is_empty();
    let common = |a: &'a str, b: &'a str| {
        let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
        &a[..same]
    };
    let space = |line: &'a str| &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
    let prefix =
        lines.iter().filter(|line| !blank(line)).map(|line| space(line)).reduce(common).unwrap_or("");
    let mut out: Vec<&str> = lines
        .iter()
        .map(|line| if blank(line) { "" } else { line.strip_prefix(prefix).unwrap_or(line) })
        .collect();
    while out.last().is_some_and(|line| line.is_empty()) {
        out.pop();
    }
    let start = out.iter().take_while(|line| line.is_empty()).count();
    out.split_off(start)
}

fn fill(text: &str, width: isize, indent: &str, out: &mut String) {
    let words: Vec<&str> = text.split_whitespace().collect();
    let breaks =
        if width < 0 || words.is_empty() { vec![0, words.len()] } else { break_lines(&words, width as i64) };
    for (index, ends) in breaks.windows(2).enumerate() {
        if index > 0 {
            out.push_str(indent);
        }
        out.push_str(&words[ends[0]..ends[1]].join(" "));
        out.push('\n');
    }
}

/// How bad a line is: first by how far it is too long, then by the square of what it leaves free.
type Score = (i64, i64);

/// The indexes of the first word of each line, and the count of words at the end.
///
/// Chooses the lines with the least sum of scores, by the algorithm of Hirschberg and Larmore ("The least weight
/// subsequence problem", 1985): where several choices are equally good, it decides which one is taken.
fn break_lines(words: &[&str], limit: i64) -> Vec<usize> {
    let count = words.len();
    let mut lengths = vec![0_i64];
    for word in words {
        lengths.push(lengths[lengths.len() - 1] + word.chars().count() as i64 + 1);
    }
    let line = |from: usize, to: usize| -> Score {
        let length = lengths[to] - 1 - lengths[from];
        if to == count && length <= limit {
            return (0, 0);
        }
        let penalty = if words[to - 1].ends_with(['.', ',', ':', ';']) { 0 } else { 64 };
        let free = (limit - length) * (limit - length);
        if length > limit { (free, penalty) } else { (0, free + penalty) }
    };
    let mut best: Vec<Score> = vec![(0, 0)];
    let mut before = vec![0];
    let total = |best: &[Score], from: usize, to: usize| {
        let line = line(from, to);
        (best[from].0 + line.0, best[from].1 + line.1)
    };
    // Whether `b` can never be the best start of a line, being beaten by `a` before `c` beats it.
    let bridged = |best: &[Score], a: usize, b: usize, c: usize| {
        let (mut low, mut high) = (c, count + 1);
        while low < high {
            let middle = low + (high - low) / 2;
            if total(best, a, middle) > total(best, b, middle) { high = middle } else { low = middle + 1 }
        }
        low > count || total(best, c, low) <= total(best, b, low)
    };
    let mut starts = std::collections::VecDeque::from([0]);
    for word in 1..count {
        best.push(total(&best, starts[0], word));
        before.push(starts[0]);
        while starts.len() > 1 && total(&best, starts[1], word + 1) <= total(&best, starts[0], word + 1) {
            starts.pop_front();
        }
        while starts.len() > 1 && bridged(&best, starts[starts.len() - 2], starts[starts.len() - 1], word) {
            starts.pop_back();
        }
        if total(&best, word, count) < total(&best, starts[starts.len() - 1], count) {
            starts.push_back(word);
            if starts.len() == 2 && total(&best, starts[1], word + 1) <= total(&best, starts[0], word + 1) {
                starts.pop_front();
            }
        }
    }
    before.push(starts[0]);
    let mut breaks = vec![count];
    while let Some(last) = breaks.last().copied().filter(|last| *last > 0) {
        breaks.push(before[last]);
    }
    breaks.reverse();
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_filled_and_code_is_kept() {
        let text = "One two, three four five six.\n\n  kept  as it is\n\nLast";
        assert_eq!(to_text(text, 14), "One two, three\nfour five six.\n\n  kept  as it is\n\nLast\n");
    }

    #[test]
    fn bullets_hang() {
        assert_eq!(to_text("a\n\n  * one two\n  * three", 8), "a\n\n  - one\n    two\n  - three\n");
    }
}
