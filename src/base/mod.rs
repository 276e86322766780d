//! What a program normally asks its surroundings for, as values: time, chance, order, and its standard streams.

pub mod choices;
pub mod clock;
pub mod digits;
pub mod files;
pub mod ids;
pub mod link;
pub mod meter;
pub mod pipe;
pub mod pty;
pub mod select_prompt;
pub mod stdio;
pub mod time;

pub use choices::Choices;
pub use clock::{Clock, Elapsed};
pub use digits::read_digits;
pub use files::{FileError, Files};
pub use ids::{Ids, ReplyToken, Rng};
pub use jiff::tz::TimeZone;
pub use link::{FileLink, Link, LinkedText};
pub use meter::{Cost, CostLimits, Meter};
pub use pty::{Interrupt, Terminal};
pub use select_prompt::SelectPrompt;
pub use stdio::{Out, PipeBuffer, Stdin, Stdio};
pub use time::{Time, fixed_zone};
