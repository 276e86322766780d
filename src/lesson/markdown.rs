//! The part of Markdown that lessons are written in, as plain data.
//!
//! Headings, paragraphs, flat lists, fences; in a line `code`, *emphasis*, **strong** and links to http(s).
//! There is no HTML: `<b>` is three characters of text, so nothing that a lesson says can become markup.
//! Lessons may be anybody's, so nothing here recurses and nothing panics.

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    Text(String),
    Code(String),
    Emphasis(String),
    Strong(String),
    /// `url` begins with `https://` or `http://`.
    Link {
        text: String,
        url: String,
    },
}

/// A piece of a Markdown text, with the line on which it begins, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub line: usize,
    pub kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `level` is how many `#` stand before `text`.
    Heading {
        level: usize,
        text: String,
    },
    Paragraph(Vec<Inline>),
    List {
        ordered: bool,
        items: Vec<Vec<Inline>>,
    },
    /// `info` is what stands behind the opening backquotes.
    Fence {
        info: String,
        lines: Vec<String>,
        closed: bool,
    },
}

const FENCE: &str = "```";

/// Takes a text apart. Each text has a meaning; only a fence may be left open.
pub(super) fn elements(markdown: &str) -> Vec<Element> {
    let mut scanner = Scanner::default();
    for (index, line) in markdown.lines().enumerate() {
        scanner.line(index + 1, line.trim_end());
    }
    scanner.end(false);
    scanner.out
}

/// What is being collected.
#[derive(Default)]
enum Open {
    #[default]
    Nothing,
    Paragraph(String),
    List {
        ordered: bool,
        items: Vec<String>,
    },
    Fence {
        info: String,
        lines: Vec<String>,
    },
}

#[derive(Default)]
struct Scanner {
    open: Open,
    /// The line on which `open` began.
    began: usize,
    out: Vec<Element>,
}

impl Scanner {
    fn line(&mut self, number: usize, line: &str) {
        if let Open::Fence { lines, .. } = &mut self.open {
            match line.starts_with(FENCE) {
                true => self.end(true),
                false => lines.push(line.to_owned()),
            }
        } else if let Some(info) = line.strip_prefix(FENCE) {
            self.begin(number, Open::Fence { info: info.trim().to_owned(), lines: Vec::new() });
        } else if line.is_empty() {
            self.end(false);
        } else if let Some((level, text)) = heading(line) {
            self.end(false);
            self.out.push(Element { line: number, kind: Kind::Heading { level, text: text.to_owned() } });
        } else if let Some((ordered, text)) = item(line) {
            match &mut self.open {
                Open::List { ordered: same, items } if *same == ordered => items.push(text.to_owned()),
                _ => self.begin(number, Open::List { ordered, items: vec![text.to_owned()] }),
            }
        } else {
            self.prose(number, line.trim_start());
        }
    }

    /// A line that goes on with what is open.
    fn prose(&mut self, number: usize, line: &str) {
        let text = match &mut self.open {
            Open::Paragraph(text) => Some(text),
            Open::List { items, .. } => items.last_mut(),
            _ => None,
        };
        match text {
            Some(text) => {
                text.push(' ');
                text.push_str(line);
            }
            None => self.begin(number, Open::Paragraph(line.to_owned())),
        }
    }

    fn begin(&mut self, number: usize, open: Open) {
        self.end(false);
        self.began = number;
        self.open = open;
    }

    fn end(&mut self, closed: bool) {
        let kind = match std::mem::take(&mut self.open) {
            Open::Nothing => return,
            Open::Paragraph(text) => Kind::Paragraph(inlines(&text)),
            Open::List { ordered, items } => {
                Kind::List { ordered, items: items.iter().map(|item| inlines(item)).collect() }
            }
            Open::Fence { info, lines } => Kind::Fence { info, lines, closed },
        };
        self.out.push(Element { line: self.began, kind });
    }
}

fn heading(line: &str) -> Option<(usize, &str)> {
    let level = line.bytes().take_while(|b| *b == b'#').count();
    let text = line[level..].strip_prefix(' ')?;
    (level > 0).then(|| (level, text.trim()))
}

/// An item of a list: whether it is numbered, and its text.
fn item(line: &str) -> Option<(bool, &str)> {
    if let Some(text) = line.strip_prefix("- ") {
        return Some((false, text.trim_start()));
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let text = line[digits..].strip_prefix(". ")?;
    (digits > 0).then(|| (true, text.trim_start()))
}

/// Takes the text of a paragraph apart. A mark that nothing closes is text.
pub fn inlines(text: &str) -> Vec<Inline> {
    let mut out = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some((inline, after)) = marked(first, rest) {
            if !plain.is_empty() {
                out.push(Inline::Text(std::mem::take(&mut plain)));
            }
            out.push(inline);
            rest = after;
            continue;
        }
        // A backslash takes the meaning from the mark behind it.
        let mut chars = rest.chars();
        chars.next();
        match (first, chars.clone().next()) {
            ('\\', Some(mark)) if mark.is_ascii_punctuation() => {
                plain.push(mark);
                chars.next();
            }
            _ => plain.push(first),
        }
        rest = chars.as_str();
    }
    if !plain.is_empty() {
        out.push(Inline::Text(plain));
    }
    out
}

/// What begins with a mark here, and the rest behind it.
fn marked(first: char, text: &str) -> Option<(Inline, &str)> {
    match first {
        '`' => between(text, "`").map(|(inner, rest)| (Inline::Code(inner), rest)),
        '*' if text.starts_with("**") => {
            between(text, "**").map(|(inner, rest)| (Inline::Strong(inner), rest))
        }
        '*' => between(text, "*").map(|(inner, rest)| (Inline::Emphasis(inner), rest)),
        '[' => {
            let (label, rest) = split_near(&text[1..], "](")?;
            let (url, rest) = split_near(rest, ")")?;
            let fits = is_link(url) && !label.contains('[');
            fits.then(|| (Inline::Link { text: label.to_owned(), url: url.to_owned() }, rest))
        }
        _ => None,
    }
}

/// What stands between `mark` at the start of the text and the next one; it must not be empty or begin blank.
fn between<'a>(text: &'a str, mark: &str) -> Option<(String, &'a str)> {
    let (inner, rest) = split_near(text.strip_prefix(mark)?, mark)?;
    (!inner.is_empty() && !inner.starts_with(' ')).then(|| (inner.to_owned(), rest))
}

/// Splits at a mark that is not far away, so that a text full of marks that nothing closes is read in time that
/// grows as the text does.
fn split_near<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    const NEAR: usize = 1000;
    let near = (0..=NEAR.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let at = text[..near].find(mark)?;
    Some((&text[..at], &text[at + mark.len()..]))
}

/// Whether a text may be followed as a link: no `javascript:`, no `data:`, no blanks.
pub(super) fn is_link(url: &str) -> bool {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty()) && url.bytes().all(|b| b.is_ascii_graphic())
}

/// The text without its marks.
pub fn plain(inlines: &[Inline]) -> String {
    let texts = inlines.iter().map(|inline| match inline {
        Inline::Text(text) | Inline::Code(text) | Inline::Emphasis(text) | Inline::Strong(text) => text,
        Inline::Link { text, .. } => text,
    });
    texts.map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, want: &str) {
        let shown: Vec<String> = inlines(text)
            .iter()
            .map(|inline| match inline {
                Inline::Text(text) => format!("{text:?}"),
                Inline::Code(text) => format!("code {text:?}"),
                Inline::Emphasis(text) => format!("em {text:?}"),
                Inline::Strong(text) => format!("strong {text:?}"),
                Inline::Link { text, url } => format!("link {text:?} {url}"),
            })
            .collect();
        assert_eq!(shown.join(" "), want, "{text}");
    }

    #[test]
    fn a_line_is_taken_apart() {
        check("plain", r#""plain""#);
        check("a `b c` d", r#""a " code "b c" " d""#);
        check("**a** *b*", r#"strong "a" " " em "b""#);
        check("[here](https://x.org/a) end", r#"link "here" https://x.org/a " end""#);
        check("2 * 3 * 4 and a_b_c", r#""2 * 3 * 4 and a_b_c""#);
        check(r"\*no\* \`no\` \n", r#""*no* `no` \\n""#);
        check("`open and **open", r#""`open and **open""#);
    }

    #[test]
    fn a_text_full_of_marks_is_read_in_no_time() {
        for mark in ["[", "`a", "[*", "é[(", "****"] {
            let text = mark.repeat(100_000);
            assert!(plain(&inlines(&text)).len() <= text.len());
        }
    }

    #[test]
    fn nothing_becomes_markup_or_a_dangerous_link() {
        check("<b onclick=x>hi</b> &amp;", r#""<b onclick=x>hi</b> &amp;""#);
        check("[x](javascript:alert)", r#""[x](javascript:alert)""#);
        check("[x](https://)", r#""[x](https://)""#);
        check("[x](https://a b)", r#""[x](https://a b)""#);
    }

    #[test]
    fn a_text_is_taken_apart_with_line_numbers() {
        let text = "# A\none\ntwo\n\n- a\n  b\n- c\n1. d\n```console setup\n# no\n\n```\n#no heading\n```x";
        let kinds: Vec<(usize, Kind)> = elements(text).into_iter().map(|e| (e.line, e.kind)).collect();
        let words = |text: &str| vec![Inline::Text(text.to_owned())];
        let fence = |info: &str, lines: &[&str], closed| Kind::Fence {
            info: info.to_owned(),
            lines: lines.iter().map(|line| (*line).to_owned()).collect(),
            closed,
        };
        assert_eq!(
            kinds,
            [
                (1, Kind::Heading { level: 1, text: "A".to_owned() }),
                (2, Kind::Paragraph(words("one two"))),
                (5, Kind::List { ordered: false, items: vec![words("a b"), words("c")] }),
                (8, Kind::List { ordered: true, items: vec![words("d")] }),
                (9, fence("console setup", &["# no", ""], true)),
                (13, Kind::Paragraph(words("#no heading"))),
                (14, fence("x", &[], false)),
            ]
        );
    }
}
