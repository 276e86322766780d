//! Columns that characters take in tables, as the real command's library (go-runewidth 0.0.31) counts them.

use unicode_width::UnicodeWidthChar;

/// Columns that a character takes.
pub fn char_width(c: char) -> usize {
    let different = EXCEPTIONS.binary_search_by(|(first, last, _)| {
        if *last < c {
            std::cmp::Ordering::Less
        } else if *first > c {
            std::cmp::Ordering::Greater
        } else {
            std::cmp::Ordering::Equal
        }
    });
    match different {
        Ok(at) => EXCEPTIONS[at].2,
        Err(_) => c.width().unwrap_or(0),
    }
}

/// Columns that a text takes.
pub fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// First and last characters of which the other library says something else than `unicode-width`, and what it says.
#[rustfmt::skip]
const EXCEPTIONS: &[(char, char, usize)] = &[
    ('\u{5c8}', '\u{5c9}', 1), ('\u{605}', '\u{605}', 1), ('\u{890}', '\u{891}', 1),
    ('\u{8e2}', '\u{8e2}', 1), ('\u{9be}', '\u{9be}', 1), ('\u{9d7}', '\u{9d7}', 1),
    ('\u{b3e}', '\u{b3e}', 1), ('\u{b53}', '\u{b54}', 1), ('\u{b57}', '\u{b57}', 1),
    ('\u{bbe}', '\u{bbe}', 1), ('\u{bd7}', '\u{bd7}', 1), ('\u{cc0}', '\u{cc0}', 1),
    ('\u{cc2}', '\u{cc2}', 1), ('\u{cc7}', '\u{cc8}', 1), ('\u{cca}', '\u{ccb}', 1),
    ('\u{cd5}', '\u{cd6}', 1), ('\u{cf3}', '\u{cf3}', 0), ('\u{d3e}', '\u{d3e}', 1),
    ('\u{d4e}', '\u{d4e}', 1), ('\u{d57}', '\u{d57}', 1), ('\u{dcf}', '\u{dcf}', 1),
    ('\u{ddf}', '\u{ddf}', 1), ('\u{1160}', '\u{11ff}', 1), ('\u{1715}', '\u{1715}', 1),
    ('\u{1734}', '\u{1734}', 1), ('\u{17a4}', '\u{17a4}', 1), ('\u{17d8}', '\u{17d8}', 1),
    ('\u{1ade}', '\u{1adf}', 1), ('\u{1aec}', '\u{1af0}', 1), ('\u{1b35}', '\u{1b35}', 1),
    ('\u{1b3b}', '\u{1b3b}', 1), ('\u{1b3d}', '\u{1b3d}', 1), ('\u{1b43}', '\u{1b44}', 1),
    ('\u{1baa}', '\u{1baa}', 1), ('\u{1bf2}', '\u{1bf3}', 1), ('\u{2028}', '\u{2029}', 0),
    ('\u{2065}', '\u{2065}', 1), ('\u{2d7f}', '\u{2d7f}', 0), ('\u{302e}', '\u{302f}', 2),
    ('\u{3164}', '\u{3164}', 2), ('\u{a8fa}', '\u{a8fa}', 1), ('\u{a953}', '\u{a953}', 1),
    ('\u{a9c0}', '\u{a9c0}', 1), ('\u{d7b0}', '\u{d7c6}', 1), ('\u{d7cb}', '\u{d7fb}', 1),
    ('\u{ffa0}', '\u{ffa0}', 1), ('\u{fff0}', '\u{fff8}', 1), ('\u{fff9}', '\u{fffb}', 0),
    ('\u{fffe}', '\u{ffff}', 0), ('\u{10ecb}', '\u{10ecf}', 1), ('\u{10ef0}', '\u{10ef9}', 1),
    ('\u{111c0}', '\u{111c0}', 1), ('\u{111c2}', '\u{111c3}', 1), ('\u{11235}', '\u{11235}', 1),
    ('\u{1133e}', '\u{1133e}', 1), ('\u{1134d}', '\u{1134d}', 1), ('\u{11357}', '\u{11357}', 1),
    ('\u{113b8}', '\u{113b8}', 1), ('\u{113c2}', '\u{113c2}', 1), ('\u{113c5}', '\u{113c5}', 1),
    ('\u{113c7}', '\u{113c9}', 1), ('\u{113cf}', '\u{113cf}', 1), ('\u{113d1}', '\u{113d1}', 1),
    ('\u{114b0}', '\u{114b0}', 1), ('\u{114bd}', '\u{114bd}', 1), ('\u{115af}', '\u{115af}', 1),
    ('\u{116b6}', '\u{116b6}', 1), ('\u{11930}', '\u{11930}', 1), ('\u{1193d}', '\u{1193d}', 1),
    ('\u{1193f}', '\u{1193f}', 1), ('\u{11941}', '\u{11941}', 1), ('\u{11a84}', '\u{11a89}', 1),
    ('\u{11d46}', '\u{11d46}', 1), ('\u{11df0}', '\u{11df0}', 1), ('\u{11f02}', '\u{11f02}', 1),
    ('\u{11f41}', '\u{11f41}', 1), ('\u{13430}', '\u{1343f}', 0), ('\u{16ff0}', '\u{16ff1}', 2),
    ('\u{18cd6}', '\u{18cda}', 1), ('\u{18d1f}', '\u{18d20}', 1), ('\u{18e00}', '\u{19191}', 1),
    ('\u{191a0}', '\u{191d2}', 1), ('\u{1b123}', '\u{1b128}', 1), ('\u{1b168}', '\u{1b168}', 1),
    ('\u{1d127}', '\u{1d128}', 1), ('\u{1d250}', '\u{1d252}', 1), ('\u{1d25b}', '\u{1d25c}', 1),
    ('\u{1d25f}', '\u{1d25f}', 1), ('\u{1d280}', '\u{1d281}', 1), ('\u{1f1ae}', '\u{1f1ae}', 1),
    ('\u{1f6d9}', '\u{1f6d9}', 1), ('\u{1f7da}', '\u{1f7da}', 1), ('\u{1fa8b}', '\u{1fa8d}', 1),
    ('\u{1facc}', '\u{1facc}', 1), ('\u{1fadd}', '\u{1fadd}', 1), ('\u{1faeb}', '\u{1faeb}', 1),
    ('\u{1faf9}', '\u{1fafa}', 1), ('\u{e0000}', '\u{e0000}', 1), ('\u{e0002}', '\u{e00ff}', 1),
    ('\u{e01f0}', '\u{e0fff}', 1),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// `tests/data/cli/widths.txt`, which the library wrote: first and last character in hexadecimal, and their width.
    #[test]
    fn every_character_is_as_wide_as_the_library_says() {
        for line in include_str!("../../../tests/data/cli/widths.txt").lines() {
            let mut words = line.split(' ');
            let mut number =
                |base| u32::from_str_radix(words.next().unwrap_or_default(), base).expect("a number");
            let (first, last, width) = (number(16), number(16), number(10));
            for c in (first..=last).filter_map(char::from_u32) {
                assert_eq!(char_width(c), width as usize, "{c:?}");
            }
        }
    }
}
