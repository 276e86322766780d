//! How fast Key/Value is: client, protocol and server in memory, beside the codec alone, a bare store, and the real
//! server over loopback.
//!
//! `cargo bench --bench kv` measures each size in a process of its own, natively and as WebAssembly in Node alternately,
//! and prints one table with the targets. `-- --rounds 1 --sizes 1000x1` does less. With `--measure` this same
//! program is such a process: it prints one figure a line.
//!
//! # Where the time goes
//!
//! In instructions (`valgrind --tool=callgrind`, native): a put takes 6,600, a get 7,500, a delivery to one of 100 watchers
//! 3,900. Half of a put is the client, half the server; of a delivery three fifths are the client. A quarter of
//! everything is encoding and decoding the protocol, a fifth checks, log and index. The rest is spread over some forty
//! functions of 100 to 500 instructions each. The code that one put runs through is 37 kB, more than the instruction cache
//! of 32 kB, while the bare codec and store fit into it.
//!
//! # What made it fast
//!
//! Instructions saved, of an original put of 14,000, get of 19,800 and delivery of 8,600:
//! - put 4,000, get 7,200: matches are cached by subject prefix instead of walking the subscription tree for each
//!   message; a received message is one allocation instead of four; request numbers instead of random names; lines are
//!   scanned from their ends and checked for UTF-8 once; direct gets are answered without a queue;
//! - put 900, get 600: requests are written into a reused buffer, answers into the buffer of what was read before;
//! - put 200, get 1,500: the headers of a direct get are read in the order in which servers write them;
//! - delivery 1,100: filters compare prefixes; a message's time is formatted once for all recipients; input is not copied
//!   before it is parsed; numbers are written four digits at a time;
//! - put 1,200, get 1,250, update 3,100: a request is one future instead of four nested ones, written straight from its
//!   parts, its answer found by the last token of the subject; header blocks are written at once; a task's waker is
//!   created once, and a sleeper keeps one clone of it;
//! - delivery 700, a watcher's start over 100,000 keys a sixth, listing them a fifth: numbers of a delivery are read and
//!   written in groups of digits; its reply subject is not checked for UTF-8; an idle link is not read; what an ordered
//!   consumer receives is handled in one function instead of a future for each message;
//! - delivery 540, get 220: key and value stay in the message that brought them; tasks are found by index; a consumer that
//!   has caught up is not checked twice. The log's last segment is looked up first: 60 of each message of a watcher's start;
//! - put 800, get 800, delivery 580: a message's line is parsed in one pass, eight bytes at a time (the bare codec gains as
//!   well); stored subjects stay bytes where nobody reads them; a publish is one future, a watcher's next entry one function;
//!   the last matching subscription is looked up first;
//! - put 140, get 580: an API call is one future; times are formatted and parsed in one piece; reply subjects compare as
//!   numbers; the last two messages of a key are kept without a list.
//!
//! Also: text is assembled without the formatting machinery; one timer for a watcher, not one for each message; wakers know
//! whether they are queued already; the common acknowledgement is parsed without a list of fields; servers emit 64 kB at a
//! time, so that the bytes are still cached when they are read. One codegen unit brings 5 %.
//!
//! # What did not help
//!
//! - `opt-level` 2 instead of 3: no change. With `s` a put takes a fifth longer.
//! - Loops instead of WebAssembly's bulk copies: no change in Node.
//! - Comparing the last byte of a cached prefix first: no change.
//!
//! Not tried: subjects as bytes inside of the server too; one timer for a connection instead of one for each request, which
//! would wake tasks without need.

mod bare;
mod environment;
#[cfg(not(target_os = "wasi"))]
mod figures;
mod in_memory;
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
        words => run(words),
    }
}

/// Measures our server and client and the lower bounds. `only` is a prefix of the names of the figures that are wanted.
fn measure_here(size: Size, only: &str) {
    let mut report = Report::new(only);
    in_memory::measure(size, &mut report);
    bare::measure(size, &mut report);
}

#[cfg(target_os = "wasi")]
fn run(_: &[&str]) {
    eprintln!("only --measure KEYSxHISTORY");
}

#[cfg(not(target_os = "wasi"))]
fn run(words: &[&str]) {
    match words {
        ["--real"] => real::measure(None),
        ["--real", program] => real::measure(Some(program)),
        words => table::run(words),
    }
}
