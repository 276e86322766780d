//! What the components draw, as signals. `show` is the only place where these are written.

use super::shown::{Aside, Dialog, Notice, Pane, SandboxList, Sharing, Theme};
use super::state::State;
use super::words::Words;
use crate::app::model::{Badge, ClockFace, Inspector, Lesson, LessonLine, Tab};
use crate::app::{Announcement, Hint, PastedList, ProtocolLogView, TerminalId, Verbosity, Versions};
use crate::term::menu::Menu;
use leptos::prelude::*;
use std::ops::Range;

#[derive(Clone, Copy)]
pub(super) struct Model {
    pub(super) words: RwSignal<Words>,
    pub(super) theme: RwSignal<Theme>,
    pub(super) pane: RwSignal<Pane>,
    pub(super) presenting: RwSignal<bool>,
    pub(super) sandbox_name: RwSignal<String>,
    pub(super) notice: RwSignal<Option<Notice>>,
    pub(super) announcement: RwSignal<String>,
    pub(super) dialog: RwSignal<Option<Dialog>>,
    /// The sandbox that is being opened, and how much of it is done, in hundredths.
    pub(super) opening: RwSignal<Option<(String, u32)>>,
    pub(super) sharing: RwSignal<Sharing>,
    pub(super) sandboxes: RwSignal<SandboxList>,
    pub(super) verbosity: RwSignal<Verbosity>,

    pub(super) tabs: RwSignal<Vec<Tab>>,
    pub(super) columns: RwSignal<usize>,
    /// Of the room that terminals and inspector share, the percentage that the terminals have, if somebody has chosen that.
    pub(super) terminals_share: RwSignal<Option<u8>>,
    pub(super) unread: RwSignal<usize>,
    pub(super) renaming: RwSignal<Option<TerminalId>>,
    pub(super) ctrl_held: RwSignal<bool>,
    /// Those that stand side by side.
    pub(super) terminals: RwSignal<Vec<TerminalModel>>,
    /// What is said at a block of a terminal.
    pub(super) aside: RwSignal<Option<(TerminalId, u64, Aside)>>,

    pub(super) lesson: RwSignal<Option<Lesson>>,
    /// Those that can be chosen, while the dialog for that is open.
    pub(super) lessons: RwSignal<Vec<LessonLine>>,
    /// The lesson that somebody writes, as it was left.
    pub(super) draft: RwSignal<String>,
    pub(super) clock: RwSignal<ClockFace>,
    /// The protocol log is shown in place of the account.
    pub(super) shows_protocol_log: RwSignal<bool>,
    pub(super) inspector: RwSignal<Option<Inspector>>,
    pub(super) protocol_log: RwSignal<Option<ProtocolLogView>>,
    /// The state of the world that is drawn.
    pub(super) versions: RwSignal<Versions>,
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

/// Which state of a screen there is to draw: the world, and its version there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ScreenVersion {
    pub(super) world: u64,
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

impl Model {
    pub(super) fn new(state: &State) -> Model {
        let model = Model {
            words: RwSignal::new(state.words),
            theme: RwSignal::new(state.theme),
            pane: RwSignal::new(state.pane),
            presenting: RwSignal::new(false),
            sandbox_name: RwSignal::default(),
            notice: RwSignal::default(),
            announcement: RwSignal::default(),
            dialog: RwSignal::default(),
            opening: RwSignal::default(),
            sharing: RwSignal::default(),
            sandboxes: RwSignal::default(),
            verbosity: RwSignal::default(),
            tabs: RwSignal::default(),
            columns: RwSignal::new(state.columns),
            terminals_share: RwSignal::default(),
            unread: RwSignal::default(),
            renaming: RwSignal::default(),
            ctrl_held: RwSignal::default(),
            terminals: RwSignal::default(),
            aside: RwSignal::default(),
            lesson: RwSignal::default(),
            lessons: RwSignal::default(),
            draft: RwSignal::default(),
            clock: RwSignal::new(state.app.clock()),
            shows_protocol_log: RwSignal::default(),
            inspector: RwSignal::default(),
            protocol_log: RwSignal::default(),
            versions: RwSignal::default(),
        };
        model.show(state);
        model
    }

    /// Brings into the signals what has changed. What is dear to make is made only if its pane may have changed.
    pub(super) fn show(self, state: &State) {
        let app = &state.app;
        let speaks_another = set(self.words, state.words);
        set(self.theme, state.theme);
        set(self.pane, state.pane);
        set(self.presenting, state.presenting);
        set(self.sandbox_name, state.sandbox_name().to_owned());
        set(self.notice, state.notice.clone());
        set(self.announcement, announcement(state));
        // Before the dialog, which begins with it.
        set(self.draft, state.draft.clone());
        set(self.dialog, state.dialog);
        let opening = state.pending.as_ref();
        set(self.opening, opening.map(|it| (it.name.clone(), (it.replay.fraction() * 100.0) as u32)));
        if state.dialog == Some(Dialog::Share) {
            set(self.sharing, super::share::sharing(state));
        }
        if state.dialog == Some(Dialog::Sandboxes) {
            set(self.sandboxes, state.sandboxes.clone());
        }
        if state.dialog == Some(Dialog::Lessons) {
            set(self.lessons, app.lessons());
        }
        set(self.verbosity, app.verbosity());

        set(self.tabs, app.tabs());
        set(self.columns, state.columns);
        set(self.terminals_share, state.layout.terminals);
        set(self.unread, app.unread());
        set(self.renaming, state.renaming);
        set(self.ctrl_held, state.ctrl);
        let shown = state.side_by_side();
        set(self.terminals, shown.into_iter().filter_map(|id| terminal(state, id)).collect());
        set(self.aside, state.aside.clone());

        set(self.clock, app.clock());
        let (versions, drawn) = (app.versions(), self.versions.get_untracked());
        if versions.lesson != drawn.lesson || speaks_another {
            set(self.lesson, app.lesson());
        }
        let turned = set(self.shows_protocol_log, state.shows_protocol_log);
        if state.shows_protocol_log && (versions.protocol_log != drawn.protocol_log || turned) {
            set(self.protocol_log, Some(app.protocol_log()));
        }
        if !state.shows_protocol_log && (versions.inspector != drawn.inspector || turned) {
            set(self.inspector, Some(app.inspector()));
        }
        set(self.versions, versions);
    }
}

/// Sets a signal if its value is another one. Returns whether it was.
fn set<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) -> bool {
    let is_other = signal.with_untracked(|old| *old != value);
    if is_other {
        signal.set(value);
    }
    is_other
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
        screen: ScreenVersion { world: app.journal().began, version: app.screen(id)?.version() },
        line: line(app, id)?,
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
