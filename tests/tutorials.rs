//! What share of the command lines of public Key/Value tutorials runs here as it stands.

use playground::player::Player;

/// What is printed where a line does not run.
const REFUSALS: &[&str] = &[
    "not simulated",
    "command not found",
    "This is a small shell",
    "syntax error",
    "unexpected EOF",
    "there are no containers here",
];

#[test]
fn nine_of_ten_lines_run_as_they_stand() {
    let (mut count, mut refused) = (0_u32, String::new());
    for world in include_str!("data/tutorial-lines.txt").split("\n\n") {
        let mut player = Player::new(true);
        for line in world.lines().filter(|line| !line.starts_with("//")) {
            count += 1;
            let mut printed = player.enter(&line.replace('⏎', "\n"));
            printed.extend(player.stop());
            if let Some(why) = printed.iter().find(|line| REFUSALS.iter().any(|text| line.contains(text))) {
                refused.push_str(&format!("{line}\n    {why}\n"));
            }
        }
    }
    let bad = refused.lines().count() / 2;
    let share = 100.0 * f64::from(count - bad as u32) / f64::from(count);
    println!("{share:.1} % of {count} lines run as they stand; those that do not:\n{refused}");
    assert!(share >= 90.0, "{share:.1} %\n{refused}");
}
