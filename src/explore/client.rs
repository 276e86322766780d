//! A client of a scenario: a shell that runs its lines in order, the connections that it has opened, what it has heard, and
//! where it is inside of sections.

use std::cell::RefCell;
use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeSet, VecDeque};
use std::future::poll_fn;
use std::hash::{Hash, Hasher};
use std::rc::Rc;
use std::task::{Poll, Waker};

use super::fault::FaultKind;
use super::scenario::ScriptLine;
use crate::app::programs::ProgramTable;
use crate::base::pty::{COLUMNS, ScreenOutput};
use crate::base::{Files, Ids, Stdio, Terminal, Time, TimeZone};
use crate::programs::{Invocation, Programs, Running, Status};
use crate::server::ConnId;
use crate::shell::moments::Moments;
use crate::shell::{Shell, run};
use crate::sim::{TaskId, World};

/// A client while an order is played.
pub(super) struct Client {
    shell: Shell,
    moments: Moments,
    output: ScreenOutput,
    lines: VecDeque<ScriptLine>,
    /// The line that runs, or ran last.
    pub(super) line: Option<ScriptLine>,
    pub(super) tasks: BTreeSet<TaskId>,
    opened: Rc<RefCell<Vec<Opened>>>,
    pub(super) sections: Rc<RefCell<Sections>>,
    heard: Heard,
    /// Of the last line that has ended.
    pub(super) status: Option<Status>,
    pub(super) is_dead: bool,
    /// Until when it sends and hears nothing.
    pub(super) paused: Option<Time>,
    /// The faults that may still strike.
    pub(super) faults: Vec<FaultKind>,
}

/// A connection, and the arguments of the `nats` that opened it.
#[derive(Clone)]
pub(super) struct Opened {
    pub(super) connection: ConnId,
    pub(super) args: Rc<[String]>,
}

/// The sections of a scenario that a client is inside of, and where it has just entered one.
#[derive(Default)]
pub(super) struct Sections {
    pub(super) inside: BTreeSet<String>,
    /// What it has entered and left since somebody looked: the name, and whether it was entered.
    pub(super) news: Vec<(String, bool)>,
    /// It stands behind an `enter` until it is told to go on.
    waiting: Option<Waker>,
}

/// What a client has heard since the last moment at which its state is plain.
#[derive(Default)]
struct Heard {
    moment: u64,
    hash: u64,
}

impl Client {
    pub(super) fn new(world: &World, name: &str, number: u64, lines: &[ScriptLine]) -> Client {
        let files = Files::new(world.clock(), world.meter());
        let (opened, sections) = (Rc::<RefCell<Vec<Opened>>>::default(), Rc::<RefCell<Sections>>::default());
        let opening = opened.clone();
        let nats = ProgramTable {
            world: world.clone(),
            zone: TimeZone::UTC,
            ids: Ids::new(number),
            on_open: Rc::new(move |connection, args| {
                opening.borrow_mut().push(Opened { connection, args: args.into() });
            }),
        };
        let marks = sections.clone();
        let mut shell = nats.shell(name, files, |nats| Rc::new(WithSections { nats, sections: marks }));
        Client {
            moments: shell.note_moments(),
            output: ScreenOutput::new(world.meter()),
            shell,
            lines: lines.iter().cloned().collect(),
            line: None,
            tasks: BTreeSet::new(),
            opened,
            sections,
            heard: Heard::default(),
            status: None,
            is_dead: false,
            paused: None,
            faults: Vec::new(),
        }
    }

    /// Whether it has run all of its lines, or never will.
    pub(super) fn has_ended(&self) -> bool {
        self.is_dead || self.is_idle() && self.lines.is_empty()
    }

    pub(super) fn is_idle(&self) -> bool {
        self.shell.jobs.foreground().is_none()
    }

    pub(super) fn may_act(&self) -> bool {
        !self.is_dead && self.paused.is_none()
    }

    /// Starts its next line if it has none that runs, and gives what it has started to the world. Returns whether it has.
    pub(super) fn go_on(&mut self, world: &World) -> bool {
        for (_, status) in self.shell.jobs.take_ended().into_iter().filter(|(job, _)| job.number == 0) {
            self.status = Some(status);
        }
        if self.may_act()
            && self.is_idle()
            && let Some(line) = self.lines.pop_front()
        {
            let terminal = Terminal::sharing(COLUMNS, &self.output);
            let (shell, text, stdio) = (self.shell.clone(), line.text.clone(), Stdio::on(&terminal));
            let running = Box::pin(async move { run::run(&text, &shell, stdio).await });
            self.shell.jobs.start_foreground(&line.text, &terminal, running);
            self.line = Some(line);
        }
        let tasks = self.shell.jobs.take_new_tasks();
        let has_started = !tasks.is_empty();
        self.tasks.extend(tasks.into_iter().map(|task| world.spawn(task)));
        has_started
    }

    /// What it has printed since the last call.
    pub(super) fn take_output(&self) -> String {
        String::from_utf8_lossy(self.output.take().bytes()).into_owned()
    }

    /// Its connections, in the order in which they were opened.
    pub(super) fn connections(&self) -> Vec<Opened> {
        self.opened.borrow().clone()
    }

    /// Forgets connections that are closed.
    pub(super) fn keep_connections(&self, is_open: impl Fn(ConnId) -> bool) {
        self.opened.borrow_mut().retain(|opened| is_open(opened.connection));
    }

    /// Whether it stands behind an `enter`.
    pub(super) fn is_in_front_of_section(&self) -> bool {
        self.sections.borrow().waiting.is_some()
    }

    /// Lets it go on behind an `enter`.
    pub(super) fn pass(&self) {
        let waiting = self.sections.borrow_mut().waiting.take();
        waiting.into_iter().for_each(Waker::wake);
    }

    /// Ends all that it does.
    pub(super) fn die(&mut self) {
        self.is_dead = true;
        self.lines.clear();
        let jobs = self.shell.jobs.background().into_iter().chain(self.shell.jobs.foreground());
        jobs.for_each(|job| job.kill(137));
        *self.sections.borrow_mut() = Sections::default();
    }

    /// Notes what it hears on its connection of this number.
    pub(super) fn hear(&mut self, connection: usize, bytes: &[u8], now: Time) {
        let moment = self.moments.last().number;
        if self.heard.moment != moment {
            self.heard = Heard { moment, hash: 0 };
        }
        let since = now.since(self.moments.last().time).as_nanos();
        let mut hasher = DefaultHasher::new();
        (self.heard.hash, connection, bytes, since).hash(&mut hasher);
        self.heard.hash = hasher.finish();
    }

    /// What its next acts depend on, except for what is on its connections.
    /// `until` says how a time is told.
    pub(super) fn hash_into(&self, until: impl Fn(Time) -> u64, hasher: &mut impl Hasher) {
        let sections = self.sections.borrow();
        (self.has_ended(), self.is_dead, self.status, &sections.inside).hash(hasher);
        if self.has_ended() {
            return;
        }
        let moment = self.moments.last();
        let heard = if self.heard.moment == moment.number { self.heard.hash } else { 0 };
        (moment.state, until(moment.time), heard, self.lines.len()).hash(hasher);
        (self.paused.map(until), &self.faults, sections.waiting.is_some()).hash(hasher);
    }
}

/// The programs of a terminal, and the marks of a scenario.
struct WithSections {
    nats: ProgramTable,
    sections: Rc<RefCell<Sections>>,
}

impl Programs for WithSections {
    fn names(&self) -> Vec<(&'static str, &'static str)> {
        self.nats.names()
    }

    fn start(&self, invocation: Invocation) -> Option<Running> {
        let name = invocation.args.first().cloned().unwrap_or_default();
        match invocation.name.as_str() {
            "enter" => Some(Box::pin(enter(self.sections.clone(), name))),
            "leave" => {
                let mut sections = self.sections.borrow_mut();
                let was_inside = sections.inside.remove(&name);
                if was_inside {
                    sections.news.push((name, false));
                }
                Some(Box::pin(std::future::ready(i32::from(!was_inside))))
            }
            _ => self.nats.start(invocation),
        }
    }
}

/// Enters a section, and waits until others had the chance to do something meanwhile.
async fn enter(sections: Rc<RefCell<Sections>>, name: String) -> Status {
    let mut has_entered = false;
    poll_fn(|context| {
        let mut sections = sections.borrow_mut();
        if !std::mem::replace(&mut has_entered, true) {
            sections.inside.insert(name.clone());
            sections.news.push((name.clone(), true));
            sections.waiting = Some(context.waker().clone());
            return Poll::Pending;
        }
        if sections.waiting.is_some() { Poll::Pending } else { Poll::Ready(0) }
    })
    .await
}
