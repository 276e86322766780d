//! How quick it is: Key/Value through client, frames and server in memory, beside the codec alone, a bare store and
//! the real server over loopback.
//!
//! `cargo bench --bench kv` measures each size in a process of its own, natively and as WebAssembly in Node by turns,
//! and prints one table with the targets. `-- --rounds 1 --sizes 1000x1` does less. With `--measure` this same
//! program is such a process: it prints one figure a line.
//!
//! Where the time of a put goes, by instructions (`valgrind --tool=callgrind`), of some 14,000: half to the client, half to
//! the server. A third of all is the protocol, written and read twice; 11 % finding who listens, twice; 18 % checks, log
//! and index; 12 % memory taken and given back, about ten times; 6 % futures, timers and wakers. The rest is spread so
//! that nothing stands out. Tried, and kept: texts put together without formatting; one growth of a buffer for what is
//! written into it; one timer for a watcher, not one for each message; wakers that know whether they wait already; words
//! found many bytes at a time; positions read from their end; the common acknowledgement read without a list of fields;
//! servers that say 64 kB at a time, so that what is said is still in the cache when it is read. Tried without gain: one
//! unit of compilation brings 5 %. Not tried: messages that share one buffer instead of four texts each, and a path for
//! answers around the tree of subjects.

mod bare;
mod ground;
mod measure;
mod operations;
#[cfg(not(target_os = "wasi"))]
mod real;
#[cfg(not(target_os = "wasi"))]
mod table;
#[cfg(not(target_os = "wasi"))]
mod targets;

use measure::{Report, Size};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["--measure", size] => measure_here(Size::parse(size).expect("a size as 1000x1"), ""),
        ["--measure", size, only] => measure_here(Size::parse(size).expect("a size as 1000x1"), only),
        words => told(words),
    }
}

/// Measures ourselves and the bare parts; `only` those figures that begin so.
fn measure_here(size: Size, only: &str) {
    let mut report = Report::new(only);
    ground::in_memory(size, &mut report);
    bare::measure(size, &mut report);
}

#[cfg(target_os = "wasi")]
fn told(_: &[&str]) {
    eprintln!("only --measure KEYSxHISTORY");
}

#[cfg(not(target_os = "wasi"))]
fn told(words: &[&str]) {
    match words {
        ["--real"] => real::measure(None),
        ["--real", program] => real::measure(Some(program)),
        words => table::run(words),
    }
}
