//! `nats rtt`: measures the round-trip time to a server.

use std::time::Duration;

use serde::Serialize;

use crate::base::Time;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::running_command::RunningCommand;
use crate::client::Address;
use crate::gofmt::age;
use crate::gojson;
use crate::jsapi::Nanos;

/// A server and its round-trip time.
struct Target {
    /// The URL as it was given.
    url: String,
    /// The URL with its port.
    address: String,
    began: Time,
    rtt: Option<Duration>,
}

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let mut targets = Vec::new();
    for server in cmd.servers().split(',') {
        let said = if server.contains("://") { server.to_owned() } else { format!("nats://{server}") };
        let address = Address::parse(&said).map_or(said.clone(), |address| format!("nats://{address}"));
        let address = address.replacen("//localhost:", "//127.0.0.1:", 1);
        let mut target = Target { url: said, address, began: cmd.env.clock.now(), rtt: None };
        match measure(cmd, &target.address).await {
            Ok(rtt) => target.rtt = Some(rtt),
            Err(Failure::Error { message, .. }) => {
                cmd.log(&format!("Failed to compute rtt for {}: {message}", target.address))
            }
            Err(other) => return Err(other),
        }
        targets.push(target);
    }
    if cmd.flag("json") {
        cmd.line(as_json(&targets));
        return Ok(());
    }
    let width = targets.iter().map(|target| target.address.len()).max().unwrap_or(0) + 3;
    for target in &targets {
        let rtt = target.rtt.map_or("failed".to_owned(), |rtt| age(rtt.into()));
        cmd.line(format!("{}:\n\n{:>width$}: {rtt}\n", target.url, target.address));
    }
    Ok(())
}

async fn measure(cmd: &RunningCommand, address: &str) -> Result<Duration, Failure> {
    let traced = cmd.flag("trace");
    if traced {
        cmd.log(&format!(">>> Connecting to {address}\n"));
    }
    let connection = cmd.connect_to(address).await?;
    connection.alongside(cmd.env.clock.sleep(Duration::from_millis(25))).await;
    let rounds = cmd.call.int("iterations").max(1);
    let mut total = Duration::ZERO;
    if traced {
        cmd.line(format!("RTT iterations for server: {address}"));
    }
    for round in 1..=rounds {
        let rtt = connection.rtt().await?;
        total += rtt;
        if traced {
            cmd.line(format!("#{round}:\trtt={}", age(rtt.into())));
        }
    }
    if traced {
        cmd.line("");
    }
    Ok(total / rounds as u32)
}

fn as_json(targets: &[Target]) -> String {
    #[derive(Serialize)]
    struct Server<'a> {
        url: &'a str,
        results: [Measured<'a>; 1],
    }

    #[derive(Serialize)]
    struct Measured<'a> {
        time: Time,
        address: &'a str,
        rtt: Nanos,
        url: &'a str,
    }

    let servers: Vec<Server<'_>> = targets
        .iter()
        .map(|target| Server {
            url: &target.url,
            results: [Measured {
                time: target.began,
                address: &target.address,
                rtt: target.rtt.unwrap_or_default().into(),
                url: target.rtt.map_or("", |_| &target.address),
            }],
        })
        .collect();
    gojson::to_string_indent(&servers)
}
