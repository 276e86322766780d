//! Going along what was done: which moment is shown, and what comes of doing something else there.
//!
//! A moment is drawn from its still, at once. Its world is made meanwhile, once somebody stays there or wants something of it; then it
//! takes the place of the still, and can be used as any other: whoever does so before that waits for it. The present world stands aside with all
//! that runs in it. The first thing that is done in a world of the past begins a branch, which is a sandbox of its own: what came after is kept
//! in the other one.

use super::current::world;
use super::message::{Command, PageMsg, PastMsg, SandboxMsg};
use super::past::Moment;
use super::shown::Offer;
use super::state::State;
use crate::app::{InspectorMsg, LessonMsg, Msg};

pub(super) fn update(state: &mut State, msg: PastMsg) {
    let present = state.past.stills.deeds();
    let moment = state.past.moment().unwrap_or(present);
    match msg {
        PastMsg::Open(open) => {
            state.past.is_open = open;
            if !open {
                state.past.mark = None;
                state.come_back();
            }
        }
        PastMsg::Back => go_to(state, moment.saturating_sub(1)),
        PastMsg::Onward => go_to(state, moment + 1),
        PastMsg::GoTo(moment) => go_to(state, moment),
        PastMsg::ToPresent => state.come_back(),
        PastMsg::Mark(marked) => {
            state.past.mark = marked.then_some(moment);
        }
    }
}

/// Shows a moment.
fn go_to(state: &mut State, moment: usize) {
    if moment >= state.past.stills.deeds() {
        return state.come_back();
    }
    state.turn_to(Some(moment));
    (state.aside, state.renaming) = (None, None);
    state.past.look(&state.app);
}

/// What a message is about, while a moment of the past is shown.
enum About {
    /// The page, or the past itself.
    Page,
    /// The world of the moment.
    World,
    /// What is in sight of that world.
    Sight,
    /// Another world altogether.
    Another,
}

fn about(msg: &PageMsg) -> About {
    match msg {
        PageMsg::App(Msg::Width(_)) => About::Page,
        PageMsg::App(Msg::MarkRead(_) | Msg::Time(_))
        | PageMsg::App(Msg::Inspector(
            InspectorMsg::LookAtKeys { .. } | InspectorMsg::LookAtMessages { .. },
        )) => About::Sight,
        PageMsg::App(_)
        | PageMsg::ActInTerminals(_)
        | PageMsg::ProposeLine(_)
        | PageMsg::OpenStep(_)
        | PageMsg::TouchKey(_)
        | PageMsg::AtBlock(..)
        | PageMsg::ChooseRef(_)
        | PageMsg::CloseTerminal(_)
        | PageMsg::ReopenTerminal(_)
        | PageMsg::Accept(Offer::Close(_) | Offer::Reopen(_))
        | PageMsg::Rename(..)
        | PageMsg::Share(_) => About::World,
        PageMsg::Sandbox(
            SandboxMsg::New
            | SandboxMsg::Open(_)
            | SandboxMsg::Delete(_)
            | SandboxMsg::FileChosen { .. }
            | SandboxMsg::StartOver
            | SandboxMsg::BeginLesson(_)
            | SandboxMsg::SetUp(_),
        )
        | PageMsg::Editor(_)
        | PageMsg::StopOpening
        | PageMsg::Accept(Offer::Open(_) | Offer::TakeBack | Offer::Reload | Offer::SaveWorld) => {
            About::Another
        }
        _ => About::Page,
    }
}

/// Whether a message is about the world of the moment that is shown.
pub(super) fn is_about_world(msg: &PageMsg) -> bool {
    matches!(about(msg), About::World)
}

/// A message comes while a moment may be shown. `None` if it has nothing to say there.
pub(super) fn meet(state: &mut State, msg: PageMsg) -> Option<PageMsg> {
    if state.past.moment().is_none() {
        return Some(msg);
    }
    match about(&msg) {
        About::Page => {}
        About::Another => state.come_back(),
        About::Sight if state.past.is_still() => return None,
        About::Sight => {}
        About::World => {
            state.past.make_world(&mut state.app);
            if state.past.is_still() {
                state.say(state.words.past_not_yet().to_owned());
                return None;
            }
            // A lesson plays in time, which goes on in a branch only.
            if matches!(msg, PageMsg::App(Msg::Lesson(LessonMsg::TogglePlay))) {
                branch(state);
            }
        }
    }
    Some(msg)
}

/// A branch begins if something was done in the world of the moment.
pub(super) fn follow(state: &mut State) {
    let at = state.past.at.as_ref();
    if at.is_some_and(|at| at.present.is_some() && state.app.journal().entries.len() > at.acts) {
        branch(state);
    }
}

/// The world of the moment is the present one from now on, in a sandbox of its own. What was the present is kept in the other one.
fn branch(state: &mut State) {
    let Some(Moment { moment, present: Some(former), .. }) = state.past.at.take() else { return };
    state.app.resume(state.now);
    state.past.stills.branch(moment, state.app.journal());
    state.past.mark = None;
    // So that it has an id, by which it can be opened.
    state.keeper.keep(state.now, &world(&former));
    let before = state.keeper.current().map(|(id, name)| (id, name.to_owned()));
    state.keeper.close(state.now, &world(&former));
    let (id, name) = before.unwrap_or_default();
    let words = state.words;
    let branch = state.keeper.free_name(1, |number| match number {
        1 => words.past_branch(&name, moment),
        _ => words.copy_of(&words.past_branch(&name, moment), number),
    });
    state.keeper.begin_kept(state.now, &branch, &world(&state.app));
    state.ask(Command::ForgetFragment);
    let text = words.past_branched(&branch, &name);
    match id {
        Some(id) => state.say_with(text, [Offer::Open(id)]),
        None => {
            state.undo.before = Some(former.saved());
            state.say_with(text, [Offer::TakeBack]);
        }
    }
}
