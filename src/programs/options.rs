//! Reads options as GNU programs do: letters that may stand together, long names, values behind either.

use super::program::{Complaint, Status};

/// The options and the other arguments of a program.
pub(super) struct Options {
    given: Vec<(char, String)>,
    /// The arguments that are no options.
    pub rest: Vec<String>,
}

impl Options {
    /// `letters` has the options, each with a colon behind it if it takes a value. If it begins with `+`, the first
    /// argument that is none ends them. `long` has the letters of long names. `status` is that of an unknown option.
    pub(super) fn read(
        args: &[String],
        letters: &str,
        long: &[(&str, char)],
        status: Status,
    ) -> Result<Options, Complaint> {
        let mut options = Options { given: Vec::new(), rest: Vec::new() };
        let takes_value = |letter: char| letters.contains(&format!("{letter}:"));
        let is_known = |letter: char| letter != ':' && letter != '+' && letters.contains(letter);
        let mut args = args.iter().cloned();
        while let Some(arg) = args.next() {
            let needs =
                |name: &str| Complaint::new(format!("option requires an argument -- '{name}'"), status);
            if arg == "--" {
                options.rest.extend(args);
                break;
            }
            if let Some(name) = arg.strip_prefix("--") {
                let (name, value) =
                    name.split_once('=').map_or((name, None), |(name, value)| (name, Some(value)));
                let exact = long.iter().find(|(long, _)| *long == name);
                let found = exact.or_else(|| long.iter().find(|(long, _)| long.starts_with(name)));
                let Some((_, letter)) = found else {
                    return Err(Complaint::new(format!("the option --{name} is not simulated"), status));
                };
                let value = match (takes_value(*letter), value) {
                    (true, None) => args.next().ok_or_else(|| needs(name))?,
                    (_, value) => value.unwrap_or_default().to_owned(),
                };
                options.given.push((*letter, value));
            } else if arg.len() > 1 && arg.starts_with('-') {
                let mut chars = arg[1..].chars();
                while let Some(letter) = chars.next() {
                    if !is_known(letter) {
                        return Err(Complaint::new(format!("the option -{letter} is not simulated"), status));
                    }
                    let mut value = String::new();
                    if takes_value(letter) {
                        value = chars.as_str().to_owned();
                        chars = "".chars();
                        if value.is_empty() {
                            value = args.next().ok_or_else(|| needs(&letter.to_string()))?;
                        }
                    }
                    options.given.push((letter, value));
                }
            } else {
                options.rest.push(arg);
                if letters.starts_with('+') {
                    options.rest.extend(args);
                    break;
                }
            }
        }
        Ok(options)
    }

    pub(super) fn has(&self, letter: char) -> bool {
        self.given.iter().any(|(given, _)| *given == letter)
    }

    /// The last value of an option.
    pub(super) fn value(&self, letter: char) -> Option<&str> {
        self.values(letter).last()
    }

    /// All values of an option.
    pub(super) fn values(&self, letter: char) -> impl Iterator<Item = &str> {
        self.given.iter().filter(move |(given, _)| *given == letter).map(|(_, value)| value.as_str())
    }

    /// The last given of several options that exclude each other.
    pub(super) fn last_of(&self, letters: &str) -> Option<char> {
        self.given.iter().map(|(given, _)| *given).rfind(|given| letters.contains(*given))
    }
}
