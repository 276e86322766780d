//! Runs all measurements in rounds, alternately on each platform, and prints them as one table.

use std::process::{Command, Stdio};

use crate::figures::Figures;
use crate::targets::{Bound, TARGETS};

const SIZES: [&str; 4] = ["1000x1", "100000x1", "1000000x1", "10000x64"];
const WASM: &str = " wasm";
/// The real server, measured with async-nats and with our own client.
const REAL: &str = " real";
const OWN: &str = " real, own";

/// Measures in rounds and prints; `words` are `--rounds N`, `--sizes A,B` and `--native`.
pub(crate) fn run(words: &[&str]) {
    let value = |name| words.iter().position(|word| *word == name).and_then(|at| words.get(at + 1).copied());
    let rounds: usize = value("--rounds").and_then(|rounds| rounds.parse().ok()).unwrap_or(3);
    let all = SIZES.join(",");
    let sizes: Vec<&str> = value("--sizes").unwrap_or(&all).split(',').collect();
    let wasm = if words.contains(&"--native") { None } else { compile_wasm() };
    let real = if words.contains(&"--native") { None } else { compile_real() };
    let own = std::env::current_exe().expect("a program knows where it is").display().to_string();
    let mut figures = Figures::default();
    for round in 1..=rounds {
        for size in &sizes {
            eprintln!("round {round} of {rounds}: {size}");
            if *size == SIZES[0] {
                figures.add(size, &output(&own, &["--real"]), OWN);
                if let Some(real) = &real {
                    figures.add(size, &output(&own, &["--real", real]), REAL);
                }
            }
            figures.add(size, &output(&own, &["--measure", size]), "");
            if let Some(wasm) = &wasm {
                let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tools/wasi.mjs");
                let printed = output("node", &["--no-warnings", script, wasm, "--measure", size]);
                figures.add(size, &printed, WASM);
            }
        }
    }
    print(&figures, &sizes, rounds);
}

fn output(program: &str, arguments: &[&str]) -> String {
    let done = Command::new(program).args(arguments).stderr(Stdio::inherit()).output();
    done.map(|done| String::from_utf8_lossy(&done.stdout).into_owned()).unwrap_or_default()
}

/// Compiles this program to WebAssembly. `None`, with a message, if that fails.
fn compile_wasm() -> Option<String> {
    let found = compile("kv", &["bench", "--no-run", "--bench", "kv", "--target", "wasm32-wasip1"]);
    if found.is_none() {
        eprintln!("no WebAssembly: it needs `rustup target add wasm32-wasip1`");
    }
    found
}

/// Compiles the program that measures with async-nats.
fn compile_real() -> Option<String> {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/real/Cargo.toml");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/target/real-bench");
    compile("real-bench", &["build", "--release", "--manifest-path", manifest, "--target-dir", folder])
}

/// Runs cargo; the path of the executable of this name.
fn compile(name: &str, words: &[&str]) -> Option<String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let done = Command::new(cargo)
        .args(words)
        .args(["--quiet", "--message-format", "json"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stderr(Stdio::inherit())
        .output()
        .ok()?;
    let printed = String::from_utf8_lossy(&done.stdout);
    let mut made = printed.lines().filter_map(|line| {
        let line: serde_json::Value = serde_json::from_str(line).ok()?;
        line["executable"].as_str().filter(|_| line["target"]["name"] == name).map(str::to_owned)
    });
    made.next()
}

/// Rows of the table and their units.
const ROWS: [(&str, &str); 18] = [
    ("fill", "put/s"),
    ("put", "/s"),
    ("get", "/s"),
    ("cas", "/s"),
    ("create", "/s"),
    ("fan 1", "deliveries/s"),
    ("fan 10", "deliveries/s"),
    ("fan 100", "deliveries/s"),
    ("watch", "ms"),
    ("list", "ms"),
    ("memory", "B/revision"),
    ("codec put", "/s"),
    ("codec get", "/s"),
    ("store put", "/s"),
    ("store get", "/s"),
    ("bare put", "/s"),
    ("bare get", "/s"),
    ("bare cas", "/s"),
];

fn print(figures: &Figures, sizes: &[&str], rounds: usize) {
    println!(
        "\nMedians of {rounds} rounds. Values of 64 bytes; memory is what a revision takes beyond its value;"
    );
    println!(
        "bare is codec and plain store together; real is nats-server over loopback, one request at a time.\n"
    );
    for size in sizes {
        let real = *size == SIZES[0];
        println!(
            "| {size} | | native | wasm | wasm/native |{}",
            if real { " real | real, own |" } else { "" }
        );
        println!("|---|---|---|---|---|{}", if real { "---|---|" } else { "" });
        for (name, unit) in ROWS {
            let Some(native) = figures.of(size, name) else { continue };
            let wasm = figures.of(size, &format!("{name}{WASM}"));
            let ratio = figures.ratio(size, &format!("{name}{WASM}"), name);
            let cell = |value: Option<f64>| value.map_or("-".to_owned(), number);
            let ratio = ratio.map_or("-".to_owned(), |ratio| format!("{ratio:.2}"));
            print!("| {name} | {unit} | {} | {} | {ratio} |", number(native), cell(wasm));
            if real {
                for suffix in [REAL, OWN] {
                    print!(" {} |", cell(figures.of(size, &format!("{name}{suffix}"))));
                }
            }
            println!();
        }
        println!();
    }
    println!("| target | wanted | measured | |\n|---|---|---|---|");
    for target in TARGETS {
        let Some(value) = (target.value)(figures) else { continue };
        let (wanted, met) = match target.bound {
            Bound::AtLeast(least) => (format!(">= {least}"), value >= least),
            Bound::AtMost(most) => (format!("<= {most}"), value <= most),
        };
        println!("| {} | {wanted} | {value:.2} | {} |", target.title, if met { "met" } else { "MISSED" });
    }
}

/// Groups thousands by commas; numbers below 1000 get a decimal.
fn number(value: f64) -> String {
    if value.abs() < 1000.0 {
        return format!("{value:.1}");
    }
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
