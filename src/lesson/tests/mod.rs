//! Tests of lessons, on pictures of a server made by hand.

mod content;
mod goals;
mod progress;
mod sample;
mod served;
