//! Reads a line that is still being typed: the command and the word at the cursor.

/// The command before the cursor, for completion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Partial {
    /// The words before the one at the cursor.
    pub words: Vec<String>,
    /// The word at the cursor without its quotes; empty behind a blank.
    pub current: String,
    /// Where that word begins, in bytes.
    pub start: usize,
    /// Whether the cursor is in a comment, where nothing is completed.
    pub in_comment: bool,
}

/// Words after which a command begins.
const OPENERS: &[&str] = &["if", "then", "elif", "else", "while", "until", "do", "!", "{", "time"];

/// Reads the text before the cursor, which may be incomplete or wrong.
pub fn read(text: &str) -> Partial {
    let mut reader = Reader::default();
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        match (reader.quote, char) {
            (_, '\n') if reader.comment => reader.end_command(),
            _ if reader.comment => {}
            (Some('\''), '\'') | (Some('"'), '"') => reader.quote = None,
            (Some('\''), other) => reader.push(at, other),
            (_, '\\') => {
                if let Some((_, escaped)) =
                    chars.next_if(|(_, next)| reader.quote.is_none() || "$`\"\\\n".contains(*next))
                {
                    if escaped != '\n' {
                        reader.push(at, escaped);
                    }
                } else {
                    reader.push(at, char);
                }
            }
            (_, '$') if next == Some('(') => {
                chars.next();
                reader.open(at);
            }
            (Some(_), other) => reader.push(at, other),
            (None, '\'' | '"') => {
                reader.begin(at);
                reader.quote = Some(char);
            }
            (None, '#') if reader.start.is_none() => reader.comment = true,
            (None, ' ' | '\t') => reader.end_word(),
            (None, '(') => reader.open(at),
            (None, ')') => reader.close(),
            (None, '\n' | ';' | '|' | '&') => reader.end_command(),
            (None, '<' | '>') => reader.end_word(),
            (None, other) => reader.push(at, other),
        }
    }
    let start = reader.start.unwrap_or(text.len());
    Partial { words: reader.words, current: reader.current, start, in_comment: reader.comment }
}

#[derive(Default)]
struct Reader {
    words: Vec<String>,
    current: String,
    /// Where the current word began.
    start: Option<usize>,
    quote: Option<char>,
    comment: bool,
    /// The commands around an open `$(`.
    outer: Vec<Reader>,
}

impl Reader {
    fn begin(&mut self, at: usize) {
        self.start.get_or_insert(at);
    }

    fn push(&mut self, at: usize, char: char) {
        self.begin(at);
        self.current.push(char);
    }

    fn end_word(&mut self) {
        if self.start.take().is_none() {
            return;
        }
        let word = std::mem::take(&mut self.current);
        let is_assignment = word.split_once('=').is_some_and(|(name, _)| {
            !name.is_empty() && name.chars().all(|char| char.is_ascii_alphanumeric() || char == '_')
        });
        if !self.words.is_empty() || !(is_assignment || OPENERS.contains(&word.as_str())) {
            self.words.push(word);
        }
    }

    fn end_command(&mut self) {
        self.end_word();
        self.words.clear();
        self.comment = false;
    }

    fn open(&mut self, at: usize) {
        self.begin(at);
        let mut outer = std::mem::take(&mut self.outer);
        outer.push(std::mem::take(self));
        self.outer = outer;
    }

    fn close(&mut self) {
        let Some(last) = self.outer.pop() else { return };
        let outer = std::mem::take(&mut self.outer);
        *self = last;
        self.outer = outer;
        self.current.push('…');
    }
}

/// A word with the quotes that the shell needs to take it literally.
pub fn quoted(word: &str) -> String {
    let is_plain = |char: char| char.is_alphanumeric() || "-_./:=@%+,^".contains(char);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let partial = read(text);
        let comment = if partial.in_comment { " (comment)" } else { "" };
        let told = format!("{}|{} @{}{comment}", partial.words.join(" "), partial.current, partial.start);
        assert_eq!(told, expected);
    }

    #[test]
    fn the_command_that_the_cursor_is_in() {
        check("", "| @0");
        check("na", "|na @0");
        check("nats kv ", "nats kv| @8");
        check("nats kv get 'my b", "nats kv get|my b @12");
        check("echo a; nats kv", "nats|kv @13");
        check("echo a | nats", "|nats @9");
        check("a && b=1 nats k", "nats|k @14");
        check("for x in a; do nats k", "nats|k @20");
        check("while ! nats k", "nats|k @13");
        check("x=$(nats kv g", "nats kv|g @12");
        check("echo $(nats kv ls) b", "echo …|b @19");
        check("echo \"$(nats k", "nats|k @13");
        check("nats kv # get", "nats kv| @13 (comment)");
        check("nats # a\nnats k", "nats|k @14");
        check("nats kv get b a\\ b", "nats kv get b|a b @14");
    }

    #[test]
    fn words_are_quoted_as_needed() {
        assert_eq!(
            ["a-b.c", "a b", "it's", "", ">"].map(quoted),
            ["a-b.c", "'a b'", r"'it'\''s'", "''", "'>'"]
        );
    }
}
