//! Small pieces that several parts of the page are made of.

mod code_text;
mod colour_choice;
mod command_button;
mod divider;
mod external_link;
mod fact_list;
mod icon;
mod inlines;
mod language_choice;
mod operation;
mod row_heights;
mod rows;
mod run_label;
mod segmented_control;
mod unread_badge;
mod why_not;
mod windowed_rows;

pub(in crate::ui) use code_text::CodeText;
pub(in crate::ui) use colour_choice::ColourChoice;
pub(in crate::ui) use command_button::CommandButton;
pub(in crate::ui) use divider::{Divider, Orientation};
pub(in crate::ui) use external_link::ExternalLink;
pub(in crate::ui) use fact_list::FactList;
pub(in crate::ui) use icon::*;
pub(in crate::ui) use inlines::Inlines;
pub(in crate::ui) use language_choice::LanguageChoice;
pub(in crate::ui) use operation::{OperationTag, operation_word};
pub(in crate::ui) use rows::Rows;
pub(in crate::ui) use run_label::run_label;
pub(in crate::ui) use segmented_control::{Segment, SegmentedControl};
pub(in crate::ui) use unread_badge::UnreadBadge;
pub(in crate::ui) use why_not::why_not;
pub(in crate::ui) use windowed_rows::{RowPosition, WindowedRows};
