//! The simulated server on sockets: `nats-server`'s flags, configuration file, log and ports, with the server of the page
//! behind them. Only sockets, files, signals and the clock are here.

mod backpressure;
mod connection_history;
mod deadline;
mod log;
mod machine;
mod monitor;
mod outbox;
mod ports_file;
mod program;
mod program_state;
mod reload;
mod server_handle;
mod signal_command;
mod signals;
mod sockets;
mod store;
mod tester;

use std::process::ExitCode;
use std::rc::Rc;

use playground::nats_server::{Flags, Invocation, LogLine, ServerOptions, flags, read_options};
use playground::server::VERSION;
use tokio::task::LocalSet;

use crate::log::Log;
use crate::machine::{Machine, now, zone};
use crate::program::Program;

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_tester = arguments.first().is_some_and(|argument| argument == "--tester");
    if is_tester {
        arguments.remove(0);
    }
    let result = match flags::parse(&arguments) {
        Invocation::Start(flags) => start(*flags, is_tester),
        Invocation::Version => {
            println!("nats-server: v{VERSION}");
            Ok(ExitCode::SUCCESS)
        }
        Invocation::Help => {
            print!("{}", flags::USAGE);
            Ok(ExitCode::SUCCESS)
        }
        Invocation::HelpTls => Err("nats-server: the flag -help_tls is not simulated".to_owned()),
        Invocation::UsageError(error) => {
            eprintln!("{error}");
            print!("{}", flags::USAGE);
            Ok(ExitCode::SUCCESS)
        }
        Invocation::Error(error) => Err(error),
    };
    result.unwrap_or_else(|error| {
        eprintln!("{error}");
        ExitCode::FAILURE
    })
}

/// Does what the flags ask for. The error is for standard error.
fn start(flags: Flags, is_tester: bool) -> Result<ExitCode, String> {
    let named = |error: String| format!("nats-server: {error}");
    if let Some(command) = &flags.signal {
        return signal_command::send(command).map(|()| ExitCode::SUCCESS).map_err(named);
    }
    let path = flags.config.clone().unwrap_or_default();
    if flags.test_config && flags.config.is_none() {
        return Err(named(
            "must specify [-c, --config] option to check configuration file syntax".to_owned(),
        ));
    }
    let (options, digest) = read_options(&flags, &Machine, seed()).map_err(named)?;
    if flags.test_config {
        if !options.warnings.is_empty() {
            return Err(named(options.warnings.join("\n") + "\n"));
        }
        eprintln!("nats-server: configuration file {path} is valid ({digest})");
        return Ok(ExitCode::SUCCESS);
    }
    options.warnings.iter().for_each(|line| eprintln!("{line}"));
    run(Program { flags, digest, is_tester }, options)
}

/// What the server's identifiers are made from.
pub(crate) fn seed() -> u64 {
    now().nanos() ^ u64::from(std::process::id())
}

/// Runs the program until it is stopped. Once there is a log, errors go there.
fn run(program: Program, options: ServerOptions) -> Result<ExitCode, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| format!("nats-server: {error}"))?;
    let log = Log::open(&options).map_err(|error| {
        let time = now().civil(&zone()).strftime("%Y/%m/%d %H:%M:%S");
        format!("{time} error opening file: {error}")
    })?;
    let log = Rc::new(log);
    Ok(match LocalSet::new().block_on(&runtime, program.run(options, log.clone())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            log.line(&LogLine::fatal(error));
            ExitCode::FAILURE
        }
    })
}
