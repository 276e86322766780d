//! A stream: numbered messages under subjects, with limits.

pub mod config;

pub use config::StreamConfig;
