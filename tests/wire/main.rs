//! What a server says on a raw connection, line by line: scripts in `cases`, recorded from the real `nats-server` and
//! played to ours, in memory.
//!
//! `WIRE_CASES=WORD` takes only files with that in their name. `UPDATE=1` records them again from `NATS_SERVER` (or `nats-server` from PATH), the whole of moving to a new version.
//! `WIRE_SERVER=PROGRAM` plays them over TCP to a program that takes nats-server's flags: `serve`, or the real one.

mod here;
mod mask;
#[path = "../common/program.rs"]
mod program;
mod script;
mod there;

use std::path::{Path, PathBuf};

use script::{Case, Step};

/// A server under test, as a script sees it. Connections have letters.
trait Peer {
    fn send(&mut self, name: char, bytes: &[u8]);
    fn wait(&mut self, millis: u64);
    /// What has come on a connection since the last time, until nothing more comes; `wanted` is what is expected, which
    /// tells a peer in real time how long to listen. The second part: the connection has ended.
    fn heard(&mut self, name: char, wanted: Option<usize>) -> (Vec<u8>, bool);
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire/cases");
    let listed = std::fs::read_dir(folder).expect("the folder is there");
    let wanted = std::env::var("WIRE_CASES").unwrap_or_default();
    let mut files: Vec<PathBuf> = listed.map(|entry| entry.expect("it can be read").path()).collect();
    files.retain(|file| file.to_string_lossy().contains(&wanted));
    files.sort();
    files
}

/// Plays a case and returns it with what was said now.
fn play(case: &Case, peer: &mut dyn Peer) -> Case {
    let mut played = Case { title: case.title.clone(), config: case.config.clone(), steps: Vec::new() };
    let mut open: Vec<char> = Vec::new();
    let mut steps = case.steps.iter().peekable();
    while let Some(step) = steps.next() {
        match step {
            Step::Send(name, text) => {
                if !open.contains(name) {
                    open.push(*name);
                }
                peer.send(*name, &script::bytes(text));
            }
            Step::Wait(millis) => peer.wait(*millis),
            Step::Heard(..) => continue,
        }
        played.steps.push(step.clone());
        // What causes nothing is sent together with what follows.
        if !is_update() && matches!(steps.peek(), Some(Step::Send(..) | Step::Wait(_))) {
            continue;
        }
        let mut expected = Vec::new();
        while let Some(Step::Heard(name, line)) = steps.peek() {
            expected.push((*name, line.as_str()));
            steps.next();
        }
        for name in open.clone() {
            let wanted = expected.iter().filter(|(other, _)| *other == name).count();
            let (bytes, ended) = peer.heard(name, Some(wanted).filter(|_| !is_update()));
            let lines = mask::lines(&bytes, &case.title);
            played.steps.extend(lines.into_iter().map(|line| Step::Heard(name, line)));
            if ended {
                played.steps.push(Step::Heard(name, script::CLOSED.to_owned()));
                open.retain(|other| *other != name);
            }
        }
    }
    played
}

fn is_update() -> bool {
    std::env::var_os("UPDATE").is_some()
}

#[test]
fn the_server_says_what_the_real_one_says() {
    let program = std::env::var("WIRE_SERVER").ok().or_else(|| {
        is_update().then(|| std::env::var("NATS_SERVER").unwrap_or_else(|_| "nats-server".to_owned()))
    });
    let (mut count, mut wrong) = (0, Vec::new());
    for file in files() {
        let text = std::fs::read_to_string(&file).expect("it can be read");
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut again = String::new();
        for case in script::read(&text) {
            let played = match &program {
                Some(program) => play(&case, &mut there::There::start(program, &case)),
                None => play(&case, &mut here::InMemory::start(&case.config)),
            };
            count += 1;
            if played.steps != case.steps {
                wrong.push(format!("{name}: {}\n{}", case.title, script::differ(&case, &played)));
            }
            again.push_str(&script::write(&played));
        }
        if is_update() {
            std::fs::write(&file, again).expect("it can be written");
        }
    }
    println!("{count} cases, {} differ", wrong.len());
    assert!(is_update() || wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 0, "there are cases");
}
