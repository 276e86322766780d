//! Lessons of an author's own: begun from a file or from the editor, and as a link that holds them whole.

use super::current::begin_lesson_beside;
use super::message::{Command, EditorMsg};
use super::shown::Dialog;
use super::state::State;
use crate::app::journal::Journal;
use crate::app::{LessonError, LessonSource, OwnLesson, link};

/// The guide for authors, which has a whole lesson in a fence.
const GUIDE: &str = include_str!("../../LESSONS.md");
const FENCE: &str = "`````";

pub(super) fn update(state: &mut State, msg: EditorMsg) {
    match msg {
        EditorMsg::Open => {
            if state.draft.is_empty() {
                state.draft = first_draft(&state.app.journal().lesson);
            }
            state.notice = None;
            state.dialog = Some(Dialog::LessonEditor);
        }
        EditorMsg::Keep(text) => keep(state, text),
        EditorMsg::Run(text) => {
            let name = state.words.your_lesson().to_owned();
            begin(state, &name, &text);
            keep(state, text);
        }
        EditorMsg::CopyLink(text) => {
            match OwnLesson::read(&text) {
                Ok(lesson) => {
                    let link = state.visit.address.clone() + &fragment(lesson, state.now);
                    state.ask(Command::Copy(link));
                }
                Err(errors) => say_wrong(state, state.words.your_lesson(), &errors),
            }
            keep(state, text);
        }
    }
}

/// Keeps the text for this visit, and for later ones if it is not too long.
fn keep(state: &mut State, text: String) {
    state.remember_text("draft", &text);
    state.draft = text;
}

/// Begins a lesson whose text somebody has, in a sandbox of its own. `name` says where it is from.
pub(super) fn begin(state: &mut State, name: &str, markdown: &str) {
    match OwnLesson::read(markdown) {
        Ok(lesson) => begin_lesson_beside(state, LessonSource::Own(lesson)),
        Err(errors) => say_wrong(state, name, &errors),
    }
}

fn say_wrong(state: &mut State, name: &str, errors: &[LessonError]) {
    let first = errors.first().map(ToString::to_string).unwrap_or_default();
    state.say(state.words.lesson_wrong(name, &first, errors.len()));
}

/// The fragment of an address that begins a lesson.
fn fragment(lesson: OwnLesson, now: u64) -> String {
    link::pack(&Journal { began: now, seed: now, lesson: LessonSource::Own(lesson), ..Journal::default() })
}

/// What the editor begins with: the lesson that is open, if it is of somebody's own, or the one of the guide.
fn first_draft(open: &LessonSource) -> String {
    match open {
        LessonSource::Own(lesson) => lesson.markdown().to_owned(),
        LessonSource::Catalog(_) => example().to_owned(),
    }
}

fn example() -> &'static str {
    let begun = GUIDE.split_once(&format!("{FENCE}markdown\n")).map_or("", |(_, rest)| rest);
    begun.split_once(&format!("\n{FENCE}")).map_or("", |(example, _)| example)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_draft_is_a_lesson_and_its_link_holds_it() {
        let lesson = OwnLesson::read(&first_draft(&LessonSource::default())).expect("a lesson");
        let journal = link::unpack(&fragment(lesson.clone(), 7)).expect("a journal");
        assert_eq!(journal.lesson, LessonSource::Own(lesson.clone()));
        assert_eq!(first_draft(&journal.lesson), lesson.markdown());
    }
}
