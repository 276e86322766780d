//! The names that Key/Value stores under: the stream of a bucket, the subjects of its keys, and the headers of their
//! messages (ADR-8, ADR-48).

/// The header that says what a message does to its key, unless it is a put.
pub const OPERATION: &str = "KV-Operation";
/// [`OPERATION`] of a delete.
pub const DELETE: &[u8] = b"DEL";
/// [`OPERATION`] of a purge.
pub const PURGE: &[u8] = b"PURGE";

/// The header of a marker that the server left, with its reason.
pub const MARKER_REASON: &str = "Nats-Marker-Reason";

const STREAM_PREFIX: &str = "KV_";
const SUBJECT_PREFIX: &str = "$KV.";

/// The stream of a bucket: `KV_<bucket>`.
pub fn stream_of(bucket: &str) -> String {
    format!("{STREAM_PREFIX}{bucket}")
}

/// The bucket of a stream, if it is one of a bucket.
pub fn bucket_of(stream: &str) -> Option<&str> {
    stream.strip_prefix(STREAM_PREFIX)
}

/// The bucket of a stream, or the name itself if it is none of such a stream.
pub fn bucket_name(stream: &str) -> &str {
    bucket_of(stream).unwrap_or(stream)
}

/// What the subjects of a bucket's keys begin with: `$KV.<bucket>.`.
pub fn subject_prefix(bucket: &str) -> String {
    format!("{SUBJECT_PREFIX}{bucket}.")
}

/// The subjects of all keys of a bucket: `$KV.<bucket>.>`.
pub fn all_subjects(bucket: &str) -> String {
    format!("{SUBJECT_PREFIX}{bucket}.>")
}

/// The bucket and the key of a subject.
pub fn bucket_and_key(subject: &str) -> Option<(&str, &str)> {
    subject.strip_prefix(SUBJECT_PREFIX)?.split_once('.')
}

/// The key that a subject stands for in a bucket.
pub fn key_of<'a>(subject: &'a str, bucket: &str) -> Option<&'a str> {
    bucket_and_key(subject).filter(|(of, _)| *of == bucket).map(|(_, key)| key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        assert_eq!(bucket_of(&stream_of("b")), Some("b"));
        assert_eq!(bucket_of("OBJ_b"), None);
        let subject = subject_prefix("b") + "k.l";
        assert_eq!(bucket_and_key(&subject), Some(("b", "k.l")));
        assert_eq!([key_of(&subject, "b"), key_of(&subject, "k")], [Some("k.l"), None]);
        assert_eq!(bucket_and_key("$KV.b"), None);
    }
}
