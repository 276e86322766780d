//! The application without a browser: the world, its terminals, the lesson, and what is observed of all that.
//!
//! [`App::update`] takes everything that can happen, one [`Msg`] at a time; [`App::deadline`] says when something
//! will happen by itself. What is to be drawn is asked for (`queries`).
//!
//! Reading order: `dispatch` (what a message does), `acts` (what is recorded), `run` (how the world goes on), `replay`
//! and `replace` (another world takes the place of this one), then the parts that [`App`] owns, a file each.

pub mod budget;
pub mod export;
pub mod journal;
pub mod link;
pub mod model;
pub mod msg;
pub mod past;
pub mod programs;
pub mod replay;

mod act;
mod activity_log;
mod acts;
mod announcements;
mod autoplay;
mod channels;
mod clock_amount;
mod completion;
mod contention;
mod diagnosis;
mod dispatch;
mod driver;
mod external_clients;
mod fact;
mod failure_context;
mod inspector;
mod lesson_runner;
mod observation;
mod output_refs;
mod owners;
mod pace;
mod protocol_log;
mod protocol_meaning;
mod queries;
mod race;
mod recorder;
mod replace;
mod run;
mod simulation;
mod terminals;
mod text;
mod write_log;

pub use announcements::{Announcement, Verbosity};
pub use clock_amount::{AmountError, clock_amount};
pub use diagnosis::{Cause, Diagnosis};
pub use external_clients::ChannelEvent;
pub use fact::Fact;
pub use failure_context::KeyWrite;
pub use msg::{ClockMsg, InspectorMsg, LessonMsg, Msg, ProtocolLogMsg};
pub use observation::Versions;
pub use output_refs::{OutputRef, RefAction};
pub use owners::TerminalId;
pub use pace::Pace;
pub use programs::{COMMANDS, VERSIONS};
pub use protocol_log::{ProtocolFilter, ProtocolLogView, ProtocolMessage};
pub use protocol_meaning::{MessageKind, MessageOutcome};
pub use text::{command, span, visible};

pub use crate::base::{Cost, CostLimits, TimeZone, fixed_zone};
pub use crate::lesson::{Error as LessonError, LessonSource, OwnLesson, catalog};
pub use crate::shell::session::{Hint, PastedList};
pub use crate::texts::Language;

use std::collections::BTreeMap;

use act::Act;
use announcements::Announcer;
use external_clients::ExternalClients;
use journal::{Entry, Journal};
use lesson_runner::LessonRunner;
use observation::Observation;
use recorder::Recorder;
use simulation::{RunBudget, Simulation};
use terminals::Terminals;

use crate::base::Time;
use crate::lesson::{Lesson, LessonFile};
use crate::sim::Host;
use std::sync::Arc;

/// Where the server listens that commands connect to by default.
pub const HOST: Host = Host { port: 4222 };

/// How many terminals there may be at once.
pub const MOST_TERMINALS: usize = 8;

/// How an application begins.
#[derive(Clone, Debug)]
pub struct Options {
    /// The page's time, in milliseconds since 1970.
    pub now: u64,
    pub seed: u64,
    pub zone: TimeZone,
    pub language: Language,
    /// The lesson that it is about; without one it begins with a server with JetStream and a terminal.
    pub lesson: Option<LessonSource>,
    /// Asked between two turns of the world whether to pause, so that a page can draw and listen meanwhile. What comes
    /// of anything does not depend on it.
    pub pause: fn() -> bool,
}

/// The application: the world and its terminals, the lesson, and what is observed of them.
pub struct App {
    options: Options,
    simulation: Simulation,
    terminals: Terminals,
    external: ExternalClients,
    recorder: Recorder,
    lesson: Option<LessonRunner>,
    observation: Observation,
    announcer: Announcer,
}

impl App {
    pub fn new(options: Options) -> App {
        App::with_limits(options, budget::OWN)
    }

    /// The same, with limits of what may be spent in its world.
    fn with_limits(options: Options, limits: CostLimits) -> App {
        let mut app = App::empty(options, BTreeMap::new());
        app.simulation.world().meter().limit(limits);
        app.begin();
        app
    }

    /// An application without terminals and servers. `histories` are the commands of an earlier world, by the name of
    /// their terminal.
    fn empty(options: Options, histories: BTreeMap<String, String>) -> App {
        let journal = Journal {
            began: options.now,
            seed: options.seed,
            zone: options.zone.clone(),
            lesson: options.lesson.clone().unwrap_or_default(),
            entries: Vec::new(),
        };
        App {
            simulation: Simulation::new(options.now, options.seed, options.pause, budget::OWN),
            terminals: Terminals::new(histories),
            external: ExternalClients::default(),
            recorder: Recorder::new(journal),
            lesson: None,
            observation: Observation::new(),
            announcer: Announcer::default(),
            options,
        }
    }

    /// An application with this lesson, which nobody else knows of: its journal can be replayed with the same lesson only.
    pub fn with_lesson(options: Options, lesson: Arc<Lesson>) -> App {
        let mut app = App::empty(options, BTreeMap::new());
        let runner = LessonRunner::new(OwnLesson::NAME, lesson, app.options.language);
        app.begin_lesson(runner);
        app.end_beginning();
        app
    }

    /// Sets the stage: the terminals of the lesson and what was done there before it, or a server and a terminal.
    fn begin(&mut self) {
        match self.options.lesson.clone() {
            Some(LessonSource::Catalog(name)) => {
                let file = lesson_file(name, self.options.language);
                self.begin_lesson(LessonRunner::new(file.name(), file.lesson(), file.language));
            }
            Some(LessonSource::Own(own)) => {
                let language = self.options.language;
                self.begin_lesson(LessonRunner::new(OwnLesson::NAME, own.lesson().clone(), language));
            }
            None => {
                let server = self.open_terminal("server");
                self.submit(server, "nats-server -js");
                let you = self.open_terminal("you");
                self.terminals.activate(you);
            }
        }
        self.end_beginning();
    }

    fn begin_lesson(&mut self, runner: LessonRunner) {
        let names = runner.lesson().terminals();
        let setup = runner.lesson().setup.actions();
        self.lesson = Some(runner);
        names.iter().take(2).for_each(|name| _ = self.open_terminal(name));
        for action in &setup {
            self.perform(action);
        }
        let last = self.terminals.iter().last().map_or(0, |terminal| terminal.id());
        self.terminals.activate(last);
    }

    fn end_beginning(&mut self) {
        self.settle();
        if let Some(lesson) = &mut self.lesson {
            lesson.restart();
            self.observation.touch(Versions::LESSON);
        }
        self.recorder.restart(&self.simulation);
        // What stood there from the beginning is no news.
        self.terminals.iter_mut().for_each(|terminal| terminal.session.mark_read());
        self.announcer.discard(&self.terminals);
    }

    /// Takes one thing that happens. `false` for a key that is not for the application.
    pub fn update(&mut self, msg: Msg) -> bool {
        let taken = self.dispatch(msg);
        self.settle_within(RunBudget::SLICE);
        self.announcer.flush();
        taken
    }

    /// When something will happen by itself, in the page's milliseconds.
    pub fn deadline(&self) -> Option<u64> {
        let now = self.simulation.wall_now();
        if self.simulation.is_mid_turn() {
            return Some(now);
        }
        let world = self.simulation.deadline();
        let autoplay = self.lesson.as_ref().and_then(LessonRunner::deadline);
        Some(world.into_iter().chain(autoplay).min()?.max(now))
    }

    /// The time in the world.
    pub fn now(&self) -> Time {
        self.simulation.now()
    }

    /// What was done since the world began.
    pub fn journal(&self) -> &Journal {
        self.recorder.journal()
    }

    /// The same as it is to be kept, with how things stand now.
    pub fn saved(&self) -> Journal {
        self.recorder.saved(Act::Select { terminal: self.terminals.active() }, &self.simulation)
    }

    /// How things stand now, as the last entry of [`App::saved`].
    pub fn closing(&self) -> Entry {
        self.recorder.closing(Act::Select { terminal: self.terminals.active() }, &self.simulation)
    }

    /// Whether there is more to do at this moment, which the next messages will see done.
    pub fn is_mid_turn(&self) -> bool {
        self.simulation.is_mid_turn()
    }

    fn open_terminal(&mut self, name: &str) -> TerminalId {
        self.terminals.open(name, self.simulation.world(), &self.options.zone)
    }
}

/// The lesson of this name, or the first one.
fn lesson_file(name: &str, language: Language) -> LessonFile {
    let file = catalog::find(name, language).or_else(|| catalog::lessons(language).next());
    file.expect("a test sees every lesson in every language")
}
