//! The shell against bash itself, and the small programs against this machine's: the same lines, by hand and by chance,
//! with the same output and status.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio as Process};
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};

use playground::base::files::HOME;
use playground::base::{Clock, Files, Ids, Meter, Out, Stdin, Stdio, Time, TimeZone};
use playground::programs::{Invocation, Machine, Programs, Running};
use playground::shell::{Shell, run};
use playground::sim::Tasks;

/// The programs of bash are none of ours.
struct Nothing;

impl Programs for Nothing {
    fn names(&self) -> Vec<(&'static str, &'static str)> {
        Vec::new()
    }

    fn start(&self, _: Invocation) -> Option<Running> {
        None
    }
}

/// What our shell prints, and its status.
fn ours(text: &str) -> (String, i32) {
    let clock = Clock::new(Time::from_secs(1));
    let vars = BTreeMap::from([("HOME".to_owned(), HOME.to_owned())]);
    let machine = Machine {
        clock: clock.clone(),
        ids: Ids::new(1),
        zone: TimeZone::UTC,
        files: Files::new(&clock, &Meter::default()),
        meter: Meter::default(),
        installed: Rc::new(Nothing),
    };
    let shell = Shell::new(machine, &vars).subshell();
    let (stdout, printed) = Out::buffer(&Meter::default());
    let (stderr, complaints) = Out::buffer(&Meter::default());
    let stdio = Stdio { stdin: Stdin::of([]), stdout, stderr };
    let (tasks, status) = (Tasks::default(), Rc::new(std::cell::Cell::new(None)));
    let (line, told) = (text.to_owned(), status.clone());
    tasks.spawn({
        let shell = shell.clone();
        async move { told.set(Some(run::run(&line, &shell, stdio).await)) }
    });
    for _ in 0..100_000 {
        shell.jobs.take_new_tasks().into_iter().for_each(|job| _ = tasks.spawn(job));
        match (tasks.runnable(), status.get(), clock.next()) {
            (0, None, Some(next)) => clock.set(next),
            (0, ..) => break,
            _ => tasks.run(0),
        }
    }
    let status = status.get().unwrap_or_else(|| panic!("{text:?} does not end"));
    let complaints = String::from_utf8_lossy(&complaints.take()).into_owned();
    let refused = complaints.lines().find(|line| line.contains("not simulated")).unwrap_or("");
    (String::from_utf8_lossy(&printed.take()).into_owned() + refused, status)
}

/// What bash prints, and its status, in an empty folder.
fn theirs(text: &str) -> (String, i32) {
    let folder = empty_folder();
    let mut command = Command::new("bash");
    command
        .arg("-c")
        .arg(text)
        .current_dir(&folder)
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("LC_ALL", "C.UTF-8")
        .env("TZ", "UTC")
        .env("HOME", HOME);
    let output = command.stdin(Process::null()).output().expect("there is a bash");
    let _ = fs::remove_dir_all(folder);
    (String::from_utf8_lossy(&output.stdout).into_owned(), output.status.code().unwrap_or(-1))
}

fn empty_folder() -> PathBuf {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("bash-{}-{number}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder for bash");
    folder
}

/// Whether the bash of this machine is of the kind that ours follows.
fn is_our_kind() -> bool {
    Command::new("bash")
        .arg("--version")
        .output()
        .is_ok_and(|output| String::from_utf8_lossy(&output.stdout).starts_with("GNU bash, version 5."))
}

/// Programs that not every machine has. Lines with them are left out where they are missing.
const NOT_EVERYWHERE: &[&str] = &["bc", "column", "hostname"];

fn is_installed(name: &str) -> bool {
    ["/usr/bin", "/bin"].iter().any(|folder| fs::exists(format!("{folder}/{name}")).is_ok_and(|is| is))
}

/// Compares the lines of a file.
fn compare(lines: &str) {
    if !is_our_kind() {
        return;
    }
    let absent: Vec<&str> = NOT_EVERYWHERE.iter().copied().filter(|name| !is_installed(name)).collect();
    let needs_absent = |line: &&str| line.split_whitespace().any(|word| absent.contains(&word));
    let is_line = |line: &&str| !line.is_empty() && !line.starts_with("//") && !needs_absent(line);
    let mut different = String::new();
    for text in lines.lines().filter(is_line) {
        let text = text.replace('⏎', "\n");
        let (ours, theirs) = (ours(&text), theirs(&text));
        if ours != theirs {
            different.push_str(&format!("{text}\n  ours   {ours:?}\n  theirs {theirs:?}\n"));
        }
    }
    assert!(different.is_empty(), "{different}");
}

#[test]
fn lines_written_by_hand() {
    compare(include_str!("data/shell.txt"));
}

#[test]
fn lines_of_bash() {
    compare(include_str!("data/bash.txt"));
}

#[test]
fn small_programs() {
    compare(include_str!("data/programs.txt"));
}

/// A generator of lines that mean something.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }

    fn word(&mut self, depth: usize) -> String {
        let pieces = 1 + self.below(3);
        (0..pieces).map(|_| self.piece(depth)).collect()
    }

    fn piece(&mut self, depth: usize) -> String {
        let plain = ["a", "b1", "x.y", "é", "漢", "=", "*", "-", "a=b", "%", "@", "#", "{}", "[x]", ":", ","];
        let quoted = [
            "'a  b'",
            "''",
            "\"\"",
            "\"a 'b' c\"",
            "'a\"b'",
            "\\ ",
            "\\\\",
            "\\$",
            "\"\\$x\"",
            "'$x'",
            "\"\\a\"",
            "\\'",
            "\"#\"",
            "';'",
            "\"|\"",
        ];
        let variables = [
            "$x",
            "\"$x\"",
            "${y}",
            "\"${y}z\"",
            "$?",
            "${x:-d e}",
            "\"${z:-d e}\"",
            "${z-'q r'}",
            "${x:+s t}",
            "$z",
            "$",
            "\"$\"",
            "$((x + 1))",
            "$((2*3-1))",
        ];
        match self.below(if depth == 0 { 8 } else { 10 }) {
            0..=3 => self.pick(&plain).to_owned(),
            4 | 5 => self.pick(&quoted).to_owned(),
            6 | 7 => self.pick(&variables).to_owned(),
            8 => format!("$( {})", self.list(depth - 1)),
            _ => format!("\"$( {})\"", self.list(depth - 1)),
        }
    }

    fn words(&mut self, depth: usize) -> String {
        let count = self.below(4);
        (0..count).map(|_| format!(" {}", self.word(depth))).collect()
    }

    fn command(&mut self, depth: usize) -> String {
        match self.below(if depth == 0 { 9 } else { 14 }) {
            0..=3 => format!("printf '[%s]'{}", self.words(depth)),
            4 => format!("echo{}", self.words(depth)),
            5 => format!("{}={}", self.pick(&["x", "y"]), self.word(depth)),
            6 => self.pick(&["true", "false", ":", "printf '%s\\n' one two"]).to_owned(),
            7 => format!(
                "[ \"{}\" {} \"{}\" ]",
                self.pick(&["a", "$x", ""]),
                self.pick(&["=", "!="]),
                self.pick(&["a", "$y"])
            ),
            8 => format!("test {} {} {}", self.below(5), self.pick(&["-lt", "-eq", "-ge"]), self.below(5)),
            9 => format!("for x in{}; do {}; done", self.words(depth), self.list(depth - 1)),
            10 => format!(
                "if {}; then {}; else {}; fi",
                self.list(depth - 1),
                self.list(depth - 1),
                self.list(depth - 1)
            ),
            11 => format!("{{ {}; }}", self.list(depth - 1)),
            12 => format!("({})", self.list(depth - 1)),
            _ => format!("while {}; do {}\nbreak\ndone", self.list(depth - 1), self.list(depth - 1)),
        }
    }

    fn list(&mut self, depth: usize) -> String {
        let mut text = self.command(depth);
        for _ in 0..self.below(3) {
            let joint = self.pick(&["; ", " && ", " || ", " | ", " | cat | ", "\n"]);
            text = format!("{text}{joint}{}", self.command(depth));
        }
        text
    }
}

#[test]
fn lines_made_by_chance() {
    if !is_our_kind() {
        return;
    }
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(7);
    let count = std::env::var("LINES").ok().and_then(|count| count.parse().ok()).unwrap_or(400);
    let mut chance = Chance(seed);
    for _ in 0..count {
        let text = chance.list(2).replace("$$", "$"); // the number of a process
        let (ours, theirs) = (ours(&text), theirs(&text));

        // Where a later line is not understood, bash has another status.
        let is_wrong_later = ours.0 == theirs.0 && ours.1 == 2 && matches!(theirs.1, 2 | 127);
        assert!(
            ours == theirs || is_wrong_later,
            "seed {seed}: {text}\n  ours   {ours:?}\n  theirs {theirs:?}"
        );
    }
}
