//! What was done last in the terminals, as a scenario.

use super::*;
use playground::explore::{Bounds, Scenario, Search};

fn run(app: &mut App, terminal: &str, line: &str) {
    let id = app.tabs().into_iter().find(|tab| tab.name == terminal).expect("it is open").id;
    app.update(Msg::Submit { terminal: id, line: line.to_owned() });
}

#[test]
fn the_last_commands_of_the_terminals_are_a_race_and_what_came_before_is_its_set_up() {
    let mut app = app();
    assert_eq!(app.race(), None, "nothing was done");
    app.update(Msg::Open { name: Some("other".to_owned()) });
    let server = app.tabs()[0].name.clone();
    run(&mut app, &server, "nats-server -js");
    run(&mut app, "you", "nats kv get counter visits");
    run(&mut app, "you", "nats kv add counter");
    run(&mut app, "you", "nats kv put counter visits 0");
    assert_eq!(app.race(), None, "one terminal is no race");
    run(&mut app, "other", "v=$(nats kv get counter visits --raw)");
    run(&mut app, "you", "nats kv del counter visits");
    run(&mut app, "you", "y");
    run(&mut app, "other", "nats kv put counter visits \\\n  $((v + 1))");
    run(&mut app, "you", "nats kv watch counter");
    let race = app.race().expect("two terminals have run something");
    assert_eq!(
        race,
        "```race\nsetup$ nats kv add counter\nyou$ nats kv put counter visits 0\n\
         other$ v=$(nats kv get counter visits --raw)\nyou$ nats kv del counter visits --force\n\
         other$ nats kv put counter visits \\\nother>   $((v + 1))\n```\n\n\
         ```rules\nno update lost counter visits\nevery client ends\n```\n"
    );
    let mut search = Search::new(Scenario::parse(&race).expect("a scenario"), Bounds::default());
    let verdict = search.finish().expect("the set-up succeeds");
    assert!(verdict.breaks(), "{}", verdict.text(search.scenario(), Bounds::default()));
}
