//! The sandboxes that are kept: what can be done with each.

use super::current::{begin_lesson_beside, begin_new, leave};
use super::lesson_editor;
use super::message::{Command, SandboxMsg};
use super::opening;
use super::share::WORLD;
use super::shown::{Dialog, Offer};
use super::state::State;
use crate::app::{LessonMsg, Msg};
use crate::keep::{tidy, without_head};

/// What files of lessons end with.
const LESSON: &str = ".md";

pub(super) fn update(state: &mut State, msg: SandboxMsg) {
    change(state, msg);
    state.list_sandboxes();
}

fn change(state: &mut State, msg: SandboxMsg) {
    let now = state.now;
    match msg {
        SandboxMsg::Show => {
            leave(state);
            state.keeper.look();
            state.notice = None;
            state.dialog = Some(Dialog::Sandboxes);
        }
        SandboxMsg::New => {
            begin_new(state);
            state.dialog = None;
        }
        SandboxMsg::Open(id) => {
            leave(state);
            state.keeper.open(now, id);
            state.dialog = None;
        }
        SandboxMsg::Duplicate(id) => state.keeper.duplicate(now, id),
        SandboxMsg::Save(id, form) => state.keeper.file(id, form),
        SandboxMsg::Delete(id) => state.keeper.delete(now, id),
        SandboxMsg::Undelete => state.keeper.undelete(now),
        SandboxMsg::Rename(id, name) => state.keeper.rename(now, id, &name),
        SandboxMsg::Import => state.ask(Command::ChooseFile),
        SandboxMsg::FileChosen { name, text } => import(state, &name, &text),
        SandboxMsg::StartOver => start_over(state, Msg::StartOver, state.words.started_over().to_owned()),
        SandboxMsg::BeginLesson(lesson) => begin_lesson_beside(state, lesson.into()),
        SandboxMsg::SetUp(step) => {
            let text = state.words.step_set_up(step + 1);
            start_over(state, Msg::Lesson(LessonMsg::SetUpStep(step)), text);
        }
    }
}

/// Begins the world again by this message, and says so; the world before can be had back.
fn start_over(state: &mut State, begin: Msg, text: String) {
    let before = state.app.saved();
    let has_acts = before.entries.len() > 1;
    state.app.update(begin);
    if has_acts {
        state.undo.before = Some(before);
        state.say_with(text, [Offer::TakeBack]);
    }
}

/// A file was chosen, or dropped on the page.
fn import(state: &mut State, file: &str, text: &str) {
    if state.pending.is_some() {
        // One after the other: whoever waits can drop it again.
        return;
    }
    if file.ends_with(LESSON) {
        return lesson_editor::begin(state, file, text);
    }
    let name = tidy(name_of_file(file));
    if let Err(wrong) = opening::open_file(state, file, without_head(text), &name) {
        state.say(state.words.file_wrong(file, &state.words.wrong(&wrong)));
    }
}

/// What a sandbox of this file was called. A browser puts a number behind a name that it has saved before.
fn name_of_file(file: &str) -> &str {
    let name = file.strip_suffix(&format!(".{WORLD}")).unwrap_or(file);
    let numbered = name.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    numbered.filter(|(_, number)| is_number(number)).map_or(name, |(before, _)| before)
}

#[cfg(test)]
mod tests {
    use super::name_of_file;

    #[test]
    fn a_file_gives_its_sandbox_the_name_back() {
        for (file, name) in [
            ("Sandbox 1.natskv", "Sandbox 1"),
            ("Sandbox 1 (2).natskv", "Sandbox 1"),
            ("notes (draft).natskv", "notes (draft)"),
            ("what.txt", "what.txt"),
            ("(1)", "(1)"),
        ] {
            assert_eq!(name_of_file(file), name);
        }
    }
}
