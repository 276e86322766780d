//! Bytes in, what a person sees out.

use super::*;
use crate::term::style::{Colour, Style};

/// Styled parts are written `{colour:text}`.
fn show(row: &Row) -> String {
    let span = |(text, style): (&str, Style)| match style.colour {
        Colour::Indexed(colour) => format!("{{{colour}:{text}}}"),
        _ => text.to_owned(),
    };
    row.spans().map(span).collect()
}

#[track_caller]
fn check(bytes: &str, expected: &str) {
    let mut screen = Screen::default();
    for byte in bytes.bytes() {
        screen.write(&[byte], Time::default());
    }
    let rows: Vec<String> = screen.blocks().flat_map(|block| block.rows_from(0)).map(show).collect();
    assert_eq!(rows.join("\n"), expected);
}

fn command(screen: &mut Screen, text: &str) {
    screen
        .begin(Command { prompt: "$ ".to_owned(), text: text.to_owned(), cancelled: false }, Time::default());
}

#[test]
fn lines() {
    check("one\ntwo\n", "one\ntwo");
    check("one\r\ntwo", "one\ntwo");
    check("\n\na\n\n", "\n\na\n");
    check("a\tb\t\tc", "a       b               c");
    check("漢\tb", "漢      b");
    check("né\u{301}", "né\u{301}");
}

#[test]
fn colours() {
    check("\u{1b}[32mok\u{1b}[0m plain", "{2:ok} plain");
    check("a \u{1b}[31mb\nc", "a {1:b}\n{1:c}");
    check("\u{1b}[31ma\u{1b}[31mb", "{1:ab}");
}

#[test]
fn going_back_in_the_line() {
    check("12%\r100%\n", "100%");
    check("hello\rHE", "HEllo");
    check("hello\r\u{1b}[Kbye", "bye");
    check("hello\u{1b}[2K\rbye", "bye");
    check("hello\u{8}\u{8}p!", "help!");
    check("ab\u{8}\u{1b}[K", "a");
    check("abc\u{8}\u{1b}[1Kx", "  x");
    check("漢字\rab", "ab字");
    check("漢字\rx", "x 字");
    check("\u{1b}[31mred\u{1b}[0m\rR", "R{1:ed}");
    check("ab\r\tc", "ab      c");
    check("a\n\r\u{1b}[Kb", "a\nb");
}

#[test]
fn a_block_for_each_command_and_one_for_what_comes_later() {
    let (mut screen, now) = (Screen::default(), Time::default());
    command(&mut screen, "watch");
    screen.write(b"one\n", now);
    screen.end(0, now);
    screen.write(b"later\n", now);
    screen.write(b"still\n", now);
    command(&mut screen, "next");
    screen.write(b"two", now);
    let blocks: Vec<String> = screen.blocks().map(Block::to_text).collect();
    assert_eq!(blocks, ["$ watch\none\n", "later\nstill\n", "$ next\ntwo\n"]);
}

#[test]
fn clearing_hides_but_keeps() {
    let (mut screen, now) = (Screen::default(), Time::default());
    command(&mut screen, "one");
    screen.end(0, now);
    screen.clear();
    assert_eq!(screen.blocks().count(), 0);
    assert_eq!(screen.all_blocks().count(), 1);
    command(&mut screen, "clear; echo x");
    screen.write(b"gone\n\x1b[H\x1b[2Jx\n", now);
    screen.end(0, now);
    let seen: Vec<(u64, Option<usize>)> = screen.blocks().map(|block| (block.id, block.cleared())).collect();
    assert_eq!(seen, [(1, Some(1))]);
    command(&mut screen, "clear");
    screen.write(b"\x1b[H\x1b[2J", now);
    screen.end(0, now);
    assert_eq!(screen.blocks().count(), 0);
}

#[test]
fn what_does_not_change_keeps_its_version() {
    let (mut screen, now) = (Screen::default(), Time::default());
    command(&mut screen, "long");
    for n in 0..250 {
        screen.write(format!("{n}\n").as_bytes(), now);
    }
    let versions = |screen: &Screen| -> Vec<(usize, u64, usize)> {
        let block = screen.blocks().last().expect("a block");
        block.chunks().map(|chunk| (chunk.number, chunk.version, chunk.rows().len())).collect()
    };
    let before = versions(&screen);
    assert_eq!(before.iter().map(|chunk| chunk.2).collect::<Vec<_>>(), [100, 100, 50]);
    screen.write(b"x", now);
    let after = versions(&screen);
    assert_eq!(before[..2], after[..2]);
    assert!(after[2].1 > before[2].1);
}

#[test]
fn old_lines_are_forgotten_in_whole_chunks() {
    let (mut screen, now) = (Screen::default(), Time::default());
    command(&mut screen, "first");
    screen.write(b"x\n", now);
    screen.end(0, now);
    command(&mut screen, "second");
    let lines: String = (0..LINES_KEPT + 250).map(|n| format!("{n}\n")).collect();
    screen.write(lines.as_bytes(), now);
    assert_eq!(screen.all_blocks().count(), 1);
    let block = screen.all_blocks().next().expect("a block");
    assert_eq!(block.first_line(), 300);
    assert_eq!(block.rows_from(0).next().map(Row::text), Some("300"));
    assert_eq!(block.rows_from(345).next().map(Row::text), Some("345"));
    assert!(screen.lines <= LINES_KEPT);
    for n in 0..LINES_KEPT + 5 {
        command(&mut screen, "true");
        screen.end(0, Time(n as u64));
    }
    assert!(screen.all_blocks().count() <= LINES_KEPT);
}

#[test]
fn lines_further_up_are_written_over() {
    check("one\n\u{1b}[A\u{1b}[Ktwo\n", "two");
    check("a\nb\nc\n\u{1b}[3Ax\ny", "x\ny\nc");
    check("ab\u{1b}[Ac", "abc");
    check("\u{1b}[9Aa", "a");
}

#[test]
fn fresh_lines_are_told_once() {
    let (mut screen, now, mut seen) = (Screen::default(), Time::default(), Seen::default());
    command(&mut screen, "a");
    screen.write(b"one\n\n", now);
    assert_eq!(screen.fresh(&mut seen, false), ["one"]);
    screen.write(b"two\n", now);
    assert_eq!(screen.fresh(&mut seen, false), ["", "two"]);
    screen.end(0, now);
    assert_eq!(screen.fresh(&mut seen, false), [""; 0]);
    command(&mut screen, "b");
    command(&mut screen, "c");
    screen.write(b"open", now);
    assert_eq!(screen.fresh(&mut seen, false), ["open"]);
}
