//! Masks the parts of an output that differ from run to run by tokens such as `<TIME>`, so that two runs can be compared
//! byte for byte. The recorder (tests/oracle) masks in the same way.

use regex_lite::{Captures, Regex};

const TIME: &str = r"\b\d{4}[-/]\d\d[-/]\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?";

/// A time cut at the edge of the terminal.
const CUT_TIME: &str = r"\b\d{4}-[\d :-]* ≈$";

/// In this order, since some match the tokens of earlier ones.
const TOKENS: [(&str, &str); 26] = [
    (TIME, "<TIME>"),
    (r"\bN[A-Z0-9]{55}\b", "<SERVER-ID>"),
    (r"(RTT: )[\d.]+(ns|µs|ms|s)", "${1}<RTT>"),
    (r"(Client ID: )\d+", "${1}<CID>"),
    (r"(nats://|Address: )127\.0\.0\.1:\d+", "${1}127.0.0.1:4222"),
    (r"(connections on 127\.0\.0\.1:)\d+", "${1}4222"),
    (r"\[\d+\] <TIME>", "[<PID>] <TIME>"),
    (r"(\] )127\.0\.0\.1:\d+( - cid:)\d+", "${1}127.0.0.1:<PORT>${2}<CID>"),
    (r"(?m)^((?:[a-z0-9-]+\| )?(?:\^C)?)\d\d:\d\d:\d\d( |$)", "${1}<CLOCK>${2}"),
    (r"_INBOX\.[\w.]+", "_INBOX.<ID>"),
    (r"(Last Seen: )[\d.]+[a-zµ]+", "${1}<AGO>"),
    (r"(Last (?:delivery|Ack): )[\d.a-zµ]+ ago", "${1}<AGO>"),
    (r"(?m)^\[\d\d:\d\d:\d\d\] subj:", "[<CLOCK>] subj:"),
    (r"(<TIME> \+0000 UTC \()[^)]+", "${1}<AGO>"),
    (r"(nats://127\.0\.0\.1:4222: )[\d.]+(ns|µs|ms|s)", "${1}<RTT>"),
    (r"(Received with rtt )[\d.]+(ns|µs|ms|s)", "${1}<RTT>"),
    (r"(Node:     )\S{8}", "${1}<NODE>"),
    (r"(Took )[\d.]+(µs|ms|s)", "${1}<TOOK>"),
    (r"(\[[\d.]+[KMB]? in )[\d.a-zµ]+(?:; [\d.]+[KMB]?/s)?\]", "${1}<TOOK>]"),
    (r"(Unpinned client )\w{22}", "${1}<ID>"),
    (r"(Restored .* messages for stream .* in )[\d.]+(µs|ms|s)", "${1}<TOOK>"),
    (r"(Max (?:Memory|Storage): +)[\d.]+ [KMGT]B", "${1}<BYTES>"),
    (r#"(Store Directory: )"[^"]*""#, r#"${1}"<DIR>""#),
    (r"(?m)^\xa0\xa0", "  "),
    (r"(?m)^([-+])\xa0", "${1} "),
    (r#"/[^\s"]*/\.config/nats"#, "<HOME>/.config/nats"),
];

/// Headers of a message, which are sorted, since the real tool prints them in random order.
const HEADER: &str = r"^(\S+\| |  |<CLOCK> |)(KV-Operation|Nats-[\w-]+): ";

/// A table cell with an age. The match includes the cell's right border.
const AGE_CELL: &str = r"│ (?:\d+(?:\.\d+)?(?:ns|µs|ms|s|m|h|d|y))+ *│";

/// Replaces the volatile parts of texts.
pub struct Mask {
    time: Regex,
    cut_time: Regex,
    tokens: Vec<(Regex, &'static str)>,
    header: Regex,
    age_cell: Regex,
}

impl Default for Mask {
    fn default() -> Mask {
        let regex = |pattern| Regex::new(pattern).expect("the patterns above are regular expressions");
        Mask {
            time: regex(TIME),
            cut_time: regex(CUT_TIME),
            tokens: TOKENS.iter().map(|(pattern, token)| (regex(pattern), *token)).collect(),
            header: regex(HEADER),
            age_cell: regex(AGE_CELL),
        }
    }
}

impl Mask {
    /// The text with volatile parts replaced, headers sorted, and blanks at the ends of lines removed.
    pub fn apply(&self, text: &str) -> String {
        let lines: Vec<String> = text.split('\n').map(|line| self.mask_row(line)).collect();
        let mut text = lines.join("\n");
        for (pattern, token) in &self.tokens {
            text = pattern.replace_all(&text, *token).into_owned();
        }
        let (mut out, mut table, mut headers) = (Vec::new(), Vec::new(), Vec::new());
        for line in text.split('\n').map(str::trim_end) {
            if line.starts_with(['╭', '│', '├', '╰']) {
                table.push(line.to_owned());
            } else if self.header.is_match(line) {
                headers.push(line.to_owned());
            } else {
                self.flush(&mut out, &mut table, &mut headers);
                out.push(line.to_owned());
            }
        }
        self.flush(&mut out, &mut table, &mut headers);
        out.join("\n").trim_matches('\n').to_owned()
    }

    /// Replaces times, in tables padded to their width.
    fn mask_row(&self, line: &str) -> String {
        if !line.starts_with('│') {
            return line.to_owned();
        }
        let padded = |found: &Captures<'_>| format!("{:<1$}", "<TIME>", found[0].len());
        let cut = |found: &Captures<'_>| {
            let width = found[0].chars().count() - " ≈".chars().count();
            format!("{:<width$.width$} ≈", "<TIME>")
        };
        let line = self.time.replace_all(line, padded);
        self.cut_time.replace_all(&line, cut).into_owned()
    }

    fn flush(&self, out: &mut Vec<String>, table: &mut Vec<String>, headers: &mut Vec<String>) {
        headers.sort();
        out.append(headers);
        let has_age = table.iter().any(|row| self.age_cell.is_match(row));
        out.extend(table.drain(..).map(|row| if has_age { self.mask_ages(&row) } else { row }));
    }

    /// Removes the column widths of a table with an age, since they vary.
    fn mask_ages(&self, row: &str) -> String {
        let mut row = row.to_owned();
        while let Some(found) = self.age_cell.find(&row) {
            row.replace_range(found.range(), "│ <AGO> │");
        }
        let mut narrow = String::with_capacity(row.len());
        for c in row.chars() {
            if !(matches!(c, ' ' | '─') && narrow.ends_with(c)) {
                narrow.push(c);
            }
        }
        narrow
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, want: &str) {
        assert_eq!(Mask::default().apply(text), want);
    }

    #[test]
    fn what_differs_from_run_to_run_is_replaced() {
        check("created 2026-11-23 01:02:03", "created <TIME>");
        check("[1234] 2026/11/23 01:02:03.123456 [INF] x", "[<PID>] <TIME> [INF] x");
        check("            RTT: 64.996µs", "            RTT: <RTT>");
        check("01:02:03 Subscribing on a\nw| 01:02:03 x", "<CLOCK> Subscribing on a\nw| <CLOCK> x");
        check("w1| ^C01:02:03\nw1| 01:02:03 x", "w1| ^C<CLOCK>\nw1| <CLOCK> x");
        check("01:02:03 Received with rtt 1.2ms", "<CLOCK> Received with rtt <RTT>");
        check("│ a │ 2026-11-23 01 ≈", "│ a │ <TIME>        ≈");
        check("│ a │ 2026- ≈", "│ a │ <TIME ≈");
        check("Max Memory:      17.58 GB", "Max Memory:      <BYTES>");
        check("│ 2026-11-23 01:02:03 │", "│ <TIME>              │");
        check("a  \n\nb\n\n", "a\n\nb");
    }

    #[test]
    fn a_table_with_ages_loses_its_widths() {
        check("╭────┬────╮\n│ a  │ 1.20s │ 3m │\n╰────┴────╯", "╭─┬─╮\n│ a │ <AGO> │ <AGO> │\n╰─┴─╯");
        check("│ a  │ never │", "│ a  │ never │");
    }

    #[test]
    fn headers_are_sorted() {
        check(
            "12:00:00 Nats-TTL: 1\n12:00:00 Nats-Marker-Reason: MaxAge",
            "<CLOCK> Nats-Marker-Reason: MaxAge\n<CLOCK> Nats-TTL: 1",
        );
        check("x\n  Nats-TTL: 1\n  KV-Operation: DEL\ny", "x\n  KV-Operation: DEL\n  Nats-TTL: 1\ny");
    }
}
