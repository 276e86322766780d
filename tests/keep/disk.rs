//! A storage that keeps what it says it keeps, and fails now and then.

use std::collections::BTreeMap;

use playground::app::journal::Journal;
use playground::base::Rng;
use playground::keep::{
    HEAD_SHOWN, LocalCommand, Refusal, SandboxId, SmallValue, StorageAnswer, StorageCommand, StoredSandbox,
};

/// What all tabs share.
#[derive(Default)]
pub(crate) struct Disk {
    pub(crate) sandboxes: BTreeMap<SandboxId, (String, BTreeMap<u64, String>)>,
    /// The small storage.
    pub(crate) small: BTreeMap<String, String>,
    /// What was deleted.
    pub(crate) deleted: Vec<(String, BTreeMap<u64, String>)>,
    /// Worlds that were meant to go, since they were deleted or begun again: the id and the begin of the journal.
    pub(crate) gone: Vec<(SandboxId, Option<String>)>,
}

/// How a command ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Honest,
    /// It is refused, and not done.
    Refused(Refusal),
    /// It is done, and said to be refused.
    DoneInSecret,
    /// It is done, and the answer never comes.
    Unanswered,
    /// It is not done, and no answer comes.
    Lost,
}

impl Fate {
    /// One of so many commands does not end well.
    pub(crate) fn draw(rng: &mut Rng, one_of: u64) -> Fate {
        if rng.below(one_of) > 0 {
            return Fate::Honest;
        }
        match rng.below(5) {
            0 => Fate::Refused(Refusal::Full),
            1 => Fate::Refused(Refusal::Failed),
            2 => Fate::DoneInSecret,
            3 => Fate::Unanswered,
            _ => Fate::Lost,
        }
    }
}

impl Disk {
    pub(crate) fn execute(&mut self, command: &StorageCommand, fate: Fate) -> Option<StorageAnswer> {
        match fate {
            Fate::Honest => Some(self.act(command)),
            Fate::Refused(why) => Some(StorageAnswer::Refused(why)),
            Fate::DoneInSecret => {
                self.act(command);
                Some(StorageAnswer::Refused(Refusal::Failed))
            }
            Fate::Unanswered => {
                self.act(command);
                None
            }
            Fate::Lost => None,
        }
    }

    fn act(&mut self, command: &StorageCommand) -> StorageAnswer {
        match command {
            StorageCommand::List => {
                let heads = self
                    .sandboxes
                    .iter()
                    .map(|(id, (head, _))| (*id, head.chars().take(HEAD_SHOWN).collect()));
                StorageAnswer::Listed(heads.collect())
            }
            StorageCommand::Read { id } => StorageAnswer::Found(self.stored(*id)),
            StorageCommand::Write(write) => {
                let there = self.sandboxes.get(&write.id).map(|(head, _)| head.clone());
                if there != write.over {
                    return StorageAnswer::Conflict(there);
                }
                let (head, parts) = self.sandboxes.entry(write.id).or_default();
                if let (Some(before), Some(now)) = (world_of(head), world_of(&write.head))
                    && before != now
                {
                    self.gone.push((write.id, Some(before)));
                }
                head.clone_from(&write.head);
                parts.retain(|number, _| !write.forget.contains(number));
                for (number, text) in &write.parts {
                    let before = parts.insert(*number, text.clone());
                    assert_eq!(before, None, "no part is ever written over");
                }
                StorageAnswer::Written
            }
            StorageCommand::Delete { id } => {
                let stored = self.stored(*id);
                self.deleted.extend(self.sandboxes.remove(id));
                self.gone.push((*id, None));
                StorageAnswer::Found(stored)
            }
        }
    }

    fn stored(&self, id: SandboxId) -> Option<StoredSandbox> {
        let (head, parts) = self.sandboxes.get(&id)?;
        let parts = parts.iter().map(|(number, text)| (*number, text.clone())).collect();
        Some(StoredSandbox { head: head.clone(), parts })
    }

    /// `false` if it could not be done.
    pub(crate) fn act_at_once(&mut self, command: &LocalCommand, fails: bool) -> bool {
        match command {
            LocalCommand::Put(_) if fails => return false,
            LocalCommand::Put(SmallValue { key, value }) => _ = self.small.insert(key.clone(), value.clone()),
            LocalCommand::Remove(SmallValue { key, value }) => {
                if self.small.get(key) == Some(value) {
                    self.small.remove(key);
                }
            }
        }
        true
    }
}

/// What tells worlds apart: the first line of a journal, without the version of its format.
pub(crate) fn world(journal: &Journal) -> String {
    let head = journal.write_head();
    head.splitn(3, ' ').nth(2).unwrap_or_default().to_owned()
}

fn world_of(head: &str) -> Option<String> {
    let line = head.lines().nth(1)?;
    Some(world(&Journal::salvage(line).ok()?.journal))
}
