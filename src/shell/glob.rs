//! The files that patterns match, and texts that are to be plain in patterns.

use super::pattern::{Pattern, Steps};
use crate::base::Files;
use crate::base::files::absolute;

/// Whether something in a text is special in patterns.
pub(super) fn is_pattern(text: &str, extglob: bool) -> bool {
    text.contains(['*', '?', '[']) || extglob && text.contains("(")
}

/// A pattern that matches this text only; a regular expression too.
pub(super) fn escape(text: &str) -> String {
    const SPECIAL: &str = "*?[]\\().|+^${}";
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        if SPECIAL.contains(char) {
            escaped.push('\\');
        }
        escaped.push(char);
    }
    escaped
}

/// The text that a pattern without special characters stands for.
fn unescape(pattern: &str) -> String {
    let mut chars = pattern.chars();
    let mut text = String::new();
    while let Some(char) = chars.next() {
        text.extend(if char == '\\' { chars.next() } else { Some(char) });
    }
    text
}

/// What looking into a folder and at a path takes, in steps.
const FOLDER_STEPS: usize = 2000;
const PATH_STEPS: usize = 50;

/// The files that a pattern matches, in order, as they are to be written in the folder.
pub(super) fn files(
    pattern: &str,
    extglob: bool,
    (folder, files): (&str, &Files),
    steps: &mut Steps,
) -> Vec<String> {
    let mut found = vec![if pattern.starts_with('/') { "/".to_owned() } else { String::new() }];
    let parts: Vec<&str> = pattern.split('/').filter(|part| !part.is_empty()).collect();
    for (index, part) in parts.iter().enumerate() {
        let is_last = index + 1 == parts.len();
        let mut next = Vec::new();
        for above in found {
            let inside = absolute(folder, if above.is_empty() { "." } else { &above });
            let names = match is_pattern(part, extglob) {
                _ if !steps.take(FOLDER_STEPS) => return Vec::new(),
                true => {
                    let shows_hidden = part.trim_start_matches('\\').starts_with('.');
                    let compiled = Pattern::new(part, extglob);
                    let mut fits = |name: &String| {
                        (!name.starts_with('.') || shows_hidden)
                            && compiled.matches(&name.chars().collect::<Vec<char>>(), steps)
                    };
                    files.names(&inside).into_iter().filter(|name| fits(name)).collect()
                }
                false => vec![unescape(part)],
            };
            for name in names {
                if !steps.take(above.len() + PATH_STEPS) {
                    return Vec::new();
                }
                let path = format!("{above}{name}");
                let info = files.info(&absolute(folder, &path));
                if info.is_some_and(|info| is_last || info.is_folder) {
                    next.push(if is_last { path } else { format!("{path}/") });
                }
            }
        }
        found = next;
    }
    found.retain(|path| !path.is_empty());
    found
}
