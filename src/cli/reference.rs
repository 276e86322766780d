//! What parts of the command's output refer to: the targets of its links.
//!
//! Whoever reads a screen finds there what a click on a word means, and why a command failed, without reading the text.

use super::area::Area;
use crate::base::Link;
use crate::client;

/// The target of a link in the output of `nats`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// A bucket by its name.
    Bucket(String),
    /// A key, or one of its revisions.
    Entry {
        bucket: String,
        key: String,
        revision: Option<u64>,
        /// As it was shown: shortened, or as base64, where the command does so.
        value: Option<String>,
    },
    /// Linked from the error message of a command.
    Failure(CommandFailure),
}

/// A command that failed, and what the client library reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandFailure {
    /// The path in the table of commands, such as `kv get`.
    pub command: &'static str,
    pub area: Area,
    /// Arguments of the command; empty where it has none of that name.
    pub bucket: String,
    pub key: String,
    /// The revision that was asked for or expected, if one was given.
    pub revision: Option<u64>,
    pub error: client::Error,
}

/// A link to a bucket.
pub fn bucket(name: &str) -> Link {
    Link::new(Reference::Bucket(name.to_owned()))
}

/// A link to a key, with what the same line shows of it.
pub fn entry(bucket: &str, key: &str, revision: Option<u64>, value: Option<&str>) -> Link {
    let (bucket, key) = (bucket.to_owned(), key.to_owned());
    Link::new(Reference::Entry { bucket, key, revision, value: value.map(str::to_owned) })
}
