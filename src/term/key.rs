//! What was pressed: a character or a named key, with modifiers, and the text form that tests, recordings
//! and the help page use: `a`, `^a` (Ctrl), `M-f` (Alt), `<Up>`, `^<Left>`, `S-<Tab>`.

use std::fmt;

/// One press of a key. Text that arrives as a whole (an input method, a paste) is not a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    pub code: Code,
    pub ctrl: bool,
    pub alt: bool,
    /// Only of named keys; a character already is the shifted one.
    pub shift: bool,
}

/// Which key it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    Char(char),
    Enter,
    Tab,
    Escape,
    Backspace,
    Delete,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
}

/// The names are those of the browser's `KeyboardEvent.key`, without "Arrow".
const NAMES: &[(&str, Code)] = &[
    ("Enter", Code::Enter),
    ("Tab", Code::Tab),
    ("Escape", Code::Escape),
    ("Backspace", Code::Backspace),
    ("Delete", Code::Delete),
    ("Left", Code::Left),
    ("Right", Code::Right),
    ("Up", Code::Up),
    ("Down", Code::Down),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PageUp", Code::PageUp),
    ("PageDown", Code::PageDown),
];

impl Key {
    /// The key without modifiers.
    pub fn plain(code: Code) -> Key {
        Key { code, ctrl: false, alt: false, shift: false }
    }

    /// A key from what a browser calls it: `KeyboardEvent.key`, `.code` and its modifiers; `None` for keys
    /// that no terminal knows (`Shift` alone, `F5`, a dead key).
    ///
    /// Where Ctrl and Alt come together they are AltGr, which is a part of typing. Where Alt makes a letter
    /// that is not ASCII (as on a Mac), the letter printed on the key counts.
    pub fn from_browser(name: &str, physical: &str, ctrl: bool, alt: bool, shift: bool) -> Option<Key> {
        let mut chars = name.chars();
        let (Some(first), None) = (chars.next(), chars.next()) else {
            let code = code_named(name.strip_prefix("Arrow").unwrap_or(name))?;
            return Some(Key { code, ctrl, alt, shift });
        };
        let char = match (ctrl, alt) {
            (true, true) | (false, false) => return Some(Key::plain(Code::Char(first))),
            (true, false) => first.to_ascii_lowercase(),
            (false, true) if first.is_ascii() => first,
            (false, true) => printed_on(physical)?,
        };
        Some(Key { code: Code::Char(char), ctrl, alt, shift: false })
    }

    /// The first key that `text` names and the rest of `text`. A backslash takes the next character as
    /// itself. `None` at the end of the text, or where a name or a modifier is left hanging.
    fn take(text: &str) -> Option<(Key, &str)> {
        let mut key = Key::plain(Code::Enter);
        let mut rest = text;
        loop {
            if let Some(after) = rest.strip_prefix('^').filter(|after| !after.is_empty()) {
                (key.ctrl, rest) = (true, after);
            } else if let Some(after) = rest.strip_prefix("M-").filter(|after| !after.is_empty()) {
                (key.alt, rest) = (true, after);
            } else if let Some(after) = rest.strip_prefix("S-<") {
                (key.shift, rest) = (true, &rest[rest.len() - after.len() - 1..]);
            } else {
                break;
            }
        }
        if let Some((name, after)) = rest.strip_prefix('<').and_then(|named| named.split_once('>'))
            && let Some(code) = code_named(name)
        {
            return Some((Key { code, ..key }, after));
        }
        let literal = rest.strip_prefix('\\').unwrap_or(rest);
        let char = literal.chars().next()?;
        Some((Key { code: Code::Char(char), ..key }, &literal[char.len_utf8()..]))
    }
}

/// All keys of a text such as `nats^a<Up>`, in order.
pub fn keys(text: &str) -> Vec<Key> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some((key, after)) = Key::take(rest) {
        all.push(key);
        rest = after;
    }
    all
}

/// The small letter or sign of a key that is named by its place.
fn printed_on(physical: &str) -> Option<char> {
    match physical {
        "Period" => Some('.'),
        "Comma" => Some('<'),
        letter => letter.strip_prefix("Key")?.chars().next().map(|char| char.to_ascii_lowercase()),
    }
}

fn code_named(name: &str) -> Option<Code> {
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, code)| *code)
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.ctrl { "^" } else { "" })?;
        f.write_str(if self.alt { "M-" } else { "" })?;
        f.write_str(if self.shift { "S-" } else { "" })?;
        match self.code {
            Code::Char(char @ ('^' | '<' | '\\' | 'M' | 'S')) => write!(f, "\\{char}"),
            Code::Char(char) => write!(f, "{char}"),
            named => {
                let (name, _) =
                    NAMES.iter().find(|(_, code)| *code == named).expect("every named key has a name");
                write!(f, "<{name}>")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let written: Vec<String> = keys(text).iter().map(Key::to_string).collect();
        assert_eq!(written, expected);
    }

    #[test]
    fn text_form_goes_both_ways() {
        check("ab", &["a", "b"]);
        check("^a^_M-f^M-x", &["^a", "^_", "M-f", "^M-x"]);
        check("<Up>^<Left>S-<Tab>M-<Backspace>", &["<Up>", "^<Left>", "S-<Tab>", "M-<Backspace>"]);
        check(r"\^\<Up>\M-x", &[r"\^", r"\<", "U", "p", ">", r"\M", "-", "x"]);
        check("M-.é漢", &["M-.", "é", "漢"]);
        check("a<b>M-", &["a", r"\<", "b", ">", r"\M", "-"]);
        check("^", &[r"\^"]);
    }

    #[test]
    fn the_browser_names_keys_its_own_way() {
        let of = |name, physical, modifiers: &str| {
            let [ctrl, alt, shift] = ['c', 'a', 's'].map(|modifier| modifiers.contains(modifier));
            Key::from_browser(name, physical, ctrl, alt, shift)
                .map_or("none".to_owned(), |key| key.to_string())
        };
        assert_eq!(of("ArrowUp", "ArrowUp", ""), "<Up>");
        assert_eq!(of("Tab", "Tab", "s"), "S-<Tab>");
        assert_eq!(of("R", "KeyR", "cs"), "^r");
        assert_eq!(of("A", "KeyA", "s"), "A");
        assert_eq!(of("b", "KeyB", "a"), "M-b");
        assert_eq!(of("∫", "KeyB", "a"), "M-b");
        assert_eq!(of("@", "KeyQ", "ca"), "@");
        assert_eq!(of("F5", "F5", ""), "none");
        assert_eq!(of("Dead", "KeyE", ""), "none");
    }
}
