//! What a source is known by, among those of the same stream and in the messages that are copied from it.

use crate::jsapi::StreamSource;

/// The header of a copied message: the parts of its [`SourceKey`] with its sequence and subject there.
pub(crate) const HEADER: &str = "Nats-Stream-Source";

/// The name, filters and destinations of a source; two sources of a stream differ in them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SourceKey {
    /// The other stream, with the prefix of its API if it is an external one.
    stream: String,
    /// Separated by form feeds.
    filters: String,
    /// Separated by form feeds.
    destinations: String,
}

impl SourceKey {
    pub(crate) fn of(source: &StreamSource) -> SourceKey {
        let or_all = |text: &str| if text.is_empty() { ">".to_owned() } else { text.to_owned() };
        let stream = match &source.external {
            Some(external) => format!("{}:{}", source.name, external.api),
            None => source.name.clone(),
        };
        let transforms = &source.subject_transforms;
        if transforms.is_empty() {
            return SourceKey {
                stream,
                filters: or_all(&source.filter_subject),
                destinations: ">".to_owned(),
            };
        }
        let filters: Vec<_> = transforms.iter().map(|transform| or_all(&transform.src)).collect();
        let destinations: Vec<_> = transforms.iter().map(|transform| or_all(&transform.dest)).collect();
        SourceKey { stream, filters: filters.join("\u{c}"), destinations: destinations.join("\u{c}") }
    }

    /// The value of [`HEADER`] for a message of the other stream; `identity` is of the copying stream.
    pub(crate) fn header(&self, sequence: u64, subject: &str, identity: &str) -> String {
        let SourceKey { stream, filters, destinations } = self;
        format!("{stream} {sequence} {filters} {destinations} {subject} {identity}")
    }

    /// Reads the value of [`HEADER`]: the key and the sequence.
    pub(crate) fn read(header: &[u8]) -> Option<(SourceKey, u64)> {
        let header = String::from_utf8_lossy(header);
        let mut words = header.split(' ').map(str::to_owned);
        let (stream, sequence) = (words.next()?, words.next()?.parse().ok()?);
        Some((SourceKey { stream, filters: words.next()?, destinations: words.next()? }, sequence))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_leads_back_to_its_source() {
        let source = StreamSource { name: "A".to_owned(), ..StreamSource::default() };
        let key = SourceKey::of(&source);
        let header = key.header(7, "a.b", "x");
        assert_eq!(header, "A 7 > > a.b x");
        assert_eq!(SourceKey::read(header.as_bytes()), Some((key, 7)));
        assert_eq!(SourceKey::read(b"A x > >"), None);
    }
}
