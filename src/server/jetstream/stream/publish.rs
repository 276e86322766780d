//! What a stream is to store, and the checks of what its headers ask for.

use super::Stream;
use super::ttl::{self, Ttl};
use crate::base::Time;
use crate::jsapi::ApiError;
use crate::server::jetstream::api_error::{self, ErrorTemplate};
use crate::server::jetstream::headers::{self, PublishHeaders, append, without};
use crate::wire::op::Message;

/// A message on its way into a stream.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Incoming<'a> {
    pub(crate) subject: &'a str,
    pub(crate) reply: Option<&'a str>,
    pub(crate) headers: &'a [u8],
    pub(crate) body: &'a [u8],
    /// The position of its author's name in the server's list, counted from 1; 0 for none.
    pub(crate) author: u16,
    /// How many messages led to this one.
    pub(crate) hops: u8,
    pub(crate) origin: Origin,
}

impl<'a> Incoming<'a> {
    pub(crate) fn new(message: &Message<'a>) -> Incoming<'a> {
        let Message { subject, reply, headers, body } = *message;
        Incoming { subject, reply, headers, body, author: 0, hops: 0, origin: Origin::Published }
    }
}

/// Where a message comes from, which decides what is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    Published,
    /// Copied from a source, where it was checked.
    Sourced,
    /// Copied from the mirrored stream, with its sequence and time there.
    Mirrored {
        sequence: u64,
        time: Time,
    },
}

/// Why a message is not stored.
pub(crate) enum Rejection {
    Refused(ApiError),
    /// Another last sequence was expected than this one; 0 for none.
    WrongLastSequence(u64),
    /// It was stored before, with this sequence.
    Duplicate(u64),
}

impl From<ApiError> for Rejection {
    fn from(error: ApiError) -> Rejection {
        Rejection::Refused(error)
    }
}

impl From<ErrorTemplate> for Rejection {
    #[cold]
    fn from(template: ErrorTemplate) -> Rejection {
        Rejection::Refused(template.into())
    }
}

/// What the checks found that storing needs.
pub(crate) struct Admission {
    pub(crate) ttl: Ttl,
    pub(crate) rollup: Option<Rollup>,
    pub(crate) msg_id: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rollup {
    Subject,
    All,
}

impl Stream {
    /// Checks what the headers of a message ask for.
    pub(crate) fn check_publish_headers(
        &mut self,
        incoming: &Incoming<'_>,
        publish: &PublishHeaders<'_>,
        admission: &mut Admission,
        now: Time,
    ) -> Result<(), Rejection> {
        let is_published = incoming.origin == Origin::Published;
        if is_published {
            self.check_features(incoming, publish)?;
            self.check_expected(incoming.subject, publish)?;
            if !publish.schedule.is_empty() {
                return Err(api_error::MESSAGE_SCHEDULES_DISABLED.into());
            }
            if !publish.source.is_empty() {
                return Err(api_error::MESSAGE_SOURCE_HDR_NOT_ALLOWED.into());
            }
        }
        if !publish.msg_id.is_empty() {
            let id = String::from_utf8_lossy(publish.msg_id).into_owned();
            let known = self.dedup.find(&id, now, self.config.duplicate_window);
            if let Some(sequence) = known.filter(|_| !self.is_mirror()) {
                return Err(Rejection::Duplicate(sequence));
            }
            admission.msg_id = id;
        }
        let expected = publish.expected_last_msg_id;
        if !expected.is_empty() && expected != self.last_msg_id.as_bytes() {
            return Err(api_error::STREAM_WRONG_LAST_MSG_ID.with_detail(&self.last_msg_id).into());
        }
        if !publish.rollup.is_empty() {
            let allowed = self.config.allow_rollup_hdrs && !self.config.deny_purge;
            if is_published && !allowed {
                return Err(api_error::STREAM_ROLLUP_FAILED.with_detail("rollup not permitted").into());
            }
            let rollup = String::from_utf8_lossy(publish.rollup).to_ascii_lowercase();
            admission.rollup = match rollup.as_str() {
                "sub" => Some(Rollup::Subject),
                "all" => Some(Rollup::All),
                _ => {
                    let why = format!("rollup value invalid: \"{rollup}\"");
                    return Err(api_error::STREAM_ROLLUP_FAILED.with_detail(why).into());
                }
            };
        }
        Ok(())
    }

    fn check_features(&self, incoming: &Incoming<'_>, publish: &PublishHeaders<'_>) -> Result<(), Rejection> {
        if !publish.batch.is_empty() {
            return Err(api_error::ATOMIC_PUBLISH_DISABLED.into());
        }
        if !publish.increment.is_empty() {
            let digits = publish.increment.strip_prefix(b"+").or(publish.increment.strip_prefix(b"-"));
            let digits = digits.unwrap_or(publish.increment);
            return Err(match !digits.is_empty() && digits.iter().all(u8::is_ascii_digit) {
                true => api_error::MESSAGE_INCR_DISABLED.into(),
                false => api_error::MESSAGE_INCR_INVALID.into(),
            });
        }
        if !publish.expected_stream.is_empty() && publish.expected_stream != self.config.name.as_bytes() {
            return Err(api_error::STREAM_NOT_MATCH.into());
        }
        let has_ttl = matches!(ttl::of_headers(incoming.headers), Ok(Ttl::Never | Ttl::Seconds(_)));
        if has_ttl && !self.config.allow_msg_ttl {
            return Err(api_error::MESSAGE_TTL_DISABLED.into());
        }
        Ok(())
    }

    /// Compare and set: the expected last sequences of the subject and of the stream.
    fn check_expected(&self, subject: &str, publish: &PublishHeaders<'_>) -> Result<(), Rejection> {
        let other = std::str::from_utf8(publish.expected_last_subject).unwrap_or_default();
        match headers::sequence(publish.expected_last_subject_sequence) {
            Some(expected) => {
                let subject = if other.is_empty() { subject } else { other };
                let last = self.store.last_of(subject).map(|record| record.sequence);
                if last.unwrap_or(0) != expected || last.is_none() && expected != 0 {
                    return Err(Rejection::WrongLastSequence(last.unwrap_or(0)));
                }
            }
            None if !other.is_empty() => {
                return Err(api_error::STREAM_EXPECTED_LAST_SEQ_PER_SUBJECT_INVALID.into());
            }
            None => {}
        }
        let last = self.store.last();
        if headers::sequence(publish.expected_last_sequence).is_some_and(|expected| expected != last) {
            return Err(Rejection::WrongLastSequence(last));
        }
        Ok(())
    }

    /// Raises a time to live to that of delete markers, unless subjects hold one message only: a marker must not expire
    /// before what it marks. The header then has the number of seconds.
    pub(crate) fn raise_ttl(&self, block: &[u8], ttl: Ttl) -> (Option<Vec<u8>>, Ttl) {
        let least = self.config.subject_delete_marker_ttl.seconds();
        match ttl {
            Ttl::Seconds(seconds) if least > seconds && self.config.max_msgs_per_subject != 1 => {
                let block =
                    append(&without(block, |name| name == ttl::HEADER), &[(ttl::HEADER, &least.to_string())]);
                (Some(block), Ttl::Seconds(least))
            }
            ttl => (None, ttl),
        }
    }
}
