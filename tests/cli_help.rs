//! Every help page of the real command, at three widths of the screen.

use playground::cli::help::Page;
use playground::cli::table;

#[test]
fn help_pages_are_those_of_the_real_command() {
    for (width, recorded) in [
        (60, include_str!("data/cli/help-60.txt")),
        (80, include_str!("data/cli/help-80.txt")),
        (120, include_str!("data/cli/help-120.txt")),
    ] {
        for page in recorded.split("$ nats ").skip(1) {
            let (line, want) = page.split_once('\n').expect("a command line");
            let globals = line.ends_with("--help");
            let mut chain = vec![table::root()];
            for word in line.split(' ').filter(|word| !matches!(*word, "help" | "--help" | "")) {
                chain.push(chain[chain.len() - 1].find(word).expect("a command of the table"));
            }
            let got = Page { chain: &chain, width, globals }.render();
            assert!(got == want, "nats {line} at {width} columns\n--- real\n{want}\n--- ours\n{got}");
        }
    }
}
