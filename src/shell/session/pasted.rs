//! Commands picked out of a paste, which wait to be run one after the other.

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastedList {
    pub commands: Vec<String>,
    /// The index of the next one.
    pub next: usize,
    /// They run by themselves, one after the other.
    pub running: bool,
}

impl PastedList {
    pub(super) fn new(commands: Vec<String>) -> PastedList {
        PastedList { commands, next: 0, running: false }
    }

    /// Takes the next command.
    pub(super) fn step(&mut self) -> Option<String> {
        let command = self.commands.get(self.next).cloned();
        self.next += 1;
        command
    }

    pub(super) fn is_over(&self) -> bool {
        self.next >= self.commands.len()
    }
}
