//! Drives the application step by step, without a page: for the player of transcripts.

use super::{App, HOST, Options, TerminalId};
use crate::base::Time;
use crate::server::Config;
use crate::server::config::JetStreamConfig;
use crate::shell::session::Session;
use std::collections::BTreeMap;

use super::terminals::TerminalSession;

impl App {
    /// An application without terminals and servers.
    pub fn bare(options: Options) -> App {
        App::empty(options, BTreeMap::new())
    }

    /// Starts a server with JetStream, in no terminal.
    pub fn start_server(&mut self) {
        let world = self.simulation.world();
        let config = Config {
            seed: world.ids().below(u64::MAX),
            host: "127.0.0.1".to_owned(),
            jetstream: Some(JetStreamConfig::default()),
            ..Config::default()
        };
        world.start_server(HOST, "", config).expect("nobody else listens in a new world");
    }

    /// The terminal of this name, which is opened if there is none.
    pub fn find_or_open(&mut self, name: &str) -> TerminalId {
        self.terminal_named(name)
    }

    pub fn set_columns(&mut self, columns: usize) {
        self.terminals.set_columns(columns);
    }

    pub fn type_line(&mut self, terminal: TerminalId, line: &str) {
        self.submit(terminal, line);
        self.settle();
    }

    pub fn press_interrupt(&mut self, terminal: TerminalId) {
        self.interrupt(terminal);
        self.settle();
    }

    /// Ends whatever runs in a terminal.
    pub fn end_programs(&mut self, terminal: TerminalId) {
        self.terminals.with_session(terminal, Session::close);
        self.settle();
    }

    /// Whether a command runs in front.
    pub fn is_busy(&self, terminal: TerminalId) -> bool {
        self.terminals.get(terminal).is_some_and(TerminalSession::is_busy)
    }

    /// The status of the last command, if none runs.
    pub fn status(&self, terminal: TerminalId) -> Option<i32> {
        let terminal = self.terminals.get(terminal)?;
        (!terminal.is_busy()).then(|| terminal.session.status())
    }

    /// What the command in front asks.
    pub fn question(&self, terminal: TerminalId) -> Option<String> {
        self.terminals.get(terminal)?.question()
    }

    /// When something will happen by itself in the world.
    pub fn next_due(&self) -> Option<Time> {
        self.simulation.world().deadline()
    }
}
