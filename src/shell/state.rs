//! The state of a running shell: variables, functions, options, jobs, the working folder.

use std::cell::{Ref, RefCell, RefMut};
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use super::descriptors::Descriptors;
use super::jobs::Jobs;
use super::list::{List, ListKey};
use super::moments::Moments;
use super::parse::Aliases;
use super::signal::Signal;
use super::syntax::Command;
use crate::base::files::HOME;
use crate::base::{Cost, Meter, Time};
use crate::programs::{Machine, Status};
use crate::term::history::History;

/// A shell, or a subshell of one. Clones share everything.
#[derive(Clone)]
pub struct Shell {
    pub machine: Machine,
    /// All jobs of the terminal, whichever subshell has started them.
    pub jobs: Jobs,
    /// Reads what somebody types, line by line: it does not end when a line does.
    pub(super) is_interactive: bool,
    /// Where moments are noted, if somebody wants to know them.
    pub(super) moments: Option<Moments>,
    state: Rc<RefCell<State>>,
}

/// The state that a subshell gets a copy of.
#[derive(Clone, Debug)]
pub struct State {
    meter: Meter,
    variables: BTreeMap<String, Variable>,
    pub(super) functions: BTreeMap<String, Rc<Held<Rc<Command>>>>,
    pub aliases: Aliases,
    pub(super) options: ShellOptions,
    /// `$0`
    pub(super) name: String,
    /// `$1` and so on.
    pub(super) positional: Vec<String>,
    /// For each function that runs, the variables that its `local` hides.
    pub(super) hidden: Vec<BTreeMap<String, Option<Variable>>>,
    /// The names of the functions that run.
    pub(super) running: Vec<String>,
    /// Subshells, and texts of `eval` and `source`, inside of which the running command is.
    pub(super) inside: usize,
    /// The working folder.
    pub folder: String,
    /// The commands of `trap`.
    pub(super) traps: BTreeMap<Signal, String>,
    /// A signal that the shell has sent itself.
    pub(super) pending_signal: Option<Signal>,
    /// Streams beside those that each command is given.
    pub(super) descriptors: Rc<Descriptors>,
    /// Where `getopts` is.
    pub(super) option_place: OptionPlace,
    /// `$?`
    pub status: Status,
    /// Loops around the running command.
    pub loop_depth: usize,
    /// Conditions around the running command: its failure is looked at, and so does not end the shell.
    pub(super) tested: usize,
    /// Where in its line the shell is: for each part around the running command a hash of what runs in it. Empty where no
    /// moments are noted.
    pub(super) place: Vec<u64>,
    /// Redirected commands around the running one.
    pub(super) redirected: usize,
    /// When the shell began.
    pub(super) began: Time,
    /// The source of the list that runs, for the list of jobs.
    pub(super) list_text: Rc<str>,
    /// Commands that have run.
    commands: u32,
    /// The terminal's history while a command runs, for the builtin.
    pub history: History,
}

/// The options of `set`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ShellOptions {
    /// `-e`
    pub exit_on_error: bool,
    /// `-u`
    pub unset_is_error: bool,
    /// `-o pipefail`
    pub pipefail: bool,
    /// `-x`
    pub trace: bool,
    /// `shopt -s nullglob`: a pattern for files that finds none is no word.
    pub nullglob: bool,
    /// `shopt -s extglob`: patterns have groups.
    pub extglob: bool,
}

/// Where `getopts` is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct OptionPlace {
    /// `$OPTIND` as it was set last; another one means that somebody has begun anew.
    pub index: usize,
    /// Bytes of the argument that were read.
    pub read: usize,
}

#[derive(Clone, Debug)]
pub(super) struct Variable {
    /// Shared by a shell and its subshells.
    value: Rc<Held<Value>>,
    pub exported: bool,
    pub readonly: bool,
    /// What is assigned is calculated.
    pub is_integer: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Value {
    Text(String),
    List(List),
}

impl Value {
    /// The value of the name alone: of a list its first item.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            Value::List(items) => items.get(&ListKey::Number(0)),
        }
    }

    /// Bytes that it takes.
    fn size(&self) -> u64 {
        match self {
            Value::Text(text) => text.len() as u64,
            Value::List(items) => items.text_size() as u64 + items.len() as u64 * ITEM_SIZE,
        }
    }
}

/// What a variable takes beside its value, and an item of a list, in bytes.
const VARIABLE_SIZE: u64 = 128;
const ITEM_SIZE: u64 = 64;

/// Something that a shell holds, which is paid for while it is there.
#[derive(Debug)]
pub(super) struct Held<T> {
    pub value: T,
    size: u64,
    meter: Meter,
}

impl<T> Held<T> {
    /// `None` if there is no room for it.
    pub(super) fn new(value: T, size: u64, meter: &Meter) -> Option<Rc<Held<T>>> {
        meter.spend(Cost::Held, size).then(|| Rc::new(Held { value, size, meter: meter.clone() }))
    }
}

impl<T> Drop for Held<T> {
    fn drop(&mut self) {
        self.meter.give_back(Cost::Held, self.size);
    }
}

impl Shell {
    /// A shell with these exported variables, on a machine that knows shells already.
    pub(super) fn bare(machine: Machine, jobs: Jobs, variables: &BTreeMap<String, String>) -> Shell {
        let state = State {
            meter: machine.meter.clone(),
            variables: BTreeMap::new(),
            functions: BTreeMap::new(),
            aliases: Aliases::new(),
            options: ShellOptions::default(),
            name: "bash".to_owned(),
            positional: Vec::new(),
            hidden: Vec::new(),
            running: Vec::new(),
            inside: 0,
            folder: HOME.to_owned(),
            traps: BTreeMap::new(),
            pending_signal: None,
            descriptors: Rc::default(),
            option_place: OptionPlace::default(),
            status: 0,
            loop_depth: 0,
            tested: 0,
            place: Vec::new(),
            redirected: 0,
            began: machine.clock.now(),
            list_text: "".into(),
            commands: 0,
            history: History::default(),
        };
        let state = Rc::new(RefCell::new(state));
        let shell = Shell { machine, jobs, is_interactive: true, moments: None, state };
        for (name, value) in variables {
            if shell.state_mut().set(name, value) {
                shell.state_mut().export(name);
            }
        }
        shell
    }

    /// A shell with a copy of the state, so that its changes do not reach this one.
    pub fn subshell(&self) -> Shell {
        let mut state = self.state().clone();
        self.machine.meter.spend(Cost::Bytes, state.variables.len() as u64 * VARIABLE_SIZE);
        state.traps.clear();
        state.history = History::default();
        state.loop_depth = 0;
        state.inside += 1;
        let state = Rc::new(RefCell::new(state));
        Shell { state, is_interactive: false, moments: None, ..self.clone() }
    }

    /// All variables.
    pub(super) fn all_variables(&self) -> BTreeMap<String, String> {
        let all = self.state().all();
        self.machine
            .meter
            .spend(Cost::Bytes, all.values().map(|value| value.len() as u64 + VARIABLE_SIZE).sum());
        all
    }

    /// The exported variables, as a program gets them.
    pub(super) fn environment(&self) -> BTreeMap<String, String> {
        let exported = self.state().exported();
        self.machine
            .meter
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
        self.variables.get(name)?.value.value.text()
    }

    /// The list of this name; another variable is one with a single item.
    pub(super) fn list(&self, name: &str) -> List {
        if name == "FUNCNAME" {
            return List::from(self.running.iter().rev().cloned().collect::<Vec<String>>());
        }
        match self.variables.get(name).map(|variable| &variable.value.value) {
            Some(Value::Text(text)) => List::from(vec![text.clone()]),
            Some(Value::List(items)) => items.clone(),
            None => List::empty(false),
        }
    }

    /// What makes a variable as it is, as `declare -p` prints it.
    pub(super) fn declaration(&self, name: &str) -> Option<String> {
        let Variable { value, exported, readonly, is_integer } = self.variables.get(name)?;
        let quoted = |text: &str| {
            let escaped =
                |char: char| if "\"\\$`".contains(char) { format!("\\{char}") } else { char.to_string() };
            format!("\"{}\"", text.chars().map(escaped).collect::<String>())
        };
        let (kind, value) = match &value.value {
            Value::Text(text) => ("", quoted(text)),
            Value::List(list) => {
                let items = list.keys().into_iter().zip(list.values());
                let items: Vec<String> =
                    items.map(|(key, item)| format!("[{key}]={}", quoted(&item))).collect();
                let (kind, blank) = if list.is_named() { ("A", " ") } else { ("a", "") };
                (kind, format!("({}{blank})", items.join(" ")))
            }
        };
        let mut letters = kind.to_owned();
        for (is_set, letter) in [(is_integer, 'i'), (readonly, 'r'), (exported, 'x')] {
            letters.extend(is_set.then_some(letter));
        }
        let letters = if letters.is_empty() { "-" } else { &letters };
        Some(format!("declare -{letters} {name}={value}"))
    }

    /// Whether a variable is a list by name.
    pub(super) fn is_named_list(&self, name: &str) -> bool {
        let value = self.variables.get(name).map(|variable| &variable.value.value);
        matches!(value, Some(Value::List(list)) if list.is_named())
    }

    /// Sets a variable, which stays exported if it was. `false` if there is no room for it.
    #[must_use]
    pub fn set(&mut self, name: &str, value: &str) -> bool {
        self.put(name, Value::Text(value.to_owned()))
    }

    #[must_use]
    pub(super) fn put(&mut self, name: &str, value: Value) -> bool {
        let size = value.size() + VARIABLE_SIZE;
        let is_paid = self.meter.spend(Cost::Bytes, size);
        let Some(value) = Held::new(value, size, &self.meter).filter(|_| is_paid) else { return false };
        match self.variables.get_mut(name) {
            Some(variable) => variable.value = value,
            None => {
                let variable = Variable { value, exported: false, readonly: false, is_integer: false };
                self.variables.insert(name.to_owned(), variable);
            }
        }
        true
    }

    /// `declare -i`
    pub(super) fn make_integer(&mut self, name: &str) {
        if self.variables.contains_key(name) || self.set(name, "") {
            self.variables.get_mut(name).into_iter().for_each(|variable| variable.is_integer = true);
        }
    }

    pub(super) fn is_integer(&self, name: &str) -> bool {
        self.variables.get(name).is_some_and(|variable| variable.is_integer)
    }

    /// Defines a function whose syntax tree takes so many bytes. `false` if there is no room for it.
    #[must_use]
    pub(super) fn define(&mut self, name: &str, body: &Rc<Command>, size: u64) -> bool {
        let held = Held::new(body.clone(), size, &self.meter);
        held.map(|held| self.functions.insert(name.to_owned(), held)).is_some()
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

    pub(super) fn make_readonly(&mut self, name: &str) {
        if let Some(variable) = self.variables.get_mut(name) {
            variable.readonly = true;
        }
    }

    pub(super) fn is_readonly(&self, name: &str) -> bool {
        self.variables.get(name).is_some_and(|variable| variable.readonly)
    }

    /// Hides a variable until the running function ends. `false` outside of functions.
    pub(super) fn hide(&mut self, name: &str) -> bool {
        let Some(hidden) = self.hidden.last_mut() else { return false };
        if !hidden.contains_key(name) {
            hidden.insert(name.to_owned(), self.variables.remove(name));
        }
        true
    }

    /// Ends a function: what it hid is there again.
    pub(super) fn unhide(&mut self) {
        for (name, variable) in self.hidden.pop().unwrap_or_default() {
            self.give_back(&name, variable);
        }
    }

    /// Takes a variable away for a while.
    pub(super) fn take(&mut self, name: &str) -> Option<Variable> {
        self.variables.remove(name)
    }

    /// Puts a variable back, or removes what is there now.
    pub(super) fn give_back(&mut self, name: &str, variable: Option<Variable>) {
        match variable {
            Some(variable) => _ = self.variables.insert(name.to_owned(), variable),
            None => _ = self.variables.remove(name),
        }
    }

    /// Counts a command. Returns how many have run, modulo 2^32.
    pub fn count_command(&mut self) -> u32 {
        self.commands = self.commands.wrapping_add(1);
        self.commands
    }

    /// All that the shell's next commands may depend on, except for its history.
    pub(super) fn hash_into(&self, hasher: &mut impl Hasher) {
        for (name, variable) in &self.variables {
            let value = format!("{:?}", variable.value.value);
            (name, value, variable.exported, variable.readonly, variable.is_integer).hash(hasher);
        }
        for (name, body) in &self.functions {
            (name, format!("{:?}", body.value)).hash(hasher);
        }
        let options = (&self.aliases, &self.options, &self.option_place);
        format!("{options:?} {:?}", self.hidden).hash(hasher);
        (&self.name, &self.positional, &self.running, &self.folder).hash(hasher);
        (&self.traps, &self.pending_signal, self.status, self.loop_depth, self.tested).hash(hasher);
        (&self.place, self.inside).hash(hasher);
    }

    /// All variables.
    pub fn all(&self) -> BTreeMap<String, String> {
        let text = |variable: &Variable| variable.value.value.text().unwrap_or_default().to_owned();
        self.variables.iter().map(|(name, variable)| (name.clone(), text(variable))).collect()
    }

    /// The exported variables.
    pub fn exported(&self) -> BTreeMap<String, String> {
        let exported = self.variables.iter().filter(|(_, variable)| variable.exported);
        let text = |variable: &Variable| variable.value.value.text().unwrap_or_default().to_owned();
        exported.map(|(name, variable)| (name.clone(), text(variable))).collect()
    }
}
