//! How quick it is: Key/Value through client, frames and server in memory, beside the codec alone, a bare store and
//! the real server over loopback.
//!
//! `cargo bench --bench kv` measures each size in a process of its own, natively and as WebAssembly in Node by turns,
//! and prints one table with the targets. `-- --rounds 1 --sizes 1000x1` does less. With `--measure` this same
//! program is such a process: it prints one figure a line.
//!
//! Where the time goes, by instructions (`valgrind --tool=callgrind`, natively): a put takes 8,700, a get 10,300, a delivery
//! to one of 100 watchers 6,000. Of a put half goes to the client, half to the server. A fourth of all is the protocol,
//! written and read twice; a fifth checks, log and index. The rest is spread so that nothing stands out: there are some
//! forty places of 100 to 500 each.
//!
//! Tried, and kept, with what it saved together of a put's 14,000, a get's 19,800 and a delivery's 8,600 instructions:
//! - a put 4,000, a get 7,200: whom a subject reaches is remembered for all that begin like it, instead of asking the tree
//!   for each message and each answer; a received message in one piece of memory instead of four; numbers instead of names
//!   drawn by chance for requests; lines read from their ends and checked for being a text at once; the answer to a direct
//!   get without a queue;
//! - a put 900, a get 600: requests written into room that is used again, answers into the memory of what was read before;
//! - a put 200, a get 1,500: a direct get's headers read in the order in which servers write them;
//! - a delivery 1,100: filters compared as a beginning, the time of a message written once for all who get it, what came in
//!   not copied before it is read, numbers written four digits at a time.
//!
//! Kept from before: texts put together without formatting; one timer for a watcher, not one for each message; wakers that
//! know whether they wait already; the common acknowledgement read without a list of fields; servers that say 64 kB at a
//! time, so that what is said is still in the cache when it is read. One unit of compilation brings 5 %.
//!
//! Not tried: subjects as bytes instead of texts, of which every message has some checked again; programs found by their
//! place instead of looked up twice for each turn; a timer for a connection instead of one for each request.

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
