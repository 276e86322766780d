//! The application without a browser.

pub mod journal;
pub mod link;
