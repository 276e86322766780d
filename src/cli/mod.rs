//! The `nats` command: the table of commands, the parser and the help pages that read it, and a file a command.

pub mod table;

pub mod area;
pub mod call;
pub mod context;
pub mod exit;
pub mod failure;
pub mod help;
pub mod log;
pub mod parse;
pub mod values;

pub mod command;
pub mod manager;
pub mod output;
pub mod prompt;
pub mod reference;
pub mod running_command;
pub mod template;
pub mod text;
pub mod trace;

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::base::files::absolute;
use crate::base::{Clock, Files, Ids, Link, LinkedText, Stdio, TimeZone};
use crate::client::Dial;
use call::Call;
use context::{Context, Contexts};
use exit::Exit;
use failure::Failure;
use parse::{ParseEnv, parse};
use reference::Reference;
use running_command::RunningCommand;

/// The environment of a command.
#[derive(Clone)]
pub struct Env {
    /// Opens connections to servers.
    pub dial: Rc<dyn Dial>,
    pub clock: Clock,
    pub ids: Ids,
    /// The environment variables.
    pub variables: BTreeMap<String, String>,
    /// The time zone of the times that are shown.
    pub zone: TimeZone,
    pub files: Files,
    /// The working folder.
    pub folder: String,
}

/// Runs `nats` with the words after its name, and gives its exit status.
pub async fn run(args: Vec<String>, env: Env, stdio: Stdio) -> i32 {
    let read_file = |name: &str| {
        let bytes = env.files.read(&absolute(&env.folder, name)).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    };
    let width = help_width(&env.variables, &stdio);
    let contexts = Contexts::new(&env.files, &env.folder, &env.variables);
    let load_context = |call: &Call| Context::of(call, &contexts);
    let parse_env =
        ParseEnv { variables: &env.variables, width, read_file: &read_file, context: &load_context };
    let call = match parse(&args, &parse_env) {
        Ok(call) => call,
        Err(exit) => return show(exit, &stdio),
    };
    let path = call.command.path;
    let Some(simulated) = command::find(path) else {
        return show(Exit::not_simulated(&format!("nats {path}")), &stdio);
    };
    let context = load_context(&call).unwrap_or_default();
    let cmd = RunningCommand::new(call, simulated.area, context, env, stdio.clone());
    let (message, cause) = match command::run(simulated, &cmd).await {
        Ok(()) => return 0,
        Err(Failure::Error { message, cause }) => (message, cause),
        Err(Failure::Misconfigured(message)) => (message, None),
        Err(Failure::NotSimulated(what)) => return show(Exit::not_simulated(&what), &stdio),
        Err(Failure::Status(status)) => return status,
        Err(Failure::Usage(message)) => {
            return show(Exit::usage(&message, help::page_of(path, width)), &stdio);
        }
    };
    let exit = Exit::error(message);
    let mut error = LinkedText::default();
    match cause {
        Some(cause) => {
            let failure = Reference::Failure(cmd.command_failure(cause));
            error.push_linked(&exit.stderr, &Link::new(failure));
        }
        None => error.push(&exit.stderr),
    }
    stdio.stderr.write_linked(&error);
    exit.status
}

/// The width of help pages in columns.
fn help_width(variables: &BTreeMap<String, String>, stdio: &Stdio) -> usize {
    let set = variables.get("COLUMNS").and_then(|columns| columns.parse().ok());
    set.or_else(|| stdio.stdout.terminal().map(|terminal| terminal.visible_columns())).unwrap_or(80)
}

fn show(exit: Exit, stdio: &Stdio) -> i32 {
    if exit.error_first {
        stdio.stderr.print(&exit.stderr);
        stdio.stdout.print(&exit.stdout);
    } else {
        stdio.stdout.print(&exit.stdout);
        stdio.stderr.print(&exit.stderr);
    }
    exit.status
}
