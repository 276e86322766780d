//! async-nats' own Key/Value tests, read from the crate as it is published: the file is named when this is compiled.

include!(env!("ASYNC_NATS_TESTS"));
