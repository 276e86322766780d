//! What a program normally asks its surroundings for, as values: time, chance, order, and its standard streams; and JSON.

pub mod choices;
pub mod clock;
pub mod digits;
pub mod ids;
pub mod json;
pub mod link;
pub mod picker;
pub mod stdio;
pub mod time;

pub use choices::Choices;
pub use clock::{Clock, Elapsed};
pub use digits::read_digits;
pub use ids::{Ids, Rng, Scattered};
pub use jiff::tz::TimeZone;
pub use link::{Link, LinkedText};
pub use picker::Picker;
pub use stdio::{Interrupt, Out, Stdin, Stdio, Terminal};
pub use time::{Time, fixed_zone};
