//! Brings sandboxes in that come from elsewhere, each to where nothing is, and each once.

use super::effect::{KeepEffect, KeepNotice};
use super::incoming::{Incoming, Origin};
use super::keeper::Keeper;
use super::storage::{StorageAnswer, StorageCommand};

impl Keeper {
    /// Writes something that comes from elsewhere.
    pub(super) fn bring_in(&mut self, mut incoming: Incoming) {
        incoming.ticket = Some(self.command(StorageCommand::Write(incoming.write())));
        self.incoming.push(incoming);
    }

    pub(super) fn answer_incoming(&mut self, now: u64, at: usize, answer: StorageAnswer) {
        let mut incoming = self.incoming.remove(at);
        match answer {
            StorageAnswer::Written => self.brought_in(now, incoming, true),
            StorageAnswer::Found(Some(there)) if incoming.is_in(&there) => {
                self.brought_in(now, incoming, false)
            }
            StorageAnswer::Conflict(Some(_)) if !matches!(incoming.origin, Origin::Wanted { .. }) => {
                incoming.ticket = Some(self.command(StorageCommand::Read { id: incoming.id }));
                self.incoming.push(incoming);
            }
            StorageAnswer::Conflict(_) | StorageAnswer::Found(_) => {
                // Something else is there.
                incoming.id = self.free_id(now.max(incoming.id + 1));
                self.bring_in(incoming);
            }
            StorageAnswer::Refused(why) => {
                if let Origin::Wanted { name } = incoming.origin {
                    self.emit(KeepEffect::Notice(KeepNotice::NotDone { name, why }));
                }
                self.open_first(now);
            }
            StorageAnswer::Listed(_) => {}
        }
    }

    fn brought_in(&mut self, now: u64, incoming: Incoming, is_new: bool) {
        if is_new {
            self.heads.insert(incoming.id, incoming.content.head.clone());
        }
        match incoming.origin {
            Origin::Moved { from } => _ = self.unmoved.remove(&from),
            Origin::Recovered { name, copy } if is_new => {
                self.emit(KeepEffect::Notice(KeepNotice::Recovered { name, copy }));
            }
            Origin::Recovered { .. } | Origin::Wanted { .. } => {}
        }
        self.leave_behind(incoming.behind);
        self.emit(KeepEffect::Listed);
        self.open_first(now);
    }
}
