//! Keeps one world in its sandbox: finds what is to be added, writes over nothing but what it wrote itself, and makes a
//! copy where somebody else has written.

use std::ops::Range;

use super::effect::KeepNotice;
use super::head::Head;
use super::storage::{Refusal, SandboxId, SmallValue, StorageAnswer, StorageWrite, Ticket};
use super::tail;
use super::world_text::{World, WorldText, is_same_world};

/// What the writer knows to be in the storage, or may be there.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    /// The head to the letter, and what it says.
    pub(super) text: String,
    pub(super) head: Head,
    /// It cannot be added to, but has to be written anew.
    pub(super) is_closed: bool,
}

/// What was written is not acknowledged yet.
#[derive(Clone, Debug)]
struct Sent {
    ticket: Ticket,
    stored: Stored,
    /// It has new acts or a new name, not only how things stand.
    is_work: bool,
    /// When it was sent, by the keeper's time.
    at: u64,
}

/// When something was told that may have to be told again.
#[derive(Clone, Copy, Debug)]
struct Told {
    at: u64,
    unkept: usize,
}

#[derive(Debug)]
pub(super) struct SandboxWriter {
    pub(super) id: Option<SandboxId>,
    pub(super) name: String,
    pub(super) text: WorldText,
    /// A world that is not kept yet is kept once it has other entries than these.
    untouched: Option<usize>,
    stored: Option<Stored>,
    sent: Option<Sent>,
    /// Writes that were refused, as far as is known: any of them may be there all the same.
    uncertain: Vec<Stored>,
    refusal: Option<Refusal>,
    /// How often it was refused since, and when it is tried again.
    refused: u32,
    retry_at: u64,
    told: Option<Told>,
    /// Values of the small storage that go once everything is kept.
    behind: Vec<SmallValue>,
    /// What is written there is gone when the page is left.
    is_volatile: bool,
}

/// Acts after which it is told again that they are not kept, and milliseconds.
const TELL_AGAIN_ACTS: usize = 25;
const TELL_AGAIN: u64 = 300_000;

/// An answer is given up on after this, in milliseconds.
const PATIENCE: u64 = 20_000;

/// It is tried again after this, and each further time after twice as long, up to half a minute; in milliseconds.
const SOON: u64 = 500;

/// More parts than that become one when the sandbox is written for the first time after it was opened.
const MANY_PARTS: u64 = 200;

/// More writes are not noted that may have happened.
const MOST_UNCERTAIN: usize = 1000;

/// Who writes and when, and how much.
pub(super) struct Writing {
    /// Tells tabs apart.
    pub(super) writer: u64,
    /// Milliseconds since 1970.
    pub(super) used: u64,
    /// By the keeper's own time.
    pub(super) at: u64,
    /// The page may be gone: how things stand is worth writing as well.
    pub(super) leaving: bool,
    /// The bytes of lines that are kept at most.
    pub(super) most: usize,
}

/// What an answer led to.
pub(super) enum Outcome {
    Nothing,
    /// So many entries are kept now, under this head.
    Kept {
        entries: usize,
        head: String,
    },
    /// It is to be a copy under another name and id.
    Copy,
    /// The id is taken: it needs another one.
    OtherId,
}

impl SandboxWriter {
    /// A world that is not kept yet. `untouched`: only once something was done in it.
    pub(super) fn unkept(name: String, world: &World<'_>, untouched: bool) -> SandboxWriter {
        let text = WorldText::new(world);
        SandboxWriter {
            id: None,
            name,
            untouched: untouched.then(|| text.entries()),
            text,
            stored: None,
            sent: None,
            uncertain: Vec::new(),
            refusal: None,
            refused: 0,
            retry_at: 0,
            told: None,
            behind: Vec::new(),
            is_volatile: false,
        }
    }

    /// A world that was read from its sandbox; `stored` is the head there, none if it is only in the small storage. `behind`
    /// are values there that go once everything is kept.
    pub(super) fn of_stored(
        id: SandboxId,
        name: String,
        world: &World<'_>,
        stored: Option<Stored>,
        behind: Vec<SmallValue>,
    ) -> SandboxWriter {
        SandboxWriter { id: Some(id), stored, behind, ..SandboxWriter::unkept(name, world, false) }
    }

    /// Gives up the world, which was deleted. Which values of the small storage it had.
    pub(super) fn into_behind(self) -> Vec<SmallValue> {
        self.behind
    }

    pub(super) fn set_volatile(&mut self, is_volatile: bool) {
        self.is_volatile = is_volatile;
    }

    pub(super) fn follow(&mut self, world: &World<'_>) {
        if self.text.follow(world) {
            return;
        }
        match &mut self.stored {
            // It is to be written anew.
            Some(stored) => stored.head.journal.clear(),
            // Begun again, and still nothing was done.
            None => self.untouched = self.untouched.map(|_| self.text.entries()),
        }
    }

    /// Entries of this world that are kept for certain.
    pub(super) fn kept(&self) -> usize {
        let stored = self.stored.as_ref().filter(|it| self.untouched.is_none() && self.is_of_this_world(it));
        stored.map_or(0, |it| it.head.entries)
    }

    fn is_of_this_world(&self, stored: &Stored) -> bool {
        is_same_world(&stored.head.journal, &self.text.head)
    }

    /// Whether something was done that is not kept.
    pub(super) fn is_due(&self) -> bool {
        let entries = self.text.entries();
        match (&self.stored, self.untouched) {
            (None, untouched) => entries > 0 && untouched != Some(entries),
            (Some(stored), Some(_)) if stored.head.name != self.name => true,
            (Some(_), Some(untouched)) => entries != untouched,
            (Some(stored), None) => {
                !self.is_of_this_world(stored)
                    || stored.head.entries != entries
                    || stored.head.name != self.name
            }
        }
    }

    /// Whether nothing is on its way, and nothing has to be.
    pub(super) fn is_at_rest(&self) -> bool {
        self.sent.is_none() && !self.is_due()
    }

    pub(super) fn awaits(&self, ticket: Ticket) -> bool {
        self.sent.as_ref().is_some_and(|sent| sent.ticket == ticket)
    }

    /// The world that was made of what was read. If that is not what it tells of itself, what is stored stays as it is
    /// until something is done, and is written anew then.
    pub(super) fn meet(&mut self, world: &World<'_>) {
        let made = WorldText::new(world);
        if !self.text.is_begin_of(&made) {
            self.untouched = Some(made.entries());
            if let Some(stored) = &mut self.stored {
                stored.is_closed = true;
            }
        }
        self.text = made;
    }

    /// What is to be written now.
    pub(super) fn write(&mut self, ticket: Ticket, how: &Writing) -> Option<StorageWrite> {
        let Writing { writer, used, at, leaving, most } = *how;
        let id = self.id?;
        let is_work = self.is_due();
        let closing_differs = self.untouched.is_none()
            && self.stored.as_ref().is_some_and(|it| it.head.closing != self.text.closing);
        if self.sent.is_some() || !(is_work && at >= self.retry_at || leaving && (is_work || closing_differs))
        {
            return None;
        }
        let to = self.text.entries_within(most);
        if to < self.text.entries() {
            self.refusal = Some(Refusal::OverLimit);
            if self.stored.is_some() && self.kept() == to {
                return None;
            }
        }
        let Range { start, end } = self.stored.as_ref().map_or(0..0, |it| it.head.parts.clone());
        let goes_on = self.stored.as_ref().filter(|it| {
            !it.is_closed
                && self.is_of_this_world(it)
                && it.head.entries <= to
                && !(it.head.writer != writer && end - start > MANY_PARTS)
        });
        let (parts, numbers, forget) = match goes_on {
            Some(it) if it.head.entries == to => (Vec::new(), start..end, 0..0),
            Some(it) => (vec![(end, self.text.part(it.head.entries, to))], start..end + 1, 0..0),
            None if to == 0 => (Vec::new(), end..end, start..end),
            None => (vec![(end, self.text.part(0, to))], end..end + 1, start..end),
        };
        let head = Head {
            version: 2,
            used,
            writer,
            revision: self.stored.as_ref().map_or(1, |it| it.head.revision + 1),
            entries: to,
            parts: numbers,
            name: self.name.clone(),
            journal: self.text.head.clone(),
            closing: self.text.closing.clone(),
        };
        let text = head.write();
        let over = self.stored.as_ref().map(|it| it.text.clone());
        let stored = Stored { text: text.clone(), head, is_closed: false };
        self.sent = Some(Sent { ticket, stored, is_work, at });
        Some(StorageWrite { id, over, head: text, parts, forget })
    }

    /// The storage has answered.
    pub(super) fn answer(&mut self, answer: StorageAnswer, now: u64) -> Outcome {
        let Some(sent) = self.sent.take() else { return Outcome::Nothing };
        match answer {
            StorageAnswer::Written => self.acknowledge(sent.stored),
            StorageAnswer::Conflict(found) => self.conflict(sent, found),
            StorageAnswer::Refused(why) => self.refuse(sent, why, now),
            StorageAnswer::Listed(_) | StorageAnswer::Found(_) => self.refuse(sent, Refusal::Failed, now),
        }
    }

    fn acknowledge(&mut self, stored: Stored) -> Outcome {
        let head = stored.text.clone();
        self.stored = Some(stored);
        self.uncertain.clear();
        self.untouched = None;
        (self.refused, self.retry_at) = (0, 0);
        if self.refusal != Some(Refusal::OverLimit) || !self.is_due() {
            self.refusal = None;
        }
        Outcome::Kept { entries: self.kept(), head }
    }

    fn refuse(&mut self, sent: Sent, why: Refusal, now: u64) -> Outcome {
        self.refusal = Some(why);
        self.retry_at = now + (SOON << self.refused.min(6));
        self.refused += 1;
        if self.uncertain.len() < MOST_UNCERTAIN {
            self.uncertain.push(sent.stored);
        }
        Outcome::Nothing
    }

    fn conflict(&mut self, sent: Sent, found: Option<String>) -> Outcome {
        let Some(found) = found else {
            // It was deleted elsewhere, and is written anew.
            self.stored = None;
            return Outcome::Nothing;
        };
        let ours = self.uncertain.iter().chain([&sent.stored]).find(|it| it.text == found).cloned();
        if let Some(ours) = ours {
            return self.acknowledge(ours);
        }
        let Some(stored) = &mut self.stored else { return Outcome::OtherId };
        if let Ok(head) = Head::read(&found)
            && (head.entries, &head.parts, &head.name, head.version)
                == (stored.head.entries, &stored.head.parts, &stored.head.name, stored.head.version)
            && is_same_world(&head.journal, &stored.head.journal)
        {
            // Another tab has left it, but done nothing in it.
            *stored = Stored { text: found, head, is_closed: stored.is_closed };
            return Outcome::Nothing;
        }
        if sent.is_work { Outcome::Copy } else { Outcome::Nothing }
    }

    /// From here on it is another sandbox, of which nothing is stored.
    pub(super) fn become_other(&mut self, id: SandboxId, name: String) {
        (self.id, self.name) = (Some(id), name);
        (self.stored, self.untouched) = (None, None);
        self.uncertain.clear();
    }

    /// Gives up waiting for an answer that has not come for long.
    pub(super) fn give_up(&mut self, now: u64) {
        if let Some(sent) = self.sent.take_if(|sent| now.saturating_sub(sent.at) > PATIENCE) {
            self.refuse(sent, Refusal::NoAnswer, now);
        }
    }

    /// Values of the small storage that are not needed any more, since everything is kept.
    pub(super) fn take_behind(&mut self) -> Vec<SmallValue> {
        let is_all_kept = self.stored.is_some() && self.untouched.is_none() && !self.is_due();
        if is_all_kept { std::mem::take(&mut self.behind) } else { Vec::new() }
    }

    /// What the small storage is to remember in case that nothing else is heard of this page.
    pub(super) fn tail(&mut self, writer: u64, used: u64) -> Option<SmallValue> {
        let id = self.id?;
        if !self.is_due() || self.text.entries() == 0 {
            return None;
        }
        let key = tail::key(id, writer);
        let value = tail::write(&self.text, self.kept(), used, &self.name);
        self.behind.retain(|behind| behind.key != key);
        self.behind.push(SmallValue { key: key.clone(), value: value.clone() });
        Some(SmallValue { key, value })
    }

    /// What is to be told of what is not kept, if now is the time for it.
    pub(super) fn notice(&mut self, now: u64) -> Option<KeepNotice> {
        let why = self.refusal.or(self.is_volatile.then_some(Refusal::Forbidden));
        let Some(why) = why.filter(|_| self.text.entries() > 0) else {
            return self.told.take().map(|_| KeepNotice::KeptAgain);
        };
        let kept = if self.is_volatile { 0 } else { self.kept() };
        let unkept = self.text.entries().saturating_sub(kept);
        let is_time = self.told.is_none_or(|told| {
            unkept >= told.unkept + TELL_AGAIN_ACTS
                || unkept > told.unkept && now.saturating_sub(told.at) >= TELL_AGAIN
        });
        if unkept == 0 || !is_time {
            return None;
        }
        self.told = Some(Told { at: now, unkept });
        Some(KeepNotice::NotKept { name: self.name.clone(), why, kept, unkept })
    }
}
