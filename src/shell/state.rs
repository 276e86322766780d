//! The state of a running shell: variables, programs, jobs, the clock.

use std::cell::{Ref, RefCell, RefMut};
use std::rc::Rc;

use super::jobs::Jobs;
use super::program::{Programs, Status};
use crate::base::{Clock, Map};
use crate::term::history::History;

/// A shell, or a subshell of one: clones share everything.
#[derive(Clone)]
pub struct Shell {
    pub programs: Rc<dyn Programs>,
    pub clock: Clock,
    /// Those of the terminal, whichever subshell has started them.
    pub jobs: Jobs,
    state: Rc<RefCell<State>>,
}

/// What a subshell has a copy of.
#[derive(Clone, Debug, Default)]
pub struct State {
    vars: Map<String, Variable>,
    /// `$?`
    pub status: Status,
    /// How many loops the command is in.
    pub loops: usize,
    /// How many commands have run.
    commands: u32,
    /// Commands before this one, while it runs, for `history`.
    pub history: History,
}

#[derive(Clone, Debug)]
struct Variable {
    value: String,
    exported: bool,
}

impl Shell {
    /// A shell whose variables are exported to the programs.
    pub fn new(programs: Rc<dyn Programs>, clock: Clock, vars: &Map<String, String>) -> Shell {
        let shell = Shell { programs, clock, jobs: Jobs::default(), state: Rc::default() };
        for (name, value) in vars {
            shell.state_mut().set(name, value);
            shell.state_mut().export(name);
        }
        shell
    }

    /// A shell with a copy of the variables: what it changes does not reach this one.
    pub fn subshell(&self) -> Shell {
        let state = Rc::new(RefCell::new(self.state().clone()));
        Shell { state, ..self.clone() }
    }

    pub fn state(&self) -> Ref<'_, State> {
        self.state.borrow()
    }

    pub fn state_mut(&self) -> RefMut<'_, State> {
        self.state.borrow_mut()
    }
}

impl State {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.vars.get(name).map(|variable| variable.value.as_str())
    }

    /// Gives a variable a value; it stays exported if it was.
    pub fn set(&mut self, name: &str, value: &str) {
        let exported = self.vars.get(name).is_some_and(|variable| variable.exported);
        self.vars.insert(name.to_owned(), Variable { value: value.to_owned(), exported });
    }

    pub fn unset(&mut self, name: &str) {
        self.vars.remove(name);
    }

    /// Lets programs see a variable.
    pub fn export(&mut self, name: &str) {
        if let Some(variable) = self.vars.get_mut(name) {
            variable.exported = true;
        }
    }

    /// Counts a command that runs now; tells how many have.
    pub fn count_command(&mut self) -> u32 {
        self.commands = self.commands.wrapping_add(1);
        self.commands
    }

    /// All variables.
    pub fn all(&self) -> Map<String, String> {
        self.vars.iter().map(|(name, variable)| (name.clone(), variable.value.clone())).collect()
    }

    /// Those that programs see.
    pub fn exported(&self) -> Map<String, String> {
        let exported = self.vars.iter().filter(|(_, variable)| variable.exported);
        exported.map(|(name, variable)| (name.clone(), variable.value.clone())).collect()
    }
}
