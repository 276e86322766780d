//! Inputs that led somewhere new are kept and changed further. What counts as new is what the server says: each line with
//! its numbers and names taken out, and which one came before it. No instrumentation is needed for that, so it runs with
//! stable Rust, and it finds the way through calls that only work one after another.

use std::collections::BTreeSet;
use std::time::Duration;

use playground::base::Rng;
use playground::server::Input;

use crate::bytes;
use crate::ground::Ground;

/// Inputs that are kept.
const KEPT_MAX: usize = 4096;

/// Inputs to one server, so that what is found is not buried.
const SPAN: u64 = 500;

/// How many inputs led somewhere new. Unguided, none is kept.
pub(crate) fn search(inputs: u64, seed: u64, guided: bool) -> (usize, Ground) {
    let mut rng = Rng::new(seed ^ 0x6775_6964);
    let mut ground = Ground::new(seed);
    let mut kept: Vec<Vec<u8>> = Vec::new();
    let mut seen = BTreeSet::new();
    for input in 0..inputs {
        let given = match kept.len() as u64 {
            0 => bytes::some(&mut rng),
            _ if rng.below(3) == 0 => bytes::some(&mut rng),
            count => bytes::change(&kept, rng.below(count) as usize, &mut rng),
        };
        let pieces: Vec<Input<'_>> = given.chunks(1 + rng.below(2000) as usize).map(Input::Bytes).collect();
        let pass = if rng.below(8) == 0 { Duration::from_millis(rng.below(8000)) } else { Duration::ZERO };
        let connection = ground.connection(&mut rng);
        let (mut is_new, mut before) = (false, 0);
        ground.give(connection, &pieces, pass, &mut |said| {
            for line in said.split(|b| *b == b'\n') {
                let kind = kind(line);
                is_new |= seen.insert((before, kind));
                before = kind;
            }
        });
        if is_new && guided && given.len() < 4096 {
            let at = if kept.len() < KEPT_MAX { kept.len() } else { rng.below(KEPT_MAX as u64) as usize };
            kept.truncate(KEPT_MAX);
            match kept.get_mut(at) {
                Some(place) => *place = given,
                None => kept.push(given),
            }
        }
        if input % 64 == 0 {
            ground.look();
        }
        if input % SPAN == 0 {
            ground.forget();
        }
    }
    (seen.len(), ground)
}

/// A line without its numbers and without what the client has chosen: words of the protocol, and names and texts in JSON.
fn kind(line: &[u8]) -> u64 {
    let line = &line[..line.len().min(400)];
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let is_message = line.starts_with(b"MSG ") || line.starts_with(b"HMSG ");
    for byte in line.iter().take_while(|b| !(is_message && **b == b' ')) {
        if !byte.is_ascii_digit() && byte.is_ascii_graphic() {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}
