//! What was typed in a sandbox, as a text that can be read and typed again, also where the sandbox itself cannot be opened.

use crate::app::journal::{Act, Entry};

/// The lines that were entered in a journal, or in what is left of one. A comment names the terminal by its number where
/// that changes.
pub(super) fn commands(text: &str) -> String {
    let mut commands = String::new();
    let mut last = None;
    for line in text.lines() {
        if let Some(Entry { act: Act::Submit { terminal, line }, .. }) = Entry::read(line, 0) {
            if last.replace(terminal) != Some(terminal) {
                commands.push_str(&format!("# terminal {terminal}\n"));
            }
            commands.push_str(&line);
            commands.push('\n');
        }
    }
    commands
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_found_in_what_is_left() {
        let text = "sandbox 2 nonsense\nnats-kv 1 5\n0 2\n7 $1 nats-server -js\n5 $2 nats kv add b\n1 $2 echo 'a\\nb'\n\
                    3 ^1\n??\n9 $1 nats-ser";
        let want = "# terminal 1\nnats-server -js\n# terminal 2\nnats kv add b\necho 'a\nb'\n# terminal 1\nnats-ser\n";
        assert_eq!(commands(text), want);
    }
}
