//! What belongs to the program `nats-server` around its server: flags, the configuration file, and its log.
//!
//! Nothing here opens a file or a socket: `sim::daemon` runs the program in the page, `bin/serve` on a machine.

pub mod conf;
mod config_file;
pub mod connection_log;
pub mod flags;
pub mod log_line;
pub mod options;
pub mod passwords;
mod read_options;
pub mod reload;
pub mod resolve;
pub mod startup_log;
pub mod wire_trace;

pub use connection_log::ConnectionLog;
pub use flags::{Flags, Invocation};
pub use log_line::{Level, LogLine};
pub use options::{ListenAddress, ServerOptions};
pub use read_options::read_options;
pub use resolve::resolve;
