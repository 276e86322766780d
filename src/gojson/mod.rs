//! JSON as Go's `encoding/json` reads and writes it, for types that derive serde's traits.
//!
//! [`from_slice`] is `json.Unmarshal`, [`from_request`] what nats-server does with the body of an API request,
//! [`update`] `json.Unmarshal` over a value that is there already; [`to_vec`], [`to_string`] and [`to_string_indent`] are
//! `json.Marshal` and `json.MarshalIndent`.
//!
//! # How types are declared
//!
//! ```
//! use playground::gojson;
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Clone, Debug, Default, Serialize, Deserialize)]
//! #[serde(default, rename = "server.ConsumerConfig")]
//! struct ConsumerConfig {
//!     #[serde(skip_serializing_if = "gojson::is_default")]
//!     name: String,
//!     #[serde(deserialize_with = "gojson::int")]
//!     num_replicas: i64,
//! }
//! ```
//!
//! - Names of fields are lower case, and are found in any case. Each is absent or `null` in some body, so that the
//!   container has `default`.
//! - `rename` on a container is Go's name of the type with its package, which errors show. The types of fields follow
//!   from Rust's: `i64` is `int64`, `Vec<String>` is `[]string`, `BTreeMap<String, String>` is `map[string]string`. Where
//!   Go has another name, the type is a newtype with that name (`time.Duration`), or the field says so by
//!   [`int`] or [`named`].
//! - `Option` is a pointer: `null` clears it. To anything else `null` is the zero value, except to an enum, which
//!   refuses it.
//! - Go's `omitempty` is `skip_serializing_if = "gojson::is_default"`.
//! - A word that is none of an enum's is refused with `can not unmarshal`, or with the text in `expecting`, where
//!   `{}` stands for the JSON that was found.
//! - What is read cannot use `flatten`, `tag` or `untagged`, which forget where a value stood; see [`embedded`].

mod de;
mod error;
mod field;
mod object;
mod parse;
mod probe;
mod reader;
mod ser;
#[cfg(test)]
mod tests;
mod time;

pub use de::{from_request, from_slice, update};
pub use error::Error;
pub use field::{base64, embedded, empty_as_none, int, is_default, named};
pub use parse::{Value, parse};
pub use ser::{quote, to_string, to_string_indent, to_vec};
