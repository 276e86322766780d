//! Which nats-server this one is.

/// The version of nats-server.
pub const VERSION: &str = "2.15.1";

/// The commit that it was built from, and the compiler.
pub const GIT_COMMIT: &str = "b2fd3ef";
pub const GO_VERSION: &str = "go1.27.2";

/// The level of the JetStream API (ADR-44).
pub const API_LEVEL: u32 = 5;
