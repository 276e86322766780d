//! An exact, in-memory NATS server with JetStream, clients that speak its real protocol, and the `nats`
//! command, as one library that needs no browser, no runtime and no clock of its own.
//!
//! Modules in reading order, lowest first; ARCHITECTURE.md has what each may use.

pub mod base;
pub mod gofmt;
pub mod gojson;
pub mod jsapi;
pub mod texts;

pub mod wire;

pub mod server;

pub mod nats_server;

pub mod client;

pub mod term;

pub mod sim;

pub mod cli;

pub mod programs;
pub mod shell;

pub mod transcript;

pub mod lesson;

pub mod app;

pub mod explore;

pub mod player;

pub mod lesson_check;

pub mod keep;

#[cfg(feature = "ui")]
pub mod ui;
