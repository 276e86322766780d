//! Whatever bytes come in, in whatever pieces: no panic, no memory without bound.
//!
//! `HOSTILE_INPUTS` sets how many inputs there are, `HOSTILE_SEED` where they begin; both are printed.

mod bytes;
mod ground;
mod guided;
#[path = "../common/memory.rs"]
mod memory;

use std::time::Duration;

use ground::Ground;
use playground::base::Rng;
use playground::server::Input;
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
    let mut ground = Ground::new(seed);
    for input in 0..inputs {
        let connection = ground.connection(&mut rng);
        let bytes = bytes::some(&mut rng);
        let given: Vec<Input<'_>> = match rng.below(60) {
            0 => vec![Input::Closed],
            1 => vec![Input::PendingBytes(rng.below(512 * 1024) as usize)],
            _ => bytes.chunks(1 + rng.below(200) as usize).map(Input::Bytes).collect(),
        };
        let pass = if rng.below(4) == 0 { rng.below(40_000) } else { 0 };
        ground.give(connection, &given, Duration::from_millis(pass), &mut |_| {});
        if input % 64 == 0 {
            ground.look();
        }
        if rng.below(2000) == 0 {
            ground.restart();
        }
    }
    let Ground { closed, said, peak, .. } = ground;
    println!("{closed} connections closed, {said} bytes said, at most {peak} bytes held");
    assert!(closed > inputs / 100 && said > inputs, "the inputs reach the server");
}

#[test]
fn the_server_survives_what_is_found_on_the_way() {
    let (inputs, seed) = (setting("HOSTILE_INPUTS", 1_000_000) / 8, seed());
    let (found, ground) = guided::search(inputs, seed, true);
    let (blindly, _) = guided::search(inputs / 4, seed, false);
    let Ground { closed, said, peak, .. } = ground;
    println!("{found} ways found, {blindly} in a quarter of the inputs without keeping any");
    println!("{closed} connections closed, {said} bytes said, at most {peak} bytes held");
    assert!(found > blindly, "what is kept leads further");
}
