//! What a program normally asks its surroundings for, as values: time, chance, order, and its standard streams;
//! and JSON. And in a small form what the standard library has in a large one: ordered maps, sorting, fractions, and
//! the cases of letters.

pub mod choices;
pub mod clock;
pub mod digits;
pub mod float;
pub mod ids;
pub mod join;
pub mod json;
pub mod letters;
pub mod link;
pub mod many;
pub mod map;
pub mod picker;
mod slab;
pub mod sort;
pub mod stdio;
pub mod time;

pub use choices::Choices;
pub use clock::{Clock, Elapsed};
pub use digits::{Digits, Dotted, last_digits, read_digits, write_digits};
pub use ids::{Ids, Rng, Scattered};
pub use join::join;
pub use link::{Link, LinkedText};
pub use many::Many;
pub use map::Map;
pub use picker::Picker;
pub(crate) use slab::Slab;
pub use stdio::{Interrupt, Out, Stdin, Stdio, Terminal};
pub use time::{Time, Zone};
