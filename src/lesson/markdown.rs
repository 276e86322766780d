//! The Markdown of lessons as a flat list of blocks, read by `pulldown-cmark`.
//!
//! Headings, paragraphs, flat lists and fences; in a line `code`, *emphasis*, **strong** and links to http(s).
//! There is no HTML: `<b>` is three characters of text, so nothing that a lesson says can become markup.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

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

impl Inline {
    /// The text without its marks.
    pub fn text(&self) -> &str {
        match self {
            Inline::Text(text) | Inline::Code(text) | Inline::Emphasis(text) | Inline::Strong(text) => text,
            Inline::Link { text, .. } => text,
        }
    }
}

/// The text of a line without its marks.
pub fn plain(line: &[Inline]) -> String {
    line.iter().map(Inline::text).collect()
}

/// A block of a Markdown text, with the line on which it begins, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MarkdownBlock {
    pub(super) line: usize,
    pub(super) kind: BlockKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum BlockKind {
    /// `level` is 1 for `#`, 2 for `##` and so on.
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
        /// Whether the closing backquotes are there.
        closed: bool,
    },
}

/// Reads a text. Every text has a meaning; nested lists and quotes are read as if they were flat.
pub(super) fn blocks(markdown: &str) -> Vec<MarkdownBlock> {
    let mut reader = Reader { markdown, ..Reader::default() };
    for (event, range) in Parser::new(markdown).into_offset_iter() {
        reader.event(event, range);
    }
    reader.blocks
}

/// Whether a text may be followed as a link: no `javascript:`, no `data:`, no blanks.
pub(super) fn is_web_address(url: &str) -> bool {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty()) && url.bytes().all(|b| b.is_ascii_graphic())
}

/// Collects blocks from the parser's events.
#[derive(Default)]
struct Reader<'a> {
    markdown: &'a str,
    blocks: Vec<MarkdownBlock>,
    /// On which line the open block begins.
    line: usize,
    /// The line of text that is being read: a heading's, a paragraph's or a list item's.
    inlines: Vec<Inline>,
    /// The open emphasis, links and images: how many inlines stood before, and the link's address.
    marks: Vec<(usize, String)>,
    /// Info and text of the open code block.
    code: Option<(String, String)>,
    /// The outermost open list, and how many lists are open.
    list: Option<List>,
    list_depth: usize,
    /// An offset into the text and its line.
    position: (usize, usize),
}

struct List {
    line: usize,
    ordered: bool,
    items: Vec<Vec<Inline>>,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range.start),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => match &mut self.code {
                Some((_, code)) => code.push_str(&text),
                // Names of characters such as `&amp;` are plain text.
                None if self.markdown[range.clone()].starts_with('&') => self.text(&self.markdown[range]),
                None => self.text(&text),
            },
            Event::Code(code) => self.inlines.push(Inline::Code(code.into_string())),
            Event::Html(html) | Event::InlineHtml(html) => self.text(&html.replace('\n', " ")),
            Event::SoftBreak | Event::HardBreak => self.text(" "),
            // A rule shows nothing. The parser makes the others only if its options say so.
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, offset: usize) {
        if matches!(
            tag,
            Tag::Heading { .. } | Tag::Paragraph | Tag::List(_) | Tag::CodeBlock(_) | Tag::HtmlBlock
        ) {
            self.line = self.line_of(offset);
        }
        match tag {
            Tag::List(first) => {
                self.end_item();
                self.list_depth += 1;
                let list = List { line: self.line, ordered: first.is_some(), items: Vec::new() };
                self.list.get_or_insert(list);
            }
            Tag::CodeBlock(kind) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.into_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((info, String::new()));
            }
            // The paragraphs of an item become one line.
            Tag::Paragraph if !self.inlines.is_empty() => self.text(" "),
            Tag::Link { dest_url, .. } => self.marks.push((self.inlines.len(), dest_url.into_string())),
            Tag::Emphasis | Tag::Strong | Tag::Image { .. } => {
                self.marks.push((self.inlines.len(), String::new()));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        let source = &self.markdown[range];
        match tag {
            TagEnd::Emphasis => self.end_mark(|text, _| Inline::Emphasis(text)),
            TagEnd::Strong => self.end_mark(|text, _| Inline::Strong(text)),
            TagEnd::Link => self.end_mark(|text, url| match is_web_address(&url) {
                true => Inline::Link { text, url },
                false => Inline::Text(source.to_owned()),
            }),
            TagEnd::Image => self.end_mark(|_, _| Inline::Text(source.to_owned())),
            TagEnd::Heading(level) => {
                let text = plain(&std::mem::take(&mut self.inlines));
                self.push(BlockKind::Heading { level: level as usize, text });
            }
            TagEnd::CodeBlock => self.end_code(source),
            TagEnd::Item => self.end_item(),
            TagEnd::List(_) => self.end_list(),
            TagEnd::Paragraph | TagEnd::HtmlBlock if self.list.is_none() => {
                let inlines = self.take_inlines();
                self.push(BlockKind::Paragraph(inlines));
            }
            _ => {}
        }
    }

    fn end_mark(&mut self, make: impl FnOnce(String, String) -> Inline) {
        if let Some((start, url)) = self.marks.pop() {
            let text = plain(&self.inlines.split_off(start));
            match make(text, url) {
                Inline::Text(text) => self.text(&text),
                marked => self.inlines.push(marked),
            }
        }
    }

    fn end_code(&mut self, source: &str) {
        let Some((info, code)) = self.code.take() else { return };
        let lines = code.lines().map(|line| line.trim_end().to_owned()).collect();
        let last = source.lines().skip(1).last().unwrap_or_default().trim();
        let closed = last.starts_with("```") || last.starts_with("~~~");
        self.push(BlockKind::Fence { info, lines, closed });
    }

    fn end_item(&mut self) {
        let item = self.take_inlines();
        if let Some(list) = self.list.as_mut().filter(|_| !item.is_empty()) {
            list.items.push(item);
        }
    }

    fn end_list(&mut self) {
        self.list_depth -= 1;
        if self.list_depth == 0
            && let Some(List { line, ordered, items }) = self.list.take()
        {
            self.blocks.push(MarkdownBlock { line, kind: BlockKind::List { ordered, items } });
        }
    }

    /// Adds plain text, to the text before it if that is in the same mark.
    fn text(&mut self, text: &str) {
        let mark = self.marks.last().map_or(0, |(start, _)| *start);
        match self.inlines[mark..].last_mut() {
            Some(Inline::Text(last)) => last.push_str(text),
            _ => self.inlines.push(Inline::Text(text.to_owned())),
        }
    }

    fn take_inlines(&mut self) -> Vec<Inline> {
        std::mem::take(&mut self.inlines)
    }

    fn push(&mut self, kind: BlockKind) {
        self.blocks.push(MarkdownBlock { line: self.line, kind });
    }

    /// The line of an offset that is not before the one asked for last.
    fn line_of(&mut self, offset: usize) -> usize {
        let (last, line) = self.position;
        let passed = self.markdown.as_bytes()[last..offset].iter().filter(|byte| **byte == b'\n').count();
        self.position = (offset, line + passed);
        line + passed + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inlines(text: &str) -> Vec<Inline> {
        match blocks(text).pop().map(|block| block.kind) {
            Some(BlockKind::Paragraph(inlines)) => inlines,
            _ => Vec::new(),
        }
    }

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
        let kinds: Vec<(usize, BlockKind)> = blocks(text).into_iter().map(|e| (e.line, e.kind)).collect();
        let words = |text: &str| vec![Inline::Text(text.to_owned())];
        let fence = |info: &str, lines: &[&str], closed| BlockKind::Fence {
            info: info.to_owned(),
            lines: lines.iter().map(|line| (*line).to_owned()).collect(),
            closed,
        };
        assert_eq!(
            kinds,
            [
                (1, BlockKind::Heading { level: 1, text: "A".to_owned() }),
                (2, BlockKind::Paragraph(words("one two"))),
                (5, BlockKind::List { ordered: false, items: vec![words("a b"), words("c")] }),
                (8, BlockKind::List { ordered: true, items: vec![words("d")] }),
                (9, fence("console setup", &["# no", ""], true)),
                (13, BlockKind::Paragraph(words("#no heading"))),
                (14, fence("x", &[], false)),
            ]
        );
    }
}
