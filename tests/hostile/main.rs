//! Whatever bytes come in, in whatever pieces: no panic, no memory without bound.
//!
//! `HOSTILE_INPUTS` sets how many inputs there are, `HOSTILE_SEED` where they begin; both are printed.

mod bytes;

use playground::base::Rng;
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
    let (inputs, seed) = (setting("HOSTILE_INPUTS", 20_000), seed());
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
