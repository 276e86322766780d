//! Moments in JSON, as Go's `time.Time` is: RFC 3339, where [`Time::default`] is Go's zero time.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::base::Time;
use crate::gofmt;

const ZERO_TIME: &str = "0001-01-01T00:00:00Z";

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Time(0) => serializer.serialize_str(ZERO_TIME),
            time => serializer.serialize_str(&time.rfc3339()),
        }
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Time, D::Error> {
        match super::named::<D, Option<String>>(deserializer, "time.Time")? {
            Some(text) => gofmt::time::parse(&text).map_err(D::Error::custom),
            None => Ok(Time::default()),
        }
    }
}
