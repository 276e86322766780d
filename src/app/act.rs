//! What a person can do to the world, and how a journal writes it.

/// Something that a person did to the world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Entered a line: a command, or the answer to a question.
    Submit {
        terminal: u32,
        line: String,
    },
    /// Ctrl-C.
    Interrupt {
        terminal: u32,
    },
    /// Ctrl-Z.
    Stop {
        terminal: u32,
    },
    /// Opened a terminal; it gets the next number.
    Open {
        name: String,
    },
    Close {
        terminal: u32,
    },
    /// Opened a closed terminal again, as it was.
    Reopen {
        terminal: u32,
    },
    Rename {
        terminal: u32,
        name: String,
    },
    /// Moved its tab to this place.
    Move {
        terminal: u32,
        place: u32,
    },
    /// Moved the clock on, by milliseconds.
    Skip {
        millis: u64,
    },
    /// Turned to a step of the lesson.
    Step {
        lesson: String,
        step: u32,
    },
    /// Stopped the clock, or let it go on.
    Hold {
        held: bool,
    },
    /// From now on so many columns of each terminal are in sight; before it is 80.
    Width {
        columns: u32,
    },
    /// A client from outside connected; it gets the next number of those.
    Connect,
    /// It sent this.
    Sent {
        client: u32,
        bytes: Vec<u8>,
    },
    Disconnect {
        client: u32,
    },
    /// Put a file into the home folder of the world. Its name has no slash.
    File {
        name: String,
        bytes: Vec<u8>,
    },
    /// Turned to a terminal. Stands only at the end, where it also tells the time.
    Select {
        terminal: u32,
    },
}

impl Act {
    /// The act as the rest of a line.
    pub(super) fn write(&self) -> String {
        match self {
            Act::Submit { terminal, line } => format!("${terminal} {}", escape(line)),
            Act::Interrupt { terminal } => format!("^{terminal}"),
            Act::Stop { terminal } => format!("%{terminal}"),
            Act::Open { name } => format!("+{}", escape(name)),
            Act::Close { terminal } => format!("-{terminal}"),
            Act::Reopen { terminal } => format!("*{terminal}"),
            Act::Rename { terminal, name } => format!("={terminal} {}", escape(name)),
            Act::Move { terminal, place } => format!("~{terminal} {place}"),
            Act::Skip { millis } => format!("@{millis}"),
            Act::Step { lesson, step } => format!("#{step} {}", escape(lesson)),
            Act::Hold { held } => format!("!{}", u8::from(*held)),
            Act::Width { columns } => format!("|{columns}"),
            Act::Connect => "(".to_owned(),
            Act::Sent { client, bytes } => {
                let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
                format!("<{client} {}", escape(&text))
            }
            Act::Disconnect { client } => format!("){client}"),
            Act::File { name, bytes } => {
                let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
                format!("&{}/{}", escape(name), escape(&text))
            }
            Act::Select { terminal } => format!(">{terminal}"),
        }
    }

    pub(super) fn read(text: &str) -> Option<Act> {
        let mut chars = text.chars();
        let kind = chars.next()?;
        let rest = chars.as_str();
        let (digits, words) = rest.split_once(' ').unwrap_or((rest, ""));
        let number = || digits.parse().ok();
        let words = || unescape(words);
        Some(match kind {
            '$' => Act::Submit { terminal: number()?, line: words()? },
            '^' => Act::Interrupt { terminal: number()? },
            '%' => Act::Stop { terminal: number()? },
            '+' => Act::Open { name: unescape(rest)? },
            '-' => Act::Close { terminal: number()? },
            '*' => Act::Reopen { terminal: number()? },
            '=' => Act::Rename { terminal: number()?, name: words()? },
            '~' => Act::Move { terminal: number()?, place: words()?.parse().ok()? },
            '@' => Act::Skip { millis: digits.parse().ok()? },
            '#' => Act::Step { lesson: words()?, step: number()? },
            '!' => Act::Hold { held: number()? == 1 },
            '|' => Act::Width { columns: number()? },
            '(' => Act::Connect,
            '<' => {
                let bytes: Option<Vec<u8>> = words()?.chars().map(|c| u8::try_from(c).ok()).collect();
                Act::Sent { client: number()?, bytes: bytes? }
            }
            ')' => Act::Disconnect { client: number()? },
            '&' => {
                let (name, text) = rest.split_once('/')?;
                let bytes: Option<Vec<u8>> = unescape(text)?.chars().map(|c| u8::try_from(c).ok()).collect();
                Act::File { name: unescape(name)?, bytes: bytes? }
            }
            '>' => Act::Select { terminal: number()? },
            _ => return None,
        })
    }
}

/// Makes one line of a text, which may have several where a quote is open. (Bytes are written as the characters of the
/// same numbers: most are text, and the rest is short again once it is deflated.)
pub(super) fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r")
}

pub(super) fn unescape(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        plain.push(match c {
            '\\' => match chars.next()? {
                'n' => '\n',
                'r' => '\r',
                '\\' => '\\',
                _ => return None,
            },
            other => other,
        });
    }
    Some(plain)
}
