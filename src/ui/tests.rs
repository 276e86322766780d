//! The page without a browser: messages go in, and what is shown and wanted of the browser comes out.

use super::current::begin_with_what_was_typed;
use super::keep;
use super::message::{Command, PageMsg, PastMsg, RenameMsg, SandboxMsg, Setting, ShareMsg};
use super::opening;
use super::past_model::{Deed, past_model};
use super::shown::{Dialog, Offer, Pane, Theme};
use super::state::State;
use super::update::update;
use super::visit::{EarlyInput, Room, Surroundings, Visit};
use super::words::Language;
use crate::app::model::CodeLanguage;
use crate::app::{MOST_TERMINALS, Msg, Options, TimeZone, catalog};
use crate::keep::{Keeper, Start, StorageAnswer};

const JOURNAL: &str = "nats-kv 1 1795395723000\n10 $2 echo one\n20 $2 echo two\n500 >2\n";

/// The page at its first visit, of which nothing is kept.
fn page(visit: Visit, pause: fn() -> bool) -> State {
    let options = Options {
        now: 1_795_395_723_000,
        seed: 1,
        zone: TimeZone::UTC,
        language: Language::default(),
        lesson: Some(catalog::FIRST.into()),
        pause,
    };
    let mut state = State::new(options, visit, Theme::Auto, Keeper::new(1, false));
    state.keeper.start(state.now, Start::Latest, Vec::new());
    keep::follow(&mut state);
    answer(&mut state, &StorageAnswer::Listed(Vec::new()));
    begin_with_what_was_typed(&mut state);
    state
}

fn first_visit() -> State {
    let mut state = page(Visit { address: "http://localhost/".to_owned(), ..Visit::default() }, || false);
    state.take_commands();
    state
}

/// Answers each command for the storage so.
fn answer(state: &mut State, answer: &StorageAnswer) {
    for command in state.take_commands() {
        match command {
            Command::Store(ticket, _) => _ = tell(state, PageMsg::Stored(ticket, answer.clone())),
            other => state.ask(other),
        }
    }
}

/// Lets something happen, as `Ui::dispatch` does, and gives what is wanted of the browser then.
fn tell(state: &mut State, msg: impl Into<PageMsg>) -> Vec<Command> {
    let before = state.take_commands();
    update(state, msg.into());
    if opening::slice(state).is_some() {
        opening::go_on(state, || 0);
    }
    if state.past.slice(&state.app, state.now, false).is_some() {
        state.past.go_on(&mut state.app, state.now);
    }
    keep::follow(state);
    let commands = state.take_commands();
    before.into_iter().for_each(|command| state.ask(command));
    commands
}

fn notice(state: &State) -> &str {
    state.notice.as_ref().map_or("", |notice| &notice.text)
}

#[test]
fn a_page_begins_with_a_sandbox_of_its_own_and_what_was_typed_before() {
    let mut state = page(Visit::default(), || false);
    assert_eq!(state.sandbox_name(), "Sandbox 1");
    assert_eq!(state.take_commands(), [Command::TakeEarlyInput]);
    let typed = EarlyInput {
        pane: Some(Pane::Terminals),
        entered: vec!["echo one".to_owned(), "echo two".to_owned()],
        before: "nats kv".to_owned(),
        after: " ls".to_owned(),
        ..EarlyInput::default()
    };
    tell(&mut state, PageMsg::Early(typed));
    let terminal = state.app.active();
    let field = state.app.field(terminal).expect("it has a line");
    assert_eq!((field.text, field.selection.clone()), ("nats kv ls", 7..7));
    assert_eq!(state.app.journal().entries.len(), 2);
    assert_eq!(state.pane, Pane::Terminals);
}

#[test]
fn the_address_names_a_step_and_a_part_alone() {
    let mut state = page(Visit { step: Some(3), ..Visit::default() }, || false);
    assert_eq!(state.app.open_step(), Some(3));
    let alone = EarlyInput { pane: Some(Pane::Inspector), alone: true, ..EarlyInput::default() };
    tell(&mut state, PageMsg::Early(alone));
    tell(&mut state, PageMsg::ShowPane(Pane::Lesson));
    assert_eq!(state.pane, Pane::Inspector);
    assert_eq!(page(Visit { step: Some(999), ..Visit::default() }, || false).app.open_step(), Some(0));
}

#[test]
fn a_name_that_was_given_leads_back_to_the_line_and_one_that_was_left_does_not() {
    let mut state = first_visit();
    let terminal = state.app.active();
    let name = || "me".to_owned();
    tell(&mut state, PageMsg::Rename(terminal, RenameMsg::Begin));
    assert_eq!(tell(&mut state, PageMsg::Rename(terminal, RenameMsg::Leave(name()))), []);
    assert_eq!(state.app.tab(terminal).map(|tab| tab.name), Some(name()));
    tell(&mut state, PageMsg::Rename(terminal, RenameMsg::Begin));
    let ended = tell(&mut state, PageMsg::Rename(terminal, RenameMsg::End(Some(name()))));
    assert_eq!(ended, [Command::FocusLine]);
    assert_eq!(
        tell(&mut state, PageMsg::Rename(terminal, RenameMsg::Leave(name()))),
        [],
        "the field is gone"
    );
}

#[test]
fn a_terminal_is_closed_at_once_unless_something_runs_there() {
    let mut state = first_visit();
    let server = state.app.tabs()[0].id;
    assert_eq!(tell(&mut state, PageMsg::CloseTerminal(server)), []);
    assert!(state.app.tab(server).is_some() && notice(&state).contains("Something runs in server"));
    assert_eq!(tell(&mut state, PageMsg::CloseTerminal(server)), [Command::FocusLine]);
    assert!(state.app.tab(server).is_none());
}

#[test]
fn a_closed_terminal_can_be_had_back_unless_there_are_too_many() {
    let mut state = first_visit();
    let you = state.app.active();
    let closed = (Command::FocusLine, "Terminal you is closed.");
    let close = |state: &mut State| {
        assert_eq!(tell(state, PageMsg::CloseTerminal(you)), std::slice::from_ref(&closed.0));
        assert_eq!((notice(state), state.app.tab(you)), (closed.1, None));
    };
    close(&mut state);
    assert_eq!(tell(&mut state, PageMsg::Accept(Offer::Reopen(you))), [Command::FocusLine]);
    assert_eq!((state.app.active(), state.notice.as_ref()), (you, None));
    close(&mut state);
    (0..MOST_TERMINALS).for_each(|_| _ = tell(&mut state, Msg::Open { name: None }));
    tell(&mut state, PageMsg::ReopenTerminal(you));
    assert_eq!((notice(&state), state.app.tab(you)), ("8 terminals are the most.", None));
}

#[test]
fn a_link_has_the_address_of_the_page() {
    let mut state = first_visit();
    assert_eq!(tell(&mut state, ShareMsg::Open), []);
    let link = state.sharing.link.clone();
    assert!(link.starts_with("http://localhost/#v"), "{link}");
    assert_eq!(tell(&mut state, ShareMsg::CopyLink), [Command::Copy(link)]);
    tell(&mut state, PageMsg::CloseDialog);
    assert_eq!(state.dialog, None);
}

#[test]
fn a_world_that_takes_its_time_is_waited_for_until_somebody_stops() {
    let mut state = page(Visit::default(), || true);
    let drop = || SandboxMsg::FileChosen { name: "mine.natskv".to_owned(), text: JOURNAL.to_owned() };
    tell(&mut state, drop());
    assert_eq!(state.dialog, Some(Dialog::Opening));
    tell(&mut state, PageMsg::CloseDialog);
    tell(&mut state, PageMsg::OpenDialog(Dialog::Help));
    assert_eq!(state.dialog, Some(Dialog::Opening), "it is still being opened");
    tell(&mut state, PageMsg::StopOpening);
    assert_eq!((state.dialog, notice(&state)), (None, "“mine” was not opened."));
    tell(&mut state, drop());
    while state.pending.is_some() {
        tell(&mut state, PageMsg::Wake);
    }
    assert_eq!((state.dialog, state.sandbox_name()), (None, "mine"));
}

#[test]
fn who_leaves_finds_lines_and_terminals_again() {
    let mut state = first_visit();
    let terminal = state.app.active();
    tell(&mut state, Msg::Typed { terminal, text: "nats kv".to_owned(), selection: 7..7 });
    let wanted = tell(&mut state, PageMsg::Leave);
    let lines = wanted.iter().find_map(|command| match command {
        Command::RememberInTab(name, lines) if name == "lines" => Some(lines.clone()),
        _ => None,
    });
    let terminals = Command::Remember("terminals", r#"[["server",0,false],["you",1,true]]"#.to_owned());
    assert!(wanted.contains(&terminals), "{wanted:?}");
    let lines = lines.expect("they are kept");
    let state = page(Visit { lines, ..Visit::default() }, || false);
    assert_eq!(state.app.field(terminal).expect("it has a line").text, "nats kv");
}

#[test]
fn output_counts_as_new_only_where_it_is_out_of_sight() {
    let unread = |room| {
        let mut state = first_visit();
        let server = state.app.tabs()[0].id;
        state.see(Surroundings { now: state.now, room });
        tell(&mut state, Msg::Interrupt { terminal: server });
        state.look_around();
        state.app.tab(server).map_or(0, |tab| tab.unread)
    };
    assert_eq!(unread(Room::All), 0, "both stand side by side");
    assert!(unread(Room::Two) > 0);
    assert!(unread(Room::One) > 0);
}

/// What the terminal in front shows.
fn shown(state: &State) -> String {
    state.screen(state.active()).map(|screen| screen.to_text()).unwrap_or_default()
}

/// A visit with these lines, of which somebody goes along the past.
fn visit_with(lines: &[&str], pause: fn() -> bool) -> State {
    let mut state = page(Visit { address: "http://localhost/".to_owned(), ..Visit::default() }, pause);
    state.take_commands();
    for line in lines {
        let terminal = state.app.active();
        tell(&mut state, Msg::Submit { terminal, line: (*line).to_owned() });
        tell(&mut state, PageMsg::Wake);
    }
    tell(&mut state, PastMsg::Open(true));
    state
}

#[test]
fn a_deed_is_undone_and_done_again_and_no_time_passes_meanwhile() {
    let mut state = visit_with(&["echo one", "echo two", "echo three"], || false);
    let (present, now) = (shown(&state), state.app.now());
    tell(&mut state, PastMsg::Back);
    assert!(shown(&state).ends_with("two\n") && !state.past.is_still(), "{}", shown(&state));
    let model = past_model(&state).expect("it is open");
    let deed = Deed::Line { terminal: "you".to_owned(), line: "echo two".to_owned() };
    assert_eq!((model.moment, model.deeds, model.deed), (2, 3, Some(deed)));
    tell(&mut state, PastMsg::GoTo(0));
    assert_eq!(shown(&state), "");
    state.now += 60_000;
    state.let_time_pass();
    tell(&mut state, PastMsg::Onward);
    assert!(shown(&state).ends_with("one\n"));
    tell(&mut state, PastMsg::GoTo(3));
    state.let_time_pass();
    assert_eq!((shown(&state), state.app.now()), (present, now));
    assert_eq!(state.deadline().filter(|due| *due <= state.now), None, "nothing is left to do");
}

#[test]
fn what_is_done_in_the_past_begins_a_branch_and_keeps_what_came_after() {
    let mut state = visit_with(&["echo one", "echo two", "echo three"], || false);
    tell(&mut state, PageMsg::Wake);
    let terminal = state.app.active();
    tell(&mut state, PastMsg::GoTo(1));
    // Typing is no deed.
    tell(&mut state, Msg::Typed { terminal, text: "echo other".to_owned(), selection: 10..10 });
    assert_eq!((state.past.moment(), state.sandbox_name()), (Some(1), "Sandbox 1"));
    let wanted = tell(&mut state, Msg::Submit { terminal, line: "echo other".to_owned() });
    assert_eq!((state.past.moment(), state.sandbox_name()), (None, "Sandbox 1, from 1"));
    assert!(notice(&state).contains("What came after is kept in “Sandbox 1”."), "{}", notice(&state));
    let writes: Vec<String> = wanted
        .iter()
        .filter_map(|command| match command {
            Command::Store(_, command) => Some(format!("{command:?}")),
            _ => None,
        })
        .collect();
    assert!(
        writes.iter().any(|write| write.contains("echo other") && !write.contains("echo two")),
        "{writes:?}"
    );
    assert!(shown(&state).ends_with("other\n") && !shown(&state).contains("two"));
    assert_eq!(state.keeper.sandboxes().len(), 2);
    let model = past_model(&state).expect("it is open still");
    assert_eq!((model.moment, model.deeds), (2, 2));
    // Another branch at the same moment has another name.
    tell(&mut state, PastMsg::GoTo(1));
    tell(&mut state, Msg::Submit { terminal, line: "echo third".to_owned() });
    assert_eq!(state.sandbox_name(), "Sandbox 1, from 1, from 1");
}

#[test]
fn a_link_of_a_moment_holds_the_world_of_then() {
    let mut state = visit_with(&["echo one", "echo two"], || false);
    tell(&mut state, PastMsg::Back);
    tell(&mut state, ShareMsg::Open);
    let journal = crate::app::link::unpack(&state.sharing.fragment).expect("a link").write();
    assert!(journal.contains("echo one") && !journal.contains("echo two"), "{journal}");
    assert_eq!(state.past.moment(), Some(1), "it is looked at still");
}

#[test]
fn who_turns_to_another_sandbox_or_leaves_the_page_has_lost_nothing() {
    let mut state = visit_with(&["echo one", "echo two"], || false);
    let all = state.app.journal().entries.len();
    tell(&mut state, PastMsg::GoTo(0));
    tell(&mut state, PageMsg::Wake);
    tell(&mut state, PageMsg::Leave);
    assert_eq!(state.past.present(&state.app).journal().entries.len(), all);
    tell(&mut state, SandboxMsg::New);
    assert_eq!((state.past.moment(), state.sandbox_name()), (None, "Sandbox 2"));
    assert_eq!(state.keeper.sandboxes().len(), 1);
    tell(&mut state, PastMsg::Back);
    assert_eq!(shown(&state), "", "nothing was done here");
}

#[test]
fn a_moment_whose_world_takes_its_time_is_seen_before_that() {
    // It pauses all the time.
    let mut state =
        visit_with(&["nats-server -js", "for i in 1 2 3; do echo $i; done", "echo last"], || true);
    while state.past.stills.made() < 3 {
        tell(&mut state, PageMsg::Wake);
    }
    tell(&mut state, PastMsg::Back);
    assert!(state.past.is_still());
    assert!(shown(&state).ends_with("done\n1\n2\n3\n"), "{}", shown(&state));
    let terminal = state.active();
    tell(&mut state, Msg::Submit { terminal, line: "echo too early".to_owned() });
    assert!(notice(&state).starts_with("The world of this moment is still being made"));
    while state.past.is_still() {
        tell(&mut state, PageMsg::Wake);
    }
    assert!(shown(&state).ends_with("done\n1\n2\n3\n"), "{}", shown(&state));
    tell(&mut state, PastMsg::Open(false));
    assert!(shown(&state).ends_with("last\n"));
}

#[test]
fn two_moments_are_compared_once_somebody_has_gone_from_one_to_the_other() {
    let mut state = visit_with(&["echo one", "echo two"], || false);
    tell(&mut state, PastMsg::Mark(true));
    tell(&mut state, Msg::Open { name: Some("eve".to_owned()) });
    while past_model(&state).is_some_and(|model| model.compared.is_none()) {
        tell(&mut state, PageMsg::Wake);
        state.now += 100;
    }
    let (moments, changes) = past_model(&state).and_then(|model| model.compared).expect("it is compared");
    assert_eq!((moments, changes.list.len()), ((2, 3), 1));
    tell(&mut state, PastMsg::Mark(false));
    assert_eq!(past_model(&state).and_then(|model| model.compared), None);
}

#[test]
fn the_programming_language_that_was_chosen_stays_so() {
    let mut state = first_visit();
    let kept = tell(&mut state, Setting::CodeLanguage(CodeLanguage::Python));
    assert!(kept.contains(&Command::Remember("code", "Python".to_owned())), "{kept:?}");
    assert_eq!(CodeLanguage::find("Python"), Some(state.code_language));
}
