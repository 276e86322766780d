//! The set-up of a scenario, and what its lines say of what may be left out of a search.

use std::time::Duration;

use super::client::Client;
use super::scenario::{Scenario, ScenarioError};
use crate::base::choices::InOrder;
use crate::sim::World;

/// How long the set-up may take, on the simulated clock.
const SETUP_MAX: Duration = Duration::from_secs(3600);

/// Runs the set-up, in the order in which it comes.
pub(super) fn set_up(world: &World, scenario: &Scenario) -> Result<(), ScenarioError> {
    let until = world.clock().now() + SETUP_MAX;
    for line in &scenario.setup {
        let mut client = Client::new(world, "setup", 0, std::slice::from_ref(line));
        loop {
            while client.go_on(world) || world.step(&mut InOrder) {}
            if client.has_ended() {
                break;
            }
            match world.deadline().filter(|due| *due <= until) {
                Some(due) => world.tick(due),
                None => return Err(ScenarioError::new(line.number, "the set-up does not end")),
            }
        }
        if let Some(status) = client.status.filter(|status| *status != 0) {
            let output = client.take_output();
            let said = output.trim().lines().last().unwrap_or_default().to_owned();
            return Err(ScenarioError::new(
                line.number,
                format!("the set-up fails with status {status}: {said}"),
            ));
        }
        client.die();
        world.settle(&mut InOrder);
    }
    Ok(())
}

/// Whether a client's line has a word by which the shell or its programs tell the time.
pub(super) fn reads_clock(scenario: &Scenario) -> bool {
    const TELL: &[&str] = &["date", "SECONDS", "EPOCH", "strftime", "now", "%(", "time", "created"];
    let mut lines = scenario.clients.iter().flat_map(|client| &client.lines);
    lines.any(|line| TELL.iter().any(|word| line.text.contains(word)))
}

/// Whether no client's line has a command that makes, changes or removes streams.
pub(super) fn has_fixed_streams(scenario: &Scenario) -> bool {
    const CHANGES: &[&str] = &[
        "add", "new", "edit", "rm", "stream", "str", "s", "restore", "restart", "compact", "eval", "source",
    ];
    let mut lines = scenario.clients.iter().flat_map(|client| &client.lines);
    !lines.any(|line| {
        let words: Vec<&str> = line.text.split(|char: char| " \t\n;|&()`\"'".contains(char)).collect();
        // `del` with a bucket and no key removes the bucket.
        let removes = |at: usize| {
            let follow =
                words[at + 1..].iter().take(2).filter(|word| !word.is_empty() && !word.starts_with('-'));
            words[at] == "del" && follow.count() < 2
        };
        (0..words.len()).any(|at| CHANGES.contains(&words[at]) || removes(at))
    })
}

/// Whether a `nats` with these arguments uses only the configuration of what it looks up.
pub(super) fn uses_only_configuration(args: &[String]) -> bool {
    let mut words = args.iter().map(String::as_str).skip_while(|word| *word != "kv");
    words.next();
    words.any(|word| {
        matches!(word, "get" | "put" | "create" | "update" | "del" | "purge" | "watch" | "history")
    })
}
