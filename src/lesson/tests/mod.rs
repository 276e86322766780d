//! Tests of lessons, on pictures of a server made by hand.

mod code;
mod content;
mod goals;
mod parse;
mod progress;
mod sample;
mod served;
