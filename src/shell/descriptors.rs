//! The streams from 3 on, and the standard streams as `exec` has left them.

use std::collections::BTreeMap;
use std::fmt;

use crate::base::{Out, Stdin, Stdio};

/// A stream with a number.
#[derive(Clone)]
pub(super) enum Descriptor {
    Read(Stdin),
    Write(Out),
}

/// The streams of a shell beside those that each command is given.
#[derive(Clone, Default)]
pub(super) struct Descriptors {
    /// From 3 on.
    others: BTreeMap<u32, Descriptor>,
    /// What `exec` has replaced: what is given, and what is used in its place.
    stdin: Option<(Stdin, Stdin)>,
    stdout: Option<(Out, Out)>,
    stderr: Option<(Out, Out)>,
}

impl fmt::Debug for Descriptors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.others.keys()).finish()
    }
}

impl Descriptors {
    /// Whether there is none, and `exec` has replaced none.
    pub(super) fn is_empty(&self) -> bool {
        self.others.is_empty() && self.stdin.is_none() && self.stdout.is_none() && self.stderr.is_none()
    }

    /// The stream of this number.
    pub(super) fn get(&self, number: u32, io: &Stdio) -> Option<Descriptor> {
        match number {
            0 => Some(Descriptor::Read(io.stdin.clone())),
            1 => Some(Descriptor::Write(io.stdout.clone())),
            2 => Some(Descriptor::Write(io.stderr.clone())),
            number => self.others.get(&number).cloned(),
        }
    }

    /// Opens a stream from 3 on, or closes it.
    pub(super) fn set(&mut self, number: u32, descriptor: Option<Descriptor>) {
        match descriptor {
            Some(descriptor) => _ = self.others.insert(number, descriptor),
            None => _ = self.others.remove(&number),
        }
    }

    /// Lets what follows use other standard streams.
    pub(super) fn replace(&mut self, before: &Stdio, after: &Stdio) {
        if !before.stdin.is_same(&after.stdin) {
            let given = self.stdin.take().map_or_else(|| before.stdin.clone(), |(given, _)| given);
            self.stdin = Some((given, after.stdin.clone()));
        }
        let pairs = [
            (&mut self.stdout, &before.stdout, &after.stdout),
            (&mut self.stderr, &before.stderr, &after.stderr),
        ];
        for (replaced, before, after) in pairs {
            if !before.is_same(after) {
                let given = replaced.take().map_or_else(|| before.clone(), |(given, _)| given);
                *replaced = Some((given, after.clone()));
            }
        }
    }

    /// The streams that are used in place of those that a command is given, if they are others.
    pub(super) fn used(&self, io: &Stdio) -> Option<Stdio> {
        if self.stdin.is_none() && self.stdout.is_none() && self.stderr.is_none() {
            return None;
        }
        let out = |replaced: &Option<(Out, Out)>, given: &Out| match replaced {
            Some((from, to)) if from.is_same(given) => to.clone(),
            _ => given.clone(),
        };
        let stdin = match &self.stdin {
            Some((from, to)) if from.is_same(&io.stdin) => to.clone(),
            _ => io.stdin.clone(),
        };
        Some(Stdio { stdin, stdout: out(&self.stdout, &io.stdout), stderr: out(&self.stderr, &io.stderr) })
    }
}
