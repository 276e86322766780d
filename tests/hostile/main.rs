//! Whatever bytes come in, in whatever pieces: no panic, no memory without bound.
//!
//! `HOSTILE_INPUTS` sets how many inputs there are, `HOSTILE_SEED` where they begin; both are printed.

mod bytes;

use std::time::Duration;

use playground::base::{Rng, Time};
use playground::server::config::JetStreamConfig;
use playground::server::{Config, ConnId, Disk, Input, Output, Server, Telling};
use playground::wire::{Decoder, Limits};

/// A number from the environment, or else the default.
fn setting(name: &str, default: u64) -> u64 {
    match std::env::var(name) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{name} is not a number: {text}")),
        Err(_) => default,
    }
}

fn seed() -> u64 {
    setting("HOSTILE_SEED", 1)
}

#[test]
fn the_decoder_survives() {
    let (inputs, seed) = (setting("HOSTILE_INPUTS", 1_000_000), seed());
    println!("{inputs} inputs from seed {seed}");
    let limits = Limits { max_payload: 512, max_control_line: 256 };
    let mut rng = Rng::new(seed);
    let (mut operations, mut violations) = (0_u64, 0_u64);
    let mut decoder = Decoder::default();
    for _ in 0..inputs {
        let bytes = bytes::some(&mut rng);
        for piece in bytes.chunks(1 + rng.below(64) as usize) {
            decoder.push(piece);
            loop {
                match decoder.client_op(limits) {
                    Ok(Some(_)) => operations += 1,
                    Ok(None) => break,
                    Err(_) => {
                        violations += 1;
                        decoder = Decoder::default();
                        break;
                    }
                }
            }
            assert!(decoder.waiting() <= 256 + 512 + 64 + 4, "{} bytes wait", decoder.waiting());
        }
    }
    println!("{operations} operations, {violations} violations");
    assert!(
        operations > inputs / 4 && violations > inputs / 20,
        "the inputs are neither all good nor all bad"
    );
}

#[test]
fn the_server_survives() {
    let (inputs, seed) = (setting("HOSTILE_INPUTS", 1_000_000), seed());
    let mut rng = Rng::new(seed ^ 0x5e4e_4e4e);
    let config = || Config {
        jetstream: Some(JetStreamConfig::default()),
        max_payload: 4096,
        max_pending: 256 * 1024,
        telling: Telling::Wire,
        seed,
        ..Config::default()
    };
    let mut now = Time::from_secs(1_000_000);
    let mut server = Server::new(config(), Disk::default(), now);
    let mut open: Vec<u64> = Vec::new();
    let (mut next, mut closed, mut said) = (0, 0_u64, 0_u64);
    for input in 0..inputs {
        if open.len() < 8 {
            next += 1;
            server.handle(now, ConnId(next), Input::Open { ip: "127.0.0.1".to_owned() });
            open.push(next);
        }
        let connection = ConnId(open[rng.below(open.len() as u64) as usize]);
        match rng.below(60) {
            0 => server.handle(now, connection, Input::Closed),
            1 => server.handle(now, connection, Input::Waiting(rng.below(512 * 1024) as usize)),
            _ => {
                let bytes = bytes::some(&mut rng);
                for piece in bytes.chunks(1 + rng.below(200) as usize) {
                    server.handle(now, connection, Input::Bytes(piece));
                }
            }
        }
        if rng.below(4) == 0 {
            now = now + Duration::from_millis(rng.below(40_000));
            server.tick(now);
        }
        if let Some(deadline) = server.deadline() {
            assert!(deadline > now, "overdue since {deadline}, it is {now}");
        }
        while let Some(output) = server.poll() {
            match output {
                Output::Bytes(_, bytes) => said += bytes.len() as u64,
                Output::Close(connection, _) => {
                    closed += 1;
                    open.retain(|known| *known != connection.0);
                }
            }
        }
        if input % 64 == 0 {
            let view = server.view();
            let held: u64 = view.streams.iter().map(|stream| stream.bytes).sum();
            assert!(
                view.streams.len() < 1000 && held < 64 << 20,
                "{} streams, {held} bytes",
                view.streams.len()
            );
            server.take_events();
        }
        if rng.below(2000) == 0 {
            server = Server::new(config(), server.shutdown(), now);
            open.clear();
        }
    }
    println!("{closed} connections closed, {said} bytes said");
    assert!(closed > inputs / 100 && said > inputs, "the inputs reach the server");
}
