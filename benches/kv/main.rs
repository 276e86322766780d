//! How quick it is: Key/Value through client, frames and server in memory, beside the codec alone, a bare store and
//! the real server over loopback.
//!
//! `cargo bench --bench kv` measures each size in a process of its own, natively and as WebAssembly in Node by turns,
//! and prints one table with the targets. `-- --rounds 1 --sizes 1000x1` does less. With `--measure` this same
//! program is such a process: it prints one figure a line.
//!
//! Where the time goes, by instructions (`valgrind --tool=callgrind`, natively): a put takes 6,600, a get 7,500, a delivery
//! to one of 100 watchers 3,900. Of a put half goes to the client, half to the server; of a delivery three fifths to the
//! client. A fourth of all is the protocol, written and read twice; a fifth checks, log and index. The rest is spread so that
//! nothing stands out: there are some forty places of 100 to 500 each. They take more time than their number says: all that
//! a put goes through once is 37 kB of program, more than a processor keeps nearest to it (32 kB), so that some 400 pieces
//! of it come from further away each time, while the bare codec and store fit.
//!
//! Tried, and kept, with what it saved together of a put's 14,000, a get's 19,800 and a delivery's 8,600 instructions:
//! - a put 4,000, a get 7,200: whom a subject reaches is remembered for all that begin like it, instead of asking the tree
//!   for each message and each answer; a received message in one piece of memory instead of four; numbers instead of names
//!   drawn by chance for requests; lines read from their ends and checked for being a text at once; the answer to a direct
//!   get without a queue;
//! - a put 900, a get 600: requests written into room that is used again, answers into the memory of what was read before;
//! - a put 200, a get 1,500: a direct get's headers read in the order in which servers write them;
//! - a delivery 1,100: filters compared as a beginning, the time of a message written once for all who get it, what came in
//!   not copied before it is read, numbers written four digits at a time;
//! - of a put's 8,800 then 1,200, of a get's 10,300 another 1,250, of an update's 14,000 even 3,100: a request as one future
//!   instead of four within each other, written straight from its parts, its answer found by the last token of the subject
//!   as it stands there; the names of what a client hears taken as bytes; headers written as a block at once; a waker that
//!   is not made anew for each turn and a sleeper that keeps one copy of it instead of two; nothing asked for more to do
//!   where there is none; the subject of a direct get in three parts instead of seven, its time written in place;
//! - of a delivery's 6,000 another 700, of a watcher's start over 100,000 keys a sixth, of a list of them a fifth: the
//!   numbers of a delivery read and written in groups of digits, its acknowledgement's subject not checked for being a text,
//!   a link without news not read, a filter asked last of all when a message goes, and what an ordered consumer hears
//!   decided in one function instead of a future for each message;
//! - of a delivery's 5,200 another 540, of a get's 9,000 another 220: key and value left in the message that brought them, in
//!   one piece of memory; programs found by their place; no second look for a consumer that has caught up. A segment of the
//!   log looked for first where the last one was found, which takes 60 of each message of a watcher's start.
//! - of a put's 7,500 then 800, of a get's 8,800 another 800, of a delivery's 4,450 another 580: the line of a message read in
//!   one pass, eight bytes at a time (which the bare codec gains too); a stored subject not made a text where nobody reads
//!   it; a publish as one future of its own, a watcher's next entry made in one function; the numbers of a delivery
//!   written from the last to the first; the subscription of a message looked for first where the last one was.
//! - of a put's 6,700 another 140, of a get's 8,000 another 580: a call of the API as one future, a time's text written and
//!   read in one piece, replies compared as numbers, the last two messages of a key kept without a list. One search for all
//!   sorted lists takes 30 and 100 of that back, for 1 kB less in the page.
//!
//! Kept from before: texts put together without formatting; one timer for a watcher, not one for each message; wakers that
//! know whether they wait already; the common acknowledgement read without a list of fields; servers that say 64 kB at a
//! time, so that what is said is still in the cache when it is read. One unit of compilation brings 5 %.
//!
//! Tried, and not kept: less optimization, so that the program is smaller. With 2 instead of 3 nothing changes; with `s` a
//! put takes a fifth longer though it is 1 kB smaller.
//!
//! Copies as loops instead of WebAssembly's own instruction make no difference in Node.
//!
//! A look at the last byte of a remembered beginning before all of it is compared brought nothing either.
//!
//! Not tried: subjects as bytes in the server's interior too; a timer for a connection instead of one for each request, which would let
//! clocks ring for nothing.

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
