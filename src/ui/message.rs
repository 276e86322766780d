//! Everything that can happen to the page: what the application is told, and what is the page's own.

use super::shown::{Dialog, EmbedChoice, ExportChoice, Offer, Pane, Theme};
use super::visit::EarlyInput;
use super::words::Language;
use crate::app::model::CodeLanguage;
use crate::app::{Msg, TerminalId, Verbosity};
use crate::explore::OrderKind;
use crate::keep::{FileForm, LocalCommand, SandboxId, StorageAnswer, StorageCommand, Ticket};
use crate::term::Key;

#[derive(Clone, Debug)]
pub(super) enum PageMsg {
    /// Something happens to the application.
    App(Msg),
    /// Something happens in the terminals, which should be in sight.
    ActInTerminals(Msg),
    /// The same, and somebody is about to type into the active terminal.
    ProposeLine(Msg),
    /// A step of the lesson is to be read.
    OpenStep(usize),
    /// A key of the touch bar, for the active terminal.
    TouchKey(Key),
    /// Ctrl of the touch bar is held for the next key, or no more.
    HoldCtrl(bool),

    // What is shown.
    ShowPane(Pane),
    /// Shows a pane and gives it the focus.
    FocusPane(Pane),
    ChangeSetting(Setting),
    Present(bool),
    /// The protocol log is shown in place of the account.
    ShowProtocolLog(bool),
    OpenDialog(Dialog),
    CloseDialog,
    /// Whoever waits for a sandbox waits no longer.
    StopOpening,
    /// What the notice offers is wanted.
    Accept(Offer),
    Dismiss,

    /// Something is asked at a block of a terminal.
    AtBlock(TerminalId, u64, BlockMsg),
    /// One of the references that are listed is chosen.
    ChooseRef(usize),
    CloseAside,
    Copy(String),
    /// The clipboard has taken a text, or not.
    Copied(bool),

    /// A terminal is to be closed: if something runs there, that is asked first.
    CloseTerminal(TerminalId),
    /// A closed one is wanted back.
    ReopenTerminal(TerminalId),
    /// A divider was moved: the percentage that what stands before it has now. None if that is up to the page again.
    MoveDivider(DividerId, Option<u8>),

    /// A terminal gets another name.
    Rename(TerminalId, RenameMsg),

    Share(ShareMsg),
    Editor(EditorMsg),
    Explorer(ExplorerMsg),
    Sandbox(SandboxMsg),
    Past(PastMsg),
    /// Whoever waited long for the program hears that it is there.
    AnnounceReady,
    /// There is a new version of the page.
    UpdateReady,
    /// The storage has done a command, or has not.
    Stored(Ticket, StorageAnswer),
    /// What was done while the page had no program yet.
    Early(EarlyInput),
    /// Time has passed, or there is more to do at this moment.
    Wake,
    /// The page is hidden or left, and may never come back: what is not kept by now is lost.
    Leave,
}

/// What can happen to the name of a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RenameMsg {
    Begin,
    /// The new name; none if it stays as it is. The line is typed into again.
    End(Option<String>),
    /// The new name, but somebody has turned to something else.
    Leave(String),
}

/// Which divider is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DividerId {
    /// Before this terminal.
    Terminal(TerminalId),
    /// Between the terminals and the inspector.
    Inspector,
}

/// What is chosen for this visit and later ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    Theme(Theme),
    Language(Language),
    /// So many terminals side by side.
    Columns(usize),
    Verbosity(Verbosity),
    /// The programming language in which lessons show code.
    CodeLanguage(CodeLanguage),
}

/// What can be asked at a block of a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum BlockMsg {
    /// Says why the command failed, or says it no more.
    Explain,
    /// Lists what the output refers to, or no more.
    ListRefs,
    /// Somebody points at a place in the output: a line, counted from the first of the block, and the byte in it.
    PointAt {
        line: usize,
        byte: usize,
    },
    Copy,
}

/// What can happen in the dialog for sharing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum ShareMsg {
    Open,
    CopyLink,
    CopyMarkdownLink,
    Choose(ExportChoice),
    /// What the frame is to show that is offered.
    Embed(EmbedChoice),
    CopyFrame,
    CopyText,
    SaveText,
    SaveWorld,
}

/// What can happen where every order of a scenario is played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ExplorerMsg {
    /// Shows the scenario that was there last.
    Open,
    /// Shows a scenario, and plays every order of it.
    Play(String),
    /// Makes a scenario of what was done last in the terminals.
    TakeFromTerminals,
    /// The text of the scenario is another one.
    Edit(String),
    /// It is not written on for the moment.
    Keep,
    Begin,
    Stop,
    /// Another order is to be shown.
    Show(OrderKind),
    /// Another step of the order is looked at.
    TurnTo(usize),
    /// Copies a link that holds the scenario.
    CopyLink,
}

/// What can happen to the lesson that somebody writes; each has its text as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum EditorMsg {
    Open,
    Keep(String),
    Run(String),
    /// Copies a link that holds it whole.
    CopyLink(String),
}

/// What can happen to the sandboxes that are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SandboxMsg {
    Show,
    New,
    Open(SandboxId),
    Duplicate(SandboxId),
    /// Saves it as a file.
    Save(SandboxId, FileForm),
    Delete(SandboxId),
    Undelete,
    /// The open one, without an id, or one of the others gets a name.
    Rename(Option<SandboxId>, String),
    /// Asks for a file.
    Import,
    /// A file was chosen, or dropped on the page.
    FileChosen {
        name: String,
        text: String,
    },
    StartOver,
    /// Begins a new one for the lesson of this name.
    BeginLesson(&'static str),
    /// Begins again, as it is before this step of the lesson.
    SetUp(usize),
}

/// Where somebody goes along what was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PastMsg {
    /// Shows what goes along it, or hides that and shows the present.
    Open(bool),
    /// One deed back, or onward.
    Back,
    Onward,
    GoTo(usize),
    ToPresent,
    /// Compares others with the moment that is shown, or no more.
    Mark(bool),
}

impl From<PastMsg> for PageMsg {
    fn from(msg: PastMsg) -> PageMsg {
        PageMsg::Past(msg)
    }
}

impl From<Msg> for PageMsg {
    fn from(msg: Msg) -> PageMsg {
        PageMsg::App(msg)
    }
}

impl From<Setting> for PageMsg {
    fn from(setting: Setting) -> PageMsg {
        PageMsg::ChangeSetting(setting)
    }
}

impl From<EditorMsg> for PageMsg {
    fn from(msg: EditorMsg) -> PageMsg {
        PageMsg::Editor(msg)
    }
}

impl From<ExplorerMsg> for PageMsg {
    fn from(msg: ExplorerMsg) -> PageMsg {
        PageMsg::Explorer(msg)
    }
}

impl From<ShareMsg> for PageMsg {
    fn from(msg: ShareMsg) -> PageMsg {
        PageMsg::Share(msg)
    }
}

impl From<SandboxMsg> for PageMsg {
    fn from(msg: SandboxMsg) -> PageMsg {
        PageMsg::Sandbox(msg)
    }
}

/// What the page wants of the browser; `browser::run` does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Command {
    /// Puts text into the clipboard; [`PageMsg::Copied`] says whether it was taken.
    Copy(String),
    /// Saves a text as a file.
    SaveFile {
        name: String,
        text: String,
    },
    /// Lets somebody choose a file; [`SandboxMsg::FileChosen`] has it.
    ChooseFile,
    /// Gives the line of the active terminal the focus, once it is drawn; not where a finger would call up a keyboard
    /// that nobody asked for.
    FocusLine,
    FocusPane(Pane),
    /// Keeps a setting for later visits.
    Remember(&'static str, String),
    /// Keeps something for as long as this tab is open.
    RememberInTab(String, String),
    /// What stands behind `#` in the address is kept elsewhere now.
    ForgetFragment,
    /// Does something in the small storage, before the page may be gone.
    StoreAtOnce(LocalCommand),
    /// Asks for what was done while the page had no program yet; [`PageMsg::Early`] has it.
    TakeEarlyInput,
    /// Does something in the storage; [`PageMsg::Stored`] has the answer.
    Store(Ticket, StorageCommand),
    /// Loads the new version of the page.
    TakeUpdate,
}
