//! The widths of coloured texts, and line breaking, as in the real command's table library (go-pretty).

use super::char_width::char_width;

/// The characters of a line, and whether each is visible. Escape sequences of colour are not.
pub(super) fn visible(line: &str) -> impl Iterator<Item = (char, bool)> {
    let mut escaped = false;
    line.chars().map(move |c| {
        let starts = c == '\x1b';
        let hidden = escaped || starts;
        escaped = starts || (escaped && c != 'm');
        (c, !hidden)
    })
}

/// The width of a text in columns, without its escape sequences.
pub(super) fn width(text: &str) -> usize {
    visible(text).map(|(c, seen)| if seen { char_width(c) } else { 0 }).sum()
}

/// The text in lines of at most `limit` columns. Words that are longer than a line are broken.
pub(super) fn wrap(text: &str, limit: usize) -> String {
    if limit == 0 {
        return String::new();
    }
    let text = text.replace('\t', "    ");
    if width(&text) <= limit {
        return text;
    }
    text.split('\n').map(|line| wrap_line(line, limit)).collect::<Vec<_>>().join("\n")
}

fn wrap_line(line: &str, limit: usize) -> String {
    let mut out = String::new();
    let mut taken = 0;
    let words: Vec<&str> = line.split_whitespace().collect();
    for (index, word) in words.iter().enumerate() {
        if taken > 0 {
            out.push(' ');
            taken += 1;
        }
        if taken + width(word) <= limit {
            out.push_str(word);
            taken += width(word);
        } else {
            for c in word.chars() {
                if taken >= limit {
                    out.push('\n');
                    taken = 0;
                }
                out.push(c);
                taken += char_width(c);
            }
        }
        if taken == limit && index + 1 < words.len() {
            out.push('\n');
            taken = 0;
        }
    }
    out
}
