//! Small pieces that several parts of the page are made of.

mod choice;
mod command_button;
mod external_link;
mod fact_list;
mod icon;
mod operation;
mod rows;
mod unread_badge;

pub(in crate::ui) use choice::{Choice, ChoiceItem};
pub(in crate::ui) use command_button::CommandButton;
pub(in crate::ui) use external_link::ExternalLink;
pub(in crate::ui) use fact_list::FactList;
pub(in crate::ui) use icon::*;
pub(in crate::ui) use operation::{OperationTag, operation_word};
pub(in crate::ui) use rows::Rows;
pub(in crate::ui) use unread_badge::UnreadBadge;
