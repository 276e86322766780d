//! The languages that lessons are written in.

use super::goal_texts::GoalTexts;
use super::{english, german};

/// A language that walkthroughs are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    #[default]
    English,
    German,
}

impl Language {
    pub const ALL: [Language; 2] = [Language::English, Language::German];

    /// As in HTML's `lang`.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::German => "de",
        }
    }

    /// The language's name in that language.
    pub fn name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::German => "Deutsch",
        }
    }

    pub fn goal_texts(self) -> &'static GoalTexts {
        match self {
            Language::English => &english::GOAL_TEXTS,
            Language::German => &german::GOAL_TEXTS,
        }
    }
}
