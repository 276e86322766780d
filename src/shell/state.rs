//! The state of a running shell: variables, programs, jobs, the clock.

use std::cell::{Ref, RefCell, RefMut};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::jobs::Jobs;
use super::program::{Programs, Status};
use crate::base::{Clock, Cost, Meter};
use crate::term::history::History;

/// What a variable takes beside its value, in bytes.
const VARIABLE_SIZE: u64 = 128;

/// The value of a variable, which a shell and its subshells share.
#[derive(Debug)]
pub struct Value {
    text: String,
    meter: Meter,
}

impl Value {
    /// `None` if there is no room for it.
    pub fn new(text: &str, meter: &Meter) -> Option<Value> {
        let fits = meter.spend(Cost::Held, text.len() as u64 + VARIABLE_SIZE);
        fits.then(|| Value { text: text.to_owned(), meter: meter.clone() })
    }
}

impl Drop for Value {
    fn drop(&mut self) {
        self.meter.give_back(Cost::Held, self.text.len() as u64 + VARIABLE_SIZE);
    }
}

/// A shell, or a subshell of one. Clones share everything.
#[derive(Clone)]
pub struct Shell {
    pub programs: Rc<dyn Programs>,
    pub clock: Clock,
    /// What everything in the shell's world costs.
    pub meter: Meter,
    /// All jobs of the terminal, whichever subshell has started them.
    pub jobs: Jobs,
    state: Rc<RefCell<State>>,
}

/// The state that a subshell gets a copy of.
#[derive(Clone, Debug, Default)]
pub struct State {
    variables: BTreeMap<String, Variable>,
    /// `$?`
    pub status: Status,
    /// Loops around the running command.
    pub loop_depth: usize,
    /// Commands that have run.
    commands: u32,
    /// The terminal's history while a command runs, for the builtin.
    pub history: History,
}

#[derive(Clone, Debug)]
struct Variable {
    value: Rc<Value>,
    exported: bool,
}

impl Shell {
    /// A shell with these exported variables.
    pub fn new(
        programs: Rc<dyn Programs>,
        clock: Clock,
        meter: Meter,
        variables: &BTreeMap<String, String>,
    ) -> Shell {
        let jobs = Jobs::new(&meter);
        let shell = Shell { programs, clock, meter, jobs, state: Rc::default() };
        for (name, value) in variables {
            if let Some(value) = Value::new(value, &shell.meter) {
                shell.state_mut().set(name, value);
                shell.state_mut().export(name);
            }
        }
        shell
    }

    /// A shell with a copy of the state, so that its changes do not reach this one.
    pub fn subshell(&self) -> Shell {
        self.meter.spend(Cost::Bytes, self.state().variables.len() as u64 * VARIABLE_SIZE);
        let state = Rc::new(RefCell::new(self.state().clone()));
        Shell { state, ..self.clone() }
    }

    /// All variables.
    pub(super) fn all_variables(&self) -> BTreeMap<String, String> {
        let all = self.state().all();
        self.meter.spend(Cost::Bytes, all.values().map(|value| value.len() as u64 + VARIABLE_SIZE).sum());
        all
    }

    /// The exported variables, as a program gets them.
    pub(super) fn environment(&self) -> BTreeMap<String, String> {
        let exported = self.state().exported();
        self.meter
            .spend(Cost::Bytes, exported.values().map(|value| value.len() as u64 + VARIABLE_SIZE).sum());
        exported
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
        self.variables.get(name).map(|variable| variable.value.text.as_str())
    }

    /// Sets a variable, which stays exported if it was.
    pub fn set(&mut self, name: &str, value: Value) {
        let exported = self.variables.get(name).is_some_and(|variable| variable.exported);
        self.variables.insert(name.to_owned(), Variable { value: Rc::new(value), exported });
    }

    pub fn unset(&mut self, name: &str) {
        self.variables.remove(name);
    }

    /// Exports a variable to programs.
    pub fn export(&mut self, name: &str) {
        if let Some(variable) = self.variables.get_mut(name) {
            variable.exported = true;
        }
    }

    /// Counts a command. Returns how many have run, modulo 2^32.
    pub fn count_command(&mut self) -> u32 {
        self.commands = self.commands.wrapping_add(1);
        self.commands
    }

    /// All variables.
    pub fn all(&self) -> BTreeMap<String, String> {
        self.variables.iter().map(|(name, variable)| (name.clone(), variable.value.text.clone())).collect()
    }

    /// The exported variables.
    pub fn exported(&self) -> BTreeMap<String, String> {
        let exported = self.variables.iter().filter(|(_, variable)| variable.exported);
        exported.map(|(name, variable)| (name.clone(), variable.value.text.clone())).collect()
    }
}
