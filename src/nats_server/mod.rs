//! What belongs to the program `nats-server` around its server: flags, the configuration file and the log at its start.
//!
//! Nothing here opens a file or a socket. `sim::daemon` runs the program in the page, `bin/serve` on a machine.

pub mod conf;
pub mod options;
pub mod setup;
pub mod startup_log;
