//! The reply subject of a delivered message, to which it is acknowledged. A client reads the message's position from it.
//!
//! `$JS.ACK.<stream>.<consumer>.<deliveries>.<stream sequence>.<consumer sequence>.<time in ns>.<pending>`; with a domain
//! there are more tokens before the stream and behind.

use crate::base::{Time, read_digits};

/// What all such subjects begin with.
pub const PREFIX: &str = "$JS.ACK.";

/// What a delivery tells of its message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AckSubject {
    /// How often the message was delivered.
    pub deliveries: u64,
    pub stream_sequence: u64,
    pub consumer_sequence: u64,
    /// When the message was stored.
    pub time: Time,
    /// How many more messages wait.
    pub pending: u64,
}

impl AckSubject {
    /// Reads a subject, which has to end with the five numbers.
    pub fn parse(subject: &[u8]) -> Option<AckSubject> {
        let mut tokens = subject.strip_prefix(PREFIX.as_bytes())?.rsplit(|byte| *byte == b'.');
        let mut number = || read_digits(tokens.next()?);
        let (pending, time, consumer_sequence) = (number()?, Time(number()?), number()?);
        let (stream_sequence, deliveries) = (number()?, number()?);
        Some(AckSubject { deliveries, stream_sequence, consumer_sequence, time, pending })
    }

    /// Appends the subject; `prefix` is all before the numbers, without the last dot.
    pub fn write(&self, prefix: &str, subject: &mut Vec<u8>) {
        let AckSubject { deliveries, stream_sequence, consumer_sequence, time, pending } = *self;
        subject.extend_from_slice(prefix.as_bytes());
        let mut digits = itoa::Buffer::new();
        for number in [deliveries, stream_sequence, consumer_sequence, time.nanos(), pending] {
            subject.push(b'.');
            subject.extend_from_slice(digits.format(number).as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let delivery = AckSubject {
            deliveries: 1,
            stream_sequence: 22,
            consumer_sequence: 3,
            time: Time(1_795_395_723_000_000_000),
            pending: 0,
        };
        let mut subject = Vec::new();
        delivery.write("$JS.ACK.S.c", &mut subject);
        assert_eq!(subject, b"$JS.ACK.S.c.1.22.3.1795395723000000000.0");
        assert_eq!(AckSubject::parse(&subject), Some(delivery));
        for other in ["$JS.ACK.S.c.1.22.3.4", "$JS.ACK.S.c.1.22.3.4.x", "$JS.FC.S.c.1.22.3.4.5"] {
            assert_eq!(AckSubject::parse(other.as_bytes()), None, "{other}");
        }
    }
}
