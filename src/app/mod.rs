//! The application without a browser: the world, its terminals, the lesson, and the picture of all that.
//!
//! [`App::update`] takes everything that can happen, one [`Msg`] at a time; [`App::deadline`] says when something
//! will happen by itself. What is shown is asked for: the lesson, the screens, the picture.

pub mod export;
pub mod journal;
pub mod model;
pub mod msg;
pub mod player;
pub mod programs;

mod activity_log;
mod announcements;
mod diagnosis;
mod dispatch;
mod external_clients;
mod inspector;
mod lesson_runner;
mod output_refs;
mod protocol_log;
mod queries;
mod terminals;
mod text;

use std::collections::BTreeMap;

pub use announcements::{Said, Voice};
pub use diagnosis::{Case, Why, Write};
pub use external_clients::Came;
pub use inspector::filter::Show;
pub use msg::Msg;
pub use output_refs::{Thing, Use};
pub use programs::{COMMANDS, TerminalId, VERSIONS};
pub use protocol_log::{Kind, Outcome, Passed, Passing, Wanted};
pub use text::command;

pub use crate::base::Zone;
pub use crate::lesson::Language;
pub use crate::shell::session::{Hint, PastedList};

use std::time::Duration;

use self::activity_log::Record;
use self::external_clients::Outside;
use self::inspector::filter::Sight;
use self::journal::{Act, Entry, Journal};
use self::lesson_runner::Guide;
use self::programs::Owners;
use self::protocol_log::Traffic;
use self::terminals::Desk;
use crate::base::Time;
use crate::base::choices::InOrder;
use crate::base::stdio::COLUMNS;
use crate::lesson::{LessonFile, catalog};
use crate::server::EventLevel;
use crate::sim::{Host, World};

/// The server that everybody means who does not say otherwise.
pub const HOST: Host = Host { port: 4222 };

/// How an application begins.
#[derive(Clone, Debug)]
pub struct Options {
    /// Milliseconds since 1970, where the page is.
    pub now: u64,
    pub seed: u64,
    pub zone: Zone,
    pub language: Language,
    /// With the lesson, or with a server with JetStream and a terminal.
    pub lesson: bool,
    /// Turns of programs and servers that the acts of a journal may take: what a link brings must not stop the page. A
    /// walkthrough takes some hundreds, a thousand keys take some thousands.
    pub patience: u64,
    /// Asked between two turns of the world whether to pause, so that a page can draw and listen meanwhile. What comes
    /// of anything does not depend on it.
    pub pause: fn() -> bool,
}

/// How far the world goes on at this moment.
#[derive(Clone, Copy)]
enum Pace {
    /// Until nothing is left to do.
    Whole,
    /// Until the page wants a pause.
    Slice,
    /// Until so many turns were taken since the world began.
    Turns(u64),
}

pub struct App {
    options: Options,
    world: World,
    desks: Vec<Desk>,
    last_desk: TerminalId,
    active: TerminalId,
    guide: Option<Guide>,
    owners: Owners,
    outside: Outside,
    record: Record,
    sight: Sight,
    traffic: Traffic,
    /// Counts what may change the lesson or the picture.
    changes: u64,
    /// As of the last look: the changes, and who is asked.
    looked: (u64, u64),
    journal: Journal,
    /// The turns of the world when its last act was written.
    written_at: u64,
    /// There is more to do at this moment: the world has paused in the midst of it.
    amid: bool,
    /// How much there may be to do in the world, where what happens is somebody else's.
    patience: u64,
    /// The page's time at which the world began, and what the clock was moved on by since; milliseconds.
    real_began: u64,
    skipped: u64,
    /// The page's time as it was told last.
    real: u64,
    /// The world's clock stands still.
    held: bool,
    /// Sentences for those who do not see what happened, those that came since, and how often there were new ones.
    said: Vec<Said>,
    to_say: Vec<Said>,
    sayings: u64,
    /// How much is said of what is printed.
    voice: Voice,
    /// Until then nothing is said of what is printed by itself.
    quiet_until: u64,
    /// Columns of each terminal that are in sight, and as programs were told last.
    columns: usize,
    told: usize,
    /// Commands of earlier visits, by the name of their terminal.
    histories: BTreeMap<String, String>,
}

/// The most terminals at once.
pub const MOST_TERMINALS: usize = 8;

const NANOS_PER_MILLI: u64 = 1_000_000;

impl App {
    pub fn new(options: Options) -> App {
        let mut app = App::empty(options);
        app.begin();
        app
    }

    /// An application without terminals and servers.
    fn empty(options: Options) -> App {
        let world = World::new(Time(options.now * NANOS_PER_MILLI), options.seed, EventLevel::Events);
        App {
            world,
            desks: Vec::new(),
            last_desk: 0,
            active: 0,
            guide: None,
            owners: Owners::default(),
            outside: Outside::default(),
            record: Record::default(),
            sight: Sight::default(),
            traffic: Traffic::default(),
            changes: 1,
            looked: (0, 0),
            journal: Journal {
                began: options.now,
                seed: options.seed,
                zone: options.zone,
                entries: Vec::new(),
            },
            written_at: 0,
            amid: false,
            patience: u64::MAX,
            real_began: options.now,
            skipped: 0,
            real: options.now,
            held: false,
            said: Vec::new(),
            to_say: Vec::new(),
            sayings: 0,
            voice: Voice::default(),
            quiet_until: 0,
            columns: COLUMNS,
            told: COLUMNS,
            histories: BTreeMap::new(),
            options,
        }
    }

    fn begin(&mut self) {
        if self.options.lesson {
            let file = first_lesson(self.options.language);
            let guide = Guide::new(file);
            let names = guide.lesson().terminals();
            let setup = guide.lesson().setup.actions();
            self.guide = Some(guide);
            names.iter().take(2).for_each(|name| _ = self.open_desk(name));
            for action in &setup {
                self.act_out(action);
            }
            self.active = self.desks.last().map_or(0, |desk| desk.id);
        } else {
            let server = self.open_desk("server");
            self.submit(server, "nats-server -js");
            self.active = self.open_desk("you");
        }
        self.settle();
        // What was done to set the stage is not the learner's, and comes again by itself.
        self.journal.entries.clear();
        self.written_at = self.world.turns();
        self.hush();
    }

    /// Takes one thing that happens. `false` for a key that is not for the application.
    pub fn update(&mut self, msg: Msg) -> bool {
        let taken = self.take(msg);
        self.settle_by(Pace::Slice);
        self.speak_up();
        taken
    }

    /// When something will happen by itself, in the page's milliseconds.
    pub fn deadline(&self) -> Option<u64> {
        if self.amid {
            return Some(self.real);
        }
        let world = self.world.deadline().filter(|_| !self.held).map(|next| {
            let millis = next.nanos().div_ceil(NANOS_PER_MILLI);
            (millis + self.real_began).saturating_sub(self.options.now + self.skipped)
        });
        let guide = self.guide.as_ref().and_then(Guide::deadline);
        Some(world.into_iter().chain(guide).min()?.max(self.real))
    }

    /// The time in the world.
    pub fn now(&self) -> Time {
        self.world.clock().now()
    }

    /// What was done since the world began.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The same as it is to be kept, with how things stand now.
    pub fn saved(&self) -> Journal {
        let mut journal = self.journal.clone();
        journal.entries.push(Entry {
            at: self.age(),
            amid: None,
            act: Act::Select { terminal: self.active },
        });
        journal
    }

    /// Milliseconds since the world began.
    fn age(&self) -> u64 {
        (self.now().nanos() / NANOS_PER_MILLI).saturating_sub(self.journal.began)
    }

    /// Whether there is more to do at this moment, which the next messages will see done.
    pub fn is_amid(&self) -> bool {
        self.amid
    }

    /// Lets everything happen that can happen now, and looks at what came of it.
    fn settle(&mut self) {
        self.settle_by(Pace::Whole);
    }

    /// As far as it goes now. What is half done is not looked at, or it would matter where it paused.
    fn settle_by(&mut self, pace: Pace) {
        if self.go_on(pace) {
            self.look();
        }
    }

    /// Lets happen what can happen now. `false` where it paused before all of it had.
    fn go_on(&mut self, pace: Pace) -> bool {
        loop {
            self.amid = !self.take_turns(pace);
            if self.amid {
                self.desks.iter_mut().for_each(|desk| desk.session.show_front());
                return false;
            }
            let mut goes_on = false;
            for desk in &mut self.desks {
                goes_on |= desk.session.pump();
                for task in desk.session.take_tasks() {
                    self.world.spawn(task);
                    goes_on = true;
                }
            }
            goes_on |= self.run_pasted();
            if !goes_on {
                return true;
            }
        }
    }

    /// `false` where it paused before nobody had anything to do.
    fn take_turns(&self, pace: Pace) -> bool {
        loop {
            if matches!(pace, Pace::Turns(most) if self.world.turns() >= most) {
                return false;
            }
            if !self.world.step(&mut InOrder) {
                return true;
            }
            if matches!(pace, Pace::Slice) && (self.options.pause)() {
                return false;
            }
        }
    }

    /// Lets time pass in the world.
    pub fn advance(&mut self, time: Duration) {
        self.advance_to(self.now() + time, Pace::Whole);
    }

    /// Lets time pass, doing on the way whatever falls due. What is to be done at one moment takes none of it.
    fn advance_to(&mut self, until: Time, pace: Pace) {
        let mut last = None;
        while self.go_on(pace) {
            if last.is_some_and(|(_, was_due)| was_due) {
                self.look();
            }
            let due = self.world.deadline().filter(|due| *due <= until);
            if due.is_some() && self.world.effort() > self.patience {
                return;
            }
            let mut next = due.unwrap_or(until).max(self.now());
            if last.is_some_and(|(last, _)| last == next) {
                if due.is_none() || next >= until {
                    return;
                }
                // What is still overdue must not keep the clock from moving.
                next = next + MOMENT;
            }
            self.world.tick(next);
            last = Some((next, due.is_some()));
        }
    }
}

/// The least time that passes between two things that fall due by the clock.
const MOMENT: Duration = Duration::from_nanos(1);

fn first_lesson(language: Language) -> &'static LessonFile {
    let id = catalog::LESSONS[0][0].id;
    catalog::find(id, language).expect("every lesson is there in every language")
}
