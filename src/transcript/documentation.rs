//! Documentation's own way to write commands: a `shell` fence with a command, and what it prints below it or in a plain fence behind.
//!
//! ````text
//! ```shell                ```shell                     ```shell
//! nats kv add b           $ nats kv put b k v          nats kv get b k --raw
//! nats kv ls b            v                            ```
//! ```                     ```                          ```
//!                                                      v
//!                                                      ```
//! ````

/// The terminal in which such commands are typed.
const TERMINAL: &str = "you";

/// Words after three backquotes that say that commands follow.
const SHELLS: [&str; 3] = ["shell", "sh", "bash"];

/// Programs that a line without a prompt is a command of.
const PROGRAMS: [&str; 2] = ["nats", "nats-server"];

/// Rewrites such fences as `console` fences, line by line: each line stays where it is. Others stay as they are.
pub fn from_documentation(markdown: &str) -> String {
    let lines: Vec<&str> = markdown.split('\n').collect();
    let mut out = Vec::with_capacity(lines.len());
    // The last fence had commands, and showed nothing of what they print.
    let mut wants_output = false;
    let mut at = 0;
    while at < lines.len() {
        let Some(info) = lines[at].strip_prefix("```") else {
            out.push(lines[at].to_owned());
            at += 1;
            continue;
        };
        let length = lines[at + 1..].iter().take_while(|line| !line.starts_with("```")).count();
        let inside = &lines[at + 1..at + 1 + length];
        let info = info.trim();
        if SHELLS.contains(&info) && inside.iter().any(|line| command(line, inside).is_some()) {
            out.push("```console".to_owned());
            out.extend(inside.iter().map(|line| console_line(line, inside)));
            wants_output =
                inside.iter().all(|line| command(line, inside).is_some() || line.trim().is_empty());
        } else if info.is_empty() && wants_output {
            out.push("```console".to_owned());
            out.extend(inside.iter().map(|line| (*line).to_owned()));
            wants_output = false;
        } else {
            out.extend(lines[at..at + 1 + length].iter().map(|line| (*line).to_owned()));
            wants_output = false;
        }
        at += 1 + length;
        out.extend(lines.get(at).map(|end| (*end).to_owned()));
        at += 1;
    }
    out.join("\n")
}

fn console_line(line: &str, fence: &[&str]) -> String {
    match command(line, fence) {
        Some(command) => format!("{TERMINAL}$ {command}"),
        None => line.to_owned(),
    }
}

/// The command of a line of a fence. Where one has a prompt, lines without one are output.
fn command<'a>(line: &'a str, fence: &[&str]) -> Option<&'a str> {
    if fence.iter().any(|line| line.starts_with("$ ")) {
        return line.strip_prefix("$ ");
    }
    let program = line.split_whitespace().next()?;
    PROGRAMS.contains(&program).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::from_documentation;

    #[track_caller]
    fn check(text: &str, want: &str) {
        assert_eq!(from_documentation(text), want);
        assert_eq!(text.lines().count(), want.lines().count());
    }

    #[test]
    fn commands_in_shell_fences_are_typed() {
        check("a\n```shell\nnats kv ls\n```\nb", "a\n```console\nyou$ nats kv ls\n```\nb");
        check("```sh\n$ x=1\n$ nats kv ls\nb\n```", "```console\nyou$ x=1\nyou$ nats kv ls\nb\n```");
    }

    #[test]
    fn what_they_print_may_stand_in_a_plain_fence_behind_them() {
        check(
            "```bash\nnats kv get b k\n```\nprints\n```\nv\n```\n```\nother\n```\n",
            "```console\nyou$ nats kv get b k\n```\nprints\n```console\nv\n```\n```\nother\n```\n",
        );
        // It stands there already.
        let mixed = "```shell\nnats kv put b k v\nv\n```\n```\nother\n```";
        check(mixed, &mixed.replacen("shell\n", "console\nyou$ ", 1));
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        for text in [
            "",
            "```",
            "```shell",
            "```shell\ngo run .\n```",
            "```\nnats kv ls\n```",
            "```console\nyou$ nats kv ls\n```\n```\nx\n```\n",
            "```go\nnats kv\n```",
        ] {
            check(text, text);
        }
    }
}
