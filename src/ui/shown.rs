//! What the page shows of its own, beside the application, as plain values.

use super::words::Language;
use crate::app::export::Format;
use crate::app::{OutputRef, TerminalId};
use crate::keep::{Listed, SandboxId};

/// One quiet line, and what it offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Notice {
    pub(super) text: String,
    pub(super) offers: Vec<Offer>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Offer {
    /// To open a sandbox that is kept.
    Open(SandboxId),
    /// To save a sandbox that is kept as a file.
    SaveSandbox(SandboxId),
    /// To save the commands of a sandbox that is kept.
    SaveCommands(SandboxId),
    /// To save the world as it stands as a file.
    SaveWorld,
    /// To have the world back that was begun again.
    TakeBack,
    /// To close a terminal with what runs there.
    Close(TerminalId),
    /// To have a terminal back that was closed.
    Reopen(TerminalId),
    /// To load the new version of the page.
    Reload,
}

/// The panes of the page; a narrow screen shows one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pane {
    Lesson,
    Terminals,
    Inspector,
}

/// The colours that the user wants; `Auto` is what the device or the page around says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Theme {
    Auto,
    Light,
    Dark,
    Contrast,
}

/// What is said at a block of a terminal.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct BlockAside {
    pub(super) terminal: TerminalId,
    pub(super) block: u64,
    pub(super) aside: Aside,
}

/// Something that is said at a block.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Aside {
    /// Why it failed.
    Why,
    /// What its output refers to, and which of that is chosen.
    Refs(Vec<OutputRef>, usize),
}

impl Pane {
    pub(super) const ALL: [Pane; 3] = [Pane::Lesson, Pane::Terminals, Pane::Inspector];

    pub(super) fn name(self) -> &'static str {
        match self {
            Pane::Lesson => "lesson",
            Pane::Terminals => "terminals",
            Pane::Inspector => "inspector",
        }
    }
}

impl Theme {
    pub(super) const ALL: [Theme; 4] = [Theme::Auto, Theme::Light, Theme::Dark, Theme::Contrast];

    pub(super) fn name(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::Contrast => "contrast",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialog {
    /// How far a sandbox is that is being opened.
    Opening,
    /// What the bar has no room for on a narrow screen.
    More,
    Share,
    Sandboxes,
    /// Another lesson can be chosen.
    Lessons,
    /// A lesson is written.
    LessonEditor,
    /// Every order of a scenario is played.
    Explorer,
    Help,
}

/// What there is to share, and what was chosen of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sharing {
    pub(super) link: String,
    /// What holds the world in it.
    pub(super) fragment: String,
    /// What the frame holds, the text of it, and the number of the step that is open, from 1 on.
    pub(super) embed: EmbedChoice,
    pub(super) frame: String,
    pub(super) step: usize,
    pub(super) terminals: Vec<(TerminalId, String)>,
    pub(super) chosen: ExportChoice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ExportChoice {
    /// None for all.
    pub(super) terminal: Option<TerminalId>,
    pub(super) format: Format,
}

impl Default for ExportChoice {
    fn default() -> ExportChoice {
        ExportChoice { terminal: None, format: Format::Markdown }
    }
}

/// What a frame is to show, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct EmbedChoice {
    /// Not the sandbox as it is, but the step of the lesson that is open, with its world set up.
    pub(super) step: bool,
    /// This pane alone.
    pub(super) pane: Option<Pane>,
    /// None for that of the reader's browser.
    pub(super) language: Option<Language>,
    /// None for those of the page around, or of the reader's device.
    pub(super) theme: Option<Theme>,
}

/// The sandboxes as they are listed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct SandboxList {
    pub(super) list: Vec<Listed>,
    /// None while another one is being read.
    pub(super) open: Option<OpenSandbox>,
    pub(super) deleted: bool,
}

/// The sandbox that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OpenSandbox {
    /// None where nothing was done in it yet, so that it is not kept.
    pub(super) id: Option<SandboxId>,
    pub(super) name: String,
}

/// How far a sandbox is that is being opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OpeningProgress {
    pub(super) name: String,
    pub(super) percent: u32,
}
