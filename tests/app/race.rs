//! What was done last in the terminals, as a scenario.

use super::{app, type_in, with_jetstream};
use playground::app::Msg;
use playground::explore::{Bounds, Scenario, Search};

#[test]
fn the_last_commands_of_the_terminals_are_a_race_and_what_came_before_is_its_set_up() {
    assert_eq!(app().race(), None, "nothing was done");
    let mut app = with_jetstream(&["nats kv get counter visits"]);
    app.update(Msg::Open { name: Some("other".to_owned()) });
    type_in(&mut app, "you", "nats kv add counter");
    type_in(&mut app, "you", "nats kv put counter visits 0");
    assert_eq!(app.race(), None, "one terminal is no race");
    type_in(&mut app, "other", "v=$(nats kv get counter visits --raw)");
    type_in(&mut app, "you", "nats kv del counter visits");
    type_in(&mut app, "you", "y");
    type_in(&mut app, "other", "nats kv put counter visits \\\n  $((v + 1))");
    type_in(&mut app, "you", "nats kv watch counter");
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
