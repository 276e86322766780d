//! A consumer: a position in a stream, and who is told what.

pub mod config;

pub use config::ConsumerConfig;
