//! What a program is, how it is started, and what it runs on.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use crate::base::files::absolute;
use crate::base::{Clock, FileError, Files, Ids, Interrupt, Meter, Stdio, TimeZone};

/// The exit status of a program; 0 is success.
pub type Status = i32;

/// Exit statuses after SIGINT, SIGPIPE and SIGTERM: 128 and the number of the signal.
pub const INTERRUPTED: Status = 130;
pub const PIPE_BROKEN: Status = 141;
pub const TERMINATED: Status = 143;

/// The status while Ctrl-Z has stopped it.
pub const STOPPED: Status = 148;

/// A program that runs, or will.
pub type Running = Pin<Box<dyn Future<Output = Status>>>;

/// What the programs of a terminal run on. Clones share it.
#[derive(Clone)]
pub struct Machine {
    pub clock: Clock,
    pub ids: Ids,
    pub zone: TimeZone,
    pub files: Files,
    /// What everything in the world costs.
    pub meter: Meter,
    /// The programs besides the small ones that are always there.
    pub installed: Rc<dyn Programs>,
}

/// How a program is started.
#[derive(Clone)]
pub struct Invocation {
    pub name: String,
    /// Without the name.
    pub args: Vec<String>,
    /// The exported variables.
    pub variables: BTreeMap<String, String>,
    /// The working folder, an absolute path.
    pub folder: String,
    pub stdio: Stdio,
    pub machine: Machine,
}

/// Programs that can be started.
pub trait Programs {
    /// Their names, each with a line that says what it is.
    fn names(&self) -> Vec<(&'static str, &'static str)>;

    /// Starts one; `None` if there is none of that name.
    fn start(&self, invocation: Invocation) -> Option<Running>;
}

/// A small program, as a row in the table of them.
pub struct Program {
    pub name: &'static str,
    /// What may follow the name.
    pub usage: &'static str,
    /// What it does.
    pub help: &'static str,
    pub(super) run: fn(Invocation) -> Running,
}

/// Why a program ends with an error: what it complains, and its status.
#[derive(Debug)]
pub(super) struct Complaint {
    pub text: String,
    pub status: Status,
}

/// How most small programs end.
pub(super) type Outcome = Result<Status, Complaint>;

impl Complaint {
    pub(super) fn new(text: impl Into<String>, status: Status) -> Complaint {
        Complaint { text: text.into(), status }
    }
}

impl From<Interrupt> for Complaint {
    fn from(_: Interrupt) -> Complaint {
        Complaint::new("", INTERRUPTED)
    }
}

/// How much is read of a device that has no end.
const DEVICE_BYTES: usize = 64 << 10;

impl Machine {
    /// What a device has to be read, as far as anybody reads it; `None` if there is none of that path.
    pub fn device(&self, path: &str) -> Option<Vec<u8>> {
        match path {
            "/dev/zero" => Some(vec![0; DEVICE_BYTES]),
            "/dev/urandom" | "/dev/random" => {
                Some((0..DEVICE_BYTES).map(|_| self.ids.below(256) as u8).collect())
            }
            _ => None,
        }
    }
}

impl Invocation {
    /// Complains in the program's name. Returns the status.
    pub(super) fn complain(&self, text: &str, status: Status) -> Status {
        self.stdio.stderr.line(&format!("{}: {text}", self.name));
        status
    }

    /// Turns a complaint into a message and a status.
    pub(super) fn end(&self, outcome: Outcome) -> Status {
        match outcome {
            Ok(status) => status,
            Err(Complaint { text, status }) if text.is_empty() => status,
            Err(Complaint { text, status }) => self.complain(&text, status),
        }
    }

    /// Starts another program with the same streams; `None` if there is none of that name.
    pub(super) fn start(&self, name: &str, args: &[String]) -> Option<Running> {
        let name = super::in_folder(name).unwrap_or(name).to_owned();
        super::start(Invocation { name, args: args.to_vec(), ..self.clone() })
    }

    /// The absolute path of a file that is named in an argument.
    pub(super) fn path(&self, name: &str) -> String {
        absolute(&self.folder, name)
    }

    /// What is read of a file, or of a device such as `/dev/urandom`.
    pub(super) fn read(&self, name: &str) -> Result<Vec<u8>, FileError> {
        match self.machine.device(&self.path(name)) {
            Some(bytes) => Ok(bytes),
            None => self.machine.files.read(&self.path(name)),
        }
    }

    /// The whole of a file, or of standard input for `-`.
    pub(super) async fn input(&self, name: &str) -> Result<Result<Vec<u8>, FileError>, Interrupt> {
        if name == "-" || name == "/dev/stdin" {
            return self.stdio.stdin.all().await.map(Ok);
        }
        Ok(match name {
            "" => Err(FileError::NotFound),
            name => self.read(name),
        })
    }
}

/// Lets other tasks run.
pub async fn yield_now() {
    let mut yielded = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut yielded, true) {
            return std::task::Poll::Ready(());
        }
        context.waker().wake_by_ref();
        std::task::Poll::Pending
    })
    .await;
}
