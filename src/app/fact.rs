//! What the inspector tells of the account, its streams and buckets: settings and uses.

/// Declares a fact a line, with the name of its text.
macro_rules! facts {
    ($($fact:ident = $text:literal,)*) => {
        /// A setting or a use.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Fact {
            $($fact,)*
        }

        impl Fact {
            pub const ALL: &[Fact] = &[$(Fact::$fact,)*];

            /// The text that names it, in `texts`.
            pub fn text_id(self) -> &'static str {
                match self {
                    $(Fact::$fact => $text,)*
                }
            }
        }
    };
}

facts! {
    Storage = "fact_storage",
    Memory = "fact_memory",
    Streams = "fact_streams",
    Consumers = "fact_consumers",
    History = "fact_history",
    Values = "fact_values",
    Size = "fact_size",
    MaxAge = "fact_max_age",
    MarkerTtl = "fact_marker_ttl",
    MaxSize = "fact_max_size",
    MaxValue = "fact_max_value",
    MaxMessages = "fact_max_messages",
    Description = "fact_description",
    Compression = "fact_compression",
    Replicas = "fact_replicas",
    Mirror = "fact_mirror",
    Sources = "fact_sources",
    Republish = "fact_republish",
    ApiCalls = "fact_api_calls",
    ApiErrors = "fact_api_errors",
    Subjects = "fact_subjects",
    Messages = "fact_messages",
    Sequences = "fact_sequences",
    Retention = "fact_retention",
    Discard = "fact_discard",
    PerSubject = "fact_per_subject",
    Duplicates = "fact_duplicates",
    Flags = "fact_flags",
}

#[cfg(test)]
mod tests {
    use super::Fact;
    use crate::texts::Language;

    #[test]
    fn every_fact_has_a_name() {
        for fact in Fact::ALL {
            assert!(Language::ENGLISH.text(fact.text_id()).is_some(), "{fact:?}");
        }
    }
}
