//! What the components draw, as signals. Only `ModelWriter::show` writes them.

use super::past::SeenMoment;
use super::past_model::{PastModel, past_model};
use super::shown::{BlockAside, Dialog, Notice, OpeningProgress, Pane, SandboxList, Sharing, Theme};
use super::state::State;
use super::words::Words;
use crate::app::model::{Badge, ClockFace, CodeLanguage, Inspector, Lesson, LessonLine, Tab};
use crate::app::{Announcement, Hint, PastedList, ProtocolLogView, TerminalId, Verbosity, Versions};
use crate::explore::ExplorerView;
use crate::term::menu::Menu;
use crate::term::screen::Screen;
use leptos::prelude::*;
use std::ops::Range;

/// Makes the model and what writes it of one list of signals, each with the value that it begins with.
macro_rules! model {
    ($state:ident; $($(#[$about:meta])* $name:ident: $value:ty = $first:expr;)*) => {
        /// What there is to draw.
        #[derive(Clone, Copy)]
        pub(super) struct Model {
            $($(#[$about])* pub(super) $name: ReadSignal<$value>,)*
        }

        /// The signals of the model, to be written.
        pub(super) struct ModelWriter {
            $($name: Source<$value>,)*
        }

        impl Model {
            pub(super) fn new($state: &State) -> (Model, ModelWriter) {
                $(let $name = Source::new($first);)*
                let model = Model { $($name: $name.read,)* };
                let writer = ModelWriter { $($name,)* };
                writer.show($state);
                (model, writer)
            }
        }
    };
}

model! {
    state;
    words: Words = state.words;
    theme: Theme = state.theme;
    pane: Pane = state.pane;
    presenting: bool = false;
    sandbox_name: String = String::new();
    notice: Option<Notice> = None;
    announcement: String = String::new();
    dialog: Option<Dialog> = None;
    /// The sandbox that is being opened.
    opening: Option<OpeningProgress> = None;
    sharing: Sharing = Sharing::default();
    sandboxes: SandboxList = SandboxList::default();
    verbosity: Verbosity = Verbosity::default();

    tabs: Vec<Tab> = Vec::new();
    /// The terminal that was closed last and can be had back, and its name.
    closed: Option<(TerminalId, String)> = None;
    columns: usize = state.columns;
    /// Of the room that terminals and inspector share, the percentage that the terminals have, if somebody has chosen that.
    terminals_share: Option<u8> = None;
    unread: usize = 0;
    renaming: Option<TerminalId> = None;
    ctrl_held: bool = false;
    /// Those that stand side by side.
    terminals: Vec<TerminalModel> = Vec::new();
    /// What is said at a block of a terminal.
    aside: Option<BlockAside> = None;

    lesson: Option<Lesson> = None;
    /// The programming language in which it shows code.
    code_language: CodeLanguage = state.code_language;
    /// Those that can be chosen, while the dialog for that is open.
    lessons: Vec<LessonLine> = Vec::new();
    /// The lesson that somebody writes, as it was left.
    draft: String = String::new();
    /// The scenario of which every order is played, as it was left.
    scenario: String = String::new();
    explorer: ExplorerView = ExplorerView::default();
    clock: ClockFace = state.app.clock();
    /// The protocol log is shown in place of the account.
    shows_protocol_log: bool = false;
    inspector: Option<Inspector> = None;
    /// Going along what was done, if somebody does.
    past: Option<PastModel> = None;
    /// How often another moment was turned to.
    turns: u64 = 0;
    protocol_log: Option<ProtocolLogView> = None;
    /// The state of the world that is drawn.
    versions: Versions = Versions::default();
}

/// Both ends of a signal of the model.
struct Source<T: Send + Sync + 'static> {
    read: ReadSignal<T>,
    write: WriteSignal<T>,
}

impl<T: PartialEq + Send + Sync + 'static> Source<T> {
    fn new(first: T) -> Source<T> {
        let (read, write) = signal(first);
        Source { read, write }
    }

    /// Sets the signal if its value is another one. Returns whether it was.
    fn set(&self, value: T) -> bool {
        let is_other = self.read.with_untracked(|old| *old != value);
        if is_other {
            self.write.set(value);
        }
        is_other
    }

    /// The same for a value that is copied only if it is another one.
    fn follow<V: ?Sized + ToOwned<Owned = T>>(&self, value: &V) -> bool
    where
        T: PartialEq<V>,
    {
        let is_other = self.read.with_untracked(|old| old != value);
        if is_other {
            self.write.set(value.to_owned());
        }
        is_other
    }
}

/// A terminal, apart from what it has printed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TerminalModel {
    pub(super) id: TerminalId,
    pub(super) name: String,
    pub(super) badge: Badge,
    pub(super) active: bool,
    pub(super) running: bool,
    /// How wide it is beside the others, if somebody has chosen that.
    pub(super) width: Option<f64>,
    /// Another one stands before it, beside it.
    pub(super) follows: bool,
    /// Something is being computed.
    pub(super) busy: bool,
    pub(super) screen: ScreenVersion,
    pub(super) line: LineModel,
}

/// Which state of a screen there is to draw: the world, how often another moment of it was turned to, and the version there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ScreenVersion {
    pub(super) world: u64,
    pub(super) turns: u64,
    pub(super) version: u64,
}

/// The line where commands are typed, and what stands around it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct LineModel {
    pub(super) label: LineLabel,
    pub(super) text: String,
    /// In bytes.
    pub(super) selection: Range<usize>,
    /// What → would add.
    pub(super) suggestion: String,
    /// The command that was found so far.
    pub(super) found: Option<String>,
    pub(super) menu: Option<Menu>,
    pub(super) pasted: Option<PastedList>,
    pub(super) hint: Option<Hint>,
    /// What runs waits for time to pass, and the clock is held.
    pub(super) waits_for_clock: bool,
    /// The last command as it may have been meant.
    pub(super) correction: Option<String>,
}

/// What stands before the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum LineLabel {
    Prompt(String),
    Search,
    NotFound,
}

impl ModelWriter {
    /// Brings into the signals what has changed. What is dear to make is made only if its part may have changed.
    pub(super) fn show(&self, state: &State) {
        let app = &state.app;
        let speaks_another = self.words.set(state.words);
        self.theme.set(state.theme);
        self.pane.set(state.pane);
        self.presenting.set(state.presenting);
        self.sandbox_name.follow(state.sandbox_name());
        self.notice.follow(&state.notice);
        self.announcement.set(announcement(state));
        // Before the dialog, which begins with it.
        self.draft.follow(&state.draft);
        self.scenario.follow(&state.scenario);
        self.dialog.set(state.dialog);
        self.opening.set(state.pending.as_ref().map(|pending| OpeningProgress {
            name: pending.name.clone(),
            percent: (pending.replay.fraction() * 100.0) as u32,
        }));
        match state.dialog {
            Some(Dialog::Share) => _ = self.sharing.set(super::share::sharing(state)),
            Some(Dialog::Sandboxes) => _ = self.sandboxes.follow(&state.sandboxes),
            Some(Dialog::Lessons) => _ = self.lessons.set(app.lessons()),
            Some(Dialog::Opening | Dialog::More | Dialog::LessonEditor | Dialog::Explorer | Dialog::Help)
            | None => {}
        }
        if self.explorer.read.with_untracked(|drawn| drawn.version != state.explorer.version()) {
            self.explorer.set(state.explorer.view());
        }
        self.verbosity.set(app.verbosity());

        self.tabs.set(state.tabs());
        self.closed.set(app.last_closed().map(|(id, name)| (id, name.to_owned())));
        self.columns.set(state.columns);
        self.code_language.set(state.code_language);
        self.terminals_share.set(state.layout.terminals);
        self.unread.set(app.unread());
        self.renaming.set(state.renaming);
        self.ctrl_held.set(state.ctrl);
        let shown = state.side_by_side();
        let seen = state.past.seen();
        let draw =
            |id: TerminalId| seen.map_or_else(|| terminal(state, id), |seen| still_terminal(state, seen, id));
        self.terminals.set(shown.into_iter().filter_map(draw).collect());
        self.aside.follow(&state.aside);

        self.past.set(past_model(state));
        let is_another = self.turns.set(state.past.turns);
        if let Some(seen) = seen {
            self.clock.follow(&seen.clock);
            self.lesson.follow(&seen.lesson);
            let turned = self.shows_protocol_log.set(state.shows_protocol_log);
            if is_another || turned {
                self.inspector.set(Some(seen.inspector.clone()));
            }
            return;
        }
        self.clock.set(app.clock());
        let (versions, drawn) = (app.versions(), self.versions.read.get_untracked());
        if versions.lesson != drawn.lesson || speaks_another || is_another {
            self.lesson.set(app.lesson());
        }
        let turned = self.shows_protocol_log.set(state.shows_protocol_log) || is_another;
        if state.shows_protocol_log && (versions.protocol_log != drawn.protocol_log || turned) {
            self.protocol_log.set(Some(app.protocol_log()));
        }
        if !state.shows_protocol_log && (versions.inspector != drawn.inspector || turned) {
            self.inspector.set(Some(app.inspector()));
        }
        self.versions.set(versions);
    }
}

fn terminal(state: &State, id: TerminalId) -> Option<TerminalModel> {
    let (app, tab) = (&state.app, state.app.tab(id)?);
    Some(TerminalModel {
        id,
        active: tab.active,
        running: tab.running,
        width: state.layout.width(id),
        follows: state.before(id).is_some(),
        busy: tab.running && app.is_mid_turn(),
        screen: screen_version(state, app.screen(id)?),
        line: line(app, id)?,
        badge: tab.badge,
        name: tab.name,
    })
}

fn screen_version(state: &State, screen: &Screen) -> ScreenVersion {
    let world = state.app.journal().began;
    ScreenVersion { world, turns: state.past.turns, version: screen.version() }
}

/// A terminal at a moment of which there is a still only.
fn still_terminal(state: &State, seen: &SeenMoment, id: TerminalId) -> Option<TerminalModel> {
    let tab = seen.tabs.iter().find(|tab| tab.id == id)?.clone();
    let prompt = seen.prompts.get(&id).map(|prompt| prompt.trim_end().to_owned()).unwrap_or_default();
    Some(TerminalModel {
        id,
        active: tab.active,
        running: tab.running,
        width: state.layout.width(id),
        follows: state.before(id).is_some(),
        busy: false,
        screen: screen_version(state, seen.screens.get(&id)?),
        line: LineModel {
            label: LineLabel::Prompt(prompt),
            text: String::new(),
            selection: 0..0,
            suggestion: String::new(),
            found: None,
            menu: None,
            pasted: None,
            hint: None,
            waits_for_clock: false,
            correction: None,
        },
        badge: tab.badge,
        name: tab.name,
    })
}

fn line(app: &crate::app::App, id: TerminalId) -> Option<LineModel> {
    let view = app.field(id)?;
    Some(LineModel {
        label: match view.search {
            Some(search) if search.failing() => LineLabel::NotFound,
            Some(_) => LineLabel::Search,
            None => LineLabel::Prompt(app.prompt(id).trim_end().to_owned()),
        },
        text: view.text.to_owned(),
        selection: view.selection,
        suggestion: view.suggestion.to_owned(),
        found: view.search.map(|search| search.shown().to_owned()),
        menu: view.menu.cloned(),
        pasted: app.pasted(id).cloned(),
        hint: app.hint(id),
        waits_for_clock: app.waits_for_clock(id),
        correction: app.correction(id).map(str::to_owned),
    })
}

/// What those hear who do not see it. The same sentence again differs by a blank, or it would not be read out again.
fn announcement(state: &State) -> String {
    let words = state.words;
    let (count, said) = state.app.announcements();
    let sentence = |said: &Announcement| match said {
        Announcement::StepDone { done, steps } => words.said_step(*done, *steps),
        Announcement::Busy(name) => words.said_busy(name),
        Announcement::NothingAsked(name) => words.said_no_question(name),
        Announcement::TerminalLimit(most) => words.said_most(*most),
        Announcement::InvalidName => words.said_no_name().to_owned(),
        Announcement::CommandEnded { terminal, failed: false, lines: 0, .. } => words.said_done(terminal),
        Announcement::CommandEnded { terminal, failed: true, lines: 0, .. } => words.said_failed(terminal),
        Announcement::CommandEnded { terminal, lines, text, more: true, .. } => {
            words.said_begins(terminal, text, *lines)
        }
        Announcement::CommandEnded { terminal, text, .. } => words.said_printed(terminal, text),
        Announcement::DidYouMean(line) => words.said_meant(line),
        Announcement::Asks { terminal, question } => words.said_asks(terminal, question.trim()),
        Announcement::Candidates(count) => words.said_candidates(*count),
        Announcement::NewOutput { terminal, lines } => words.said_news(terminal, *lines),
    };
    if said.is_empty() && state.announce_ready {
        return words.said_ready().to_owned();
    }
    let mut all: Vec<String> = said.iter().map(sentence).collect();
    all.extend((count % 2 == 1).then(|| "\u{a0}".to_owned()));
    all.join(" ")
}
