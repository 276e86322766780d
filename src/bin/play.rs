//! Plays and checks transcripts natively.

fn main() {}
