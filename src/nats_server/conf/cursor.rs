//! A position in the text of a configuration file that moves forward byte by byte and counts lines.

pub(super) struct Cursor<'a> {
    text: &'a [u8],
    offset: usize,
    line: usize,
    /// The offset of the last line break.
    line_start: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Cursor<'a> {
        Cursor { text: text.as_bytes(), offset: 0, line: 1, line_start: 0 }
    }

    pub(super) fn offset(&self) -> usize {
        self.offset
    }

    pub(super) fn line(&self) -> usize {
        self.line
    }

    pub(super) fn column(&self) -> usize {
        self.offset - self.line_start
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        &self.text[self.offset..]
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.get(self.offset).copied()
    }

    pub(super) fn next(&mut self) -> Option<u8> {
        let c = self.peek()?;
        if c == b'\n' {
            self.line += 1;
            self.line_start = self.offset;
        }
        self.offset += 1;
        Some(c)
    }

    /// Passes the next byte if it is `wanted`.
    pub(super) fn next_if(&mut self, wanted: impl FnOnce(u8) -> bool) -> Option<u8> {
        self.peek().filter(|c| wanted(*c))?;
        self.next()
    }

    pub(super) fn next_while(&mut self, wanted: impl Fn(u8) -> bool) {
        while self.next_if(&wanted).is_some() {}
    }

    /// The text from an earlier offset up to here.
    pub(super) fn since(&self, start: usize) -> String {
        String::from_utf8_lossy(&self.text[start..self.offset]).into_owned()
    }

    /// Passes blanks and tabs.
    pub(super) fn skip_blanks(&mut self) {
        self.next_while(|c| matches!(c, b' ' | b'\t'));
    }

    /// Passes white space, line breaks and comments.
    pub(super) fn skip_space(&mut self) {
        self.skip(|c| c.is_ascii_whitespace());
    }

    /// Passes comments and whatever `is_space` accepts.
    pub(super) fn skip(&mut self, is_space: impl Fn(u8) -> bool) {
        while let Some(c) = self.peek() {
            if c == b'#' || self.rest().starts_with(b"//") {
                self.next_while(|c| !matches!(c, b'\n' | b'\r'));
            } else if is_space(c) {
                self.next();
            } else {
                return;
            }
        }
    }

    /// The next character as errors show it. A line break is passed, so that the error names the line after it.
    pub(super) fn unexpected(&mut self) -> String {
        match String::from_utf8_lossy(self.rest()).chars().next() {
            Some('\n') => {
                self.next();
                "\\n".to_owned()
            }
            Some(c) => c.to_string(),
            None => "\0".to_owned(),
        }
    }

    pub(super) fn error<T>(&self, reason: impl AsRef<str>) -> Result<T, String> {
        Err(format!("Parse error on line {}: '{}'", self.line, reason.as_ref()))
    }
}
