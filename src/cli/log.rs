//! A command's log, on its standard error.

use super::Env;
use crate::base::Stdio;
use crate::client::Address;
use crate::gofmt;

/// Prints a log line with the time of day.
pub fn log(env: &Env, stdio: &Stdio, text: &str) {
    let clock = gofmt::time::time_only(env.clock.now(), &env.zone);
    let end = if text.ends_with('\n') { "" } else { "\n" };
    stdio.stderr.print(&format!("{clock} {text}{end}"));
}

/// The URL of a server.
pub fn url(address: &Address) -> String {
    let user = match (&address.user, &address.password) {
        (Some(user), Some(password)) => format!("{user}:{password}@"),
        (Some(user), None) => format!("{user}@"),
        _ => String::new(),
    };
    format!("nats://{user}{address}")
}
