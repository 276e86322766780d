//! `nats server check connection`: how long connecting, a ping and a message to oneself take.

use super::report::Report;
use super::{Checked, connect, in_seconds, seconds};
use crate::cli::log::url;
use crate::cli::running_command::RunningCommand;
use crate::jsapi::Nanos;

pub(super) async fn check(cmd: &RunningCommand, report: &mut Report) -> Checked {
    let clock = &cmd.env.clock;
    let began = clock.now();
    let connection = connect(cmd, "connection failed").await?;
    let took = Nanos::from(clock.now().since(began));
    let server = url(connection.address());
    let thresholds = [seconds(cmd, "connect-warn"), seconds(cmd, "connect-critical")];
    report.measure("connect_time", in_seconds(took), "s", thresholds, "Time taken to connect to NATS");
    match exceeded(took, thresholds) {
        Some((is_critical, limit)) => {
            let text = format!("connected to {server}, connect time exceeded {limit}");
            if is_critical { report.critical(text) } else { report.warning(text) }
        }
        None => report.ok(format!("connected to {server} in {took}")),
    }

    let rtt = Nanos::from(connection.rtt().await.map_err(|error| format!("rtt failed: {error}"))?);
    let thresholds = [seconds(cmd, "rtt-warn"), seconds(cmd, "rtt-critical")];
    report.measure("rtt", in_seconds(rtt), "s", thresholds, "The round-trip-time of the connection");
    match exceeded(rtt, thresholds) {
        Some((true, limit)) => report.critical(format!("rtt time exceeded {limit}")),
        Some((false, limit)) => report.warning(format!("rtt time exceeded {limit}")),
        None => report.ok(format!("rtt time {rtt}")),
    }

    let inbox = connection.new_reply_inbox();
    let failed = |what: &str| {
        let context = format!("{what} {inbox}");
        move |error: crate::client::Error| format!("{context}: {error}")
    };
    let mut own = connection.subscribe(&inbox, None).map_err(failed("could not subscribe to"))?;
    let began = clock.now();
    connection.publish(&inbox, None, b"", &[b'x'; 100]).map_err(failed("could not publish to"))?;
    match clock.timeout(cmd.timeout(), own.next()).await {
        Ok(received) => _ = received.map_err(failed("did not receive from"))?,
        Err(_) => return Err(format!("did not receive from {inbox}: nats: timeout")),
    }
    let took = Nanos::from(clock.now().since(began));
    let thresholds = [seconds(cmd, "req-warn"), seconds(cmd, "req-critical")];
    let help = "Time taken for a full Request-Reply operation";
    report.measure("request_time", in_seconds(took), "s", thresholds, help);
    let shown = in_seconds(took);
    match exceeded(took, thresholds) {
        Some((true, _)) => report.critical(format!("round trip request took {shown:.6}")),
        Some((false, _)) => report.warning(format!("round trip request took {shown:.6}")),
        None => report.ok(format!("round trip took {shown:.6}s")),
    }
    Ok(())
}

/// The threshold that a time has reached, and whether it is the critical one.
fn exceeded(took: Nanos, [warn, crit]: [f64; 2]) -> Option<(bool, f64)> {
    let reached = |limit: f64| limit != 0.0 && in_seconds(took) >= limit;
    match (reached(crit), reached(warn)) {
        (true, _) => Some((true, crit)),
        (false, true) => Some((false, warn)),
        (false, false) => None,
    }
}
