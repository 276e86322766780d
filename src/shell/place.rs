//! Where a shell is in the line that it runs, for the moments at which that and its state are all that counts.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use super::moments::Moments;
use super::state::Shell;
use super::syntax::AndOrList;

/// A part of a line that runs. When it is dropped, what is inside of it has ended.
pub(super) struct Part<'a> {
    shell: &'a Shell,
    depth: usize,
}

impl Part<'_> {
    /// What has this number in this part runs now.
    pub(super) fn set(&self, number: usize) {
        self.set_hash(|hasher| number.hash(hasher));
    }

    /// The list of this number among some runs now.
    pub(super) fn set_list(&self, lists: &[AndOrList], number: usize) {
        self.set_hash(|hasher| {
            number.hash(hasher);
            lists.iter().for_each(|list| list.text.hash(hasher));
        });
    }

    fn set_hash(&self, hash_into: impl FnOnce(&mut DefaultHasher)) {
        if self.shell.moments.is_some() {
            let mut hasher = DefaultHasher::new();
            hash_into(&mut hasher);
            let mut state = self.shell.state_mut();
            state.place.truncate(self.depth);
            state.place.push(hasher.finish());
        }
    }
}

impl Drop for Part<'_> {
    fn drop(&mut self) {
        if self.shell.moments.is_some() {
            self.shell.state_mut().place.truncate(self.depth);
        }
    }
}

/// A command that is redirected runs: how far it has read there, the state does not hold.
pub(super) struct Redirected<'a>(&'a Shell);

impl Redirected<'_> {
    pub(super) fn around(shell: &Shell) -> Redirected<'_> {
        shell.state_mut().redirected += 1;
        Redirected(shell)
    }
}

impl Drop for Redirected<'_> {
    fn drop(&mut self) {
        self.0.state_mut().redirected -= 1;
    }
}

impl Shell {
    /// Notes moments from now on. Subshells do not.
    pub fn note_moments(&mut self) -> Moments {
        self.moments.get_or_insert_default().clone()
    }

    /// Another part of the line begins.
    pub(super) fn part(&self) -> Part<'_> {
        Part { shell: self, depth: self.state().place.len() }
    }

    /// This is such a moment, unless something runs beside, or reads on in what the state does not hold.
    pub(super) fn note_moment(&self) {
        let Some(moments) = &self.moments else { return };
        let state = self.state();
        let reads_no_more = state.redirected == 0 && state.descriptors.is_empty();
        if reads_no_more && self.jobs.background().is_empty() {
            let mut hasher = DefaultHasher::new();
            state.hash_into(&mut hasher);
            moments.note(self.machine.clock.now(), hasher.finish());
        }
    }
}
