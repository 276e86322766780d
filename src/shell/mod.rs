//! The shell: words, jobs, and transcripts of what was typed and what came of it.

pub mod mask;
pub mod transcript;
