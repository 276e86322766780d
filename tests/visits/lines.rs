//! Journals made by chance: lines that a person could type, at random times in random terminals, and damage to texts.

use std::fmt::Write;

use playground::base::Rng;

/// What a line is made of. `@` is replaced by another of [`WORDS`], `#` by a number.
const LINES: &[&str] = &[
    "nats kv put b @ @",
    "nats kv put b k# #",
    "nats kv get b k#",
    "nats kv get b @ --raw | cat",
    "nats kv create b @ @",
    "nats kv update b k# @ #",
    "nats kv del b k#",
    "nats kv del b k# --force",
    "nats kv purge b k# -f",
    "nats kv ls b -v",
    "nats kv ls",
    "nats kv history b k#",
    "nats kv watch b",
    "nats kv watch b 'k#' &",
    "nats kv add b# --history # --ttl 1m",
    "nats kv add m# --mirror b",
    "nats kv add s# --source b",
    "nats kv rm b# -f",
    "nats kv revert b k# #",
    "nats kv compact b -f",
    "nats kv edit b --history 10",
    "nats kv status b",
    "nats pub @ @ --count #",
    "nats sub @ --count 2",
    "nats sub '>' &",
    "nats reply @ @ &",
    "nats request @ @",
    "nats stream ls",
    "nats stream purge KV_b -f",
    "nats stream rm KV_b# -f",
    "nats rtt",
    "nats server info",
    "nats-server -js",
    "nats-server -p 5000 &",
    "for i in $(seq #); do @; done",
    "while true; do nats kv put b hb @; sleep 1; done",
    "while true; do echo @; done",
    "until nats kv get b @; do sleep 0.#; done &",
    "a=@; b=$a$a; c=$b$b$b; d=$c$c$c$c",
    "for i in $(seq #); do a=$a$a; done; echo ${#a}",
    "a=@; for i in $(seq 24); do a=$a$a; done; echo $a; nats kv put b big $a",
    "x=$(while true; do echo @ @ @; done)",
    "echo $(nats kv get b k# --raw) | nats kv put b copy",
    "( ( sleep # & sleep 1 ); echo @ ) &",
    "if nats kv get b @ >/dev/null 2>&1; then echo @; else echo @ >&2; fi",
    "printf '%s\\t%5d\\r\\n' @ # \"$a\"",
    "printf '\\033[31m%s\\033[K\\b\\b' @",
    "echo $((a + # * (2 - #)))",
    "cat <<E | nats kv put b doc",
    "jobs; kill %1; wait",
    "kill -INT %#; fg",
    "history; clear; env",
    "exit #",
    "@",
    "",
];

const WORDS: &[&str] = &[
    "a",
    "k1",
    "k2.x",
    "hello",
    "'a b'",
    "\"$a\"",
    "$(echo x)",
    "żółć",
    "\u{202e}txt",
    ">",
    "*",
    "'*.x'",
    "--help",
    "-",
    "'",
    "\\",
    "$",
    "${a-b}",
    "y",
    "n",
    "$KV.b.k1",
    "0123456789012345678901234567890123456789",
    "{{.Count}}",
    "{{Random 10 5000}}",
    "[1m",
];

/// What a client from outside sends.
const FRAMES: &[&str] = &[
    "CONNECT {}\\r\\n",
    "PING\\r\\n",
    "SUB > 1\\r\\n",
    "SUB a q #\\r\\n",
    "PUB $KV.b.k# 2\\r\\nhi\\r\\n",
    "PUB a 100000000\\r\\n",
    "HPUB a 12 12\\r\\nNATS/1.0\\r\\n\\r\\n\\r\\n",
    "UNSUB 1\\r\\n",
    "\u{ff}\0",
];

fn one<'a>(of: &[&'a str], rng: &mut Rng) -> &'a str {
    of[rng.below(of.len() as u64) as usize]
}

fn filled(pattern: &str, rng: &mut Rng) -> String {
    let mut line = String::new();
    for char in pattern.chars() {
        match char {
            '@' => line.push_str(one(WORDS, rng)),
            '#' => {
                let most = 10_u64.pow(1 + rng.below(3) as u32);
                let _ = write!(line, "{}", rng.below(most));
            }
            other => line.push(other),
        }
    }
    line
}

/// A journal with so many acts at most.
pub(crate) fn journal(rng: &mut Rng, acts: u64) -> String {
    let mut text =
        "nats-kv 2 1795395723000\n0 ^1\n0 $1 nats-server -js\n9 $2 nats kv add b --history 5\n".to_owned();
    for _ in 0..1 + rng.below(acts) {
        let wait = [0, 0, 1, 50, 1000, 60_000, 90_000_000][rng.below(7) as usize];
        let terminal = 1 + rng.below(4);
        let act = match rng.below(25) {
            0 | 1 => format!("^{terminal}"),
            2 => format!("+{}", one(WORDS, rng)),
            3 => format!("-{terminal}"),
            4 => format!("={terminal} {}", one(WORDS, rng)),
            5 => format!("~{terminal} {}", rng.below(5)),
            6 => format!("@{}", 10_u64.pow(rng.below(9) as u32)),
            7 => format!("#{} x", rng.below(20)),
            8 => format!("!{}", rng.below(2)),
            9 => format!("|{}", rng.below(200)),
            10 => "(".to_owned(),
            11 | 12 => format!("<{} {}", 1 + rng.below(2), filled(one(FRAMES, rng), rng)),
            13 => format!("){}", 1 + rng.below(2)),
            14 => format!("${terminal} y"),
            15 => format!("*{terminal}"),
            _ => format!("${terminal} {}", filled(one(LINES, rng), rng)),
        };
        let amid = if rng.below(12) == 0 { format!("+{}", rng.below(60)) } else { String::new() };
        let _ = writeln!(text, "{wait}{amid} {act}");
    }
    text
}

/// The same text with some damage.
pub(crate) fn damaged(text: &str, other: &str, rng: &mut Rng) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..1 + rng.below(4) {
        let at = rng.below(bytes.len() as u64 + 1) as usize;
        let length = rng.below(40) as usize;
        let end = (at + length).min(bytes.len());
        match rng.below(6) {
            0 => bytes.truncate(at),
            1 => _ = bytes.drain(at..end),
            2 => bytes.splice(at..at, text.bytes().skip(at / 2).take(length)).for_each(drop),
            3 => bytes.splice(at..end, other.bytes().skip(at).take(length * 4)).for_each(drop),
            4 => bytes[at..end].iter_mut().take(1).for_each(|byte| *byte = rng.below(256) as u8),
            _ => bytes.splice(at..end, rng.below(1 << 40).to_string().bytes()).for_each(drop),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
