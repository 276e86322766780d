//! What terminals showed, written down: as a Markdown transcript that can be played again, and as an asciicast.

mod asciicast;
mod timeline;
mod transcript;

pub use asciicast::asciicast;
pub use transcript::{Span, transcript};
