//! The texts of going along what was done.

use super::Words;
use crate::texts::Argument;

words! {
    past;
    past_hint;
    past_close;
    past_back;
    past_onward;
    past_slider;
    past_to_present;
    past_moment(moment: usize, count: usize, what: &str);
    past_beginning;
    past_nothing_done;
    past_made(percent: usize);
    past_not_yet;
    past_branch(name: &str, moment: usize);
    past_branched(branch: &str, name: &str);

    // What was done.
    deed_line(line: &str, terminal: &str);
    deed_empty_line(terminal: &str);
    deed_interrupt(terminal: &str);
    deed_stop(terminal: &str);
    deed_open(name: &str);
    deed_close(name: &str);
    deed_reopen(name: &str);
    deed_rename(terminal: &str, name: &str);
    deed_move(name: &str);
    deed_skip(time: &str);
    deed_step(step: usize);
    deed_hold;
    deed_let_run;
    deed_width(columns: usize);
    deed_outside(messages: usize);
    deed_file(name: &str);

    // What that has changed.
    past_changed;
    past_changed_nothing;
    past_more(count: usize);
    past_came(what: &str);
    past_went(what: &str);
    past_became(what: &str, before: &str, after: &str);
    past_terminal(name: &str);
    past_bucket(name: &str);
    past_stream(name: &str);
    past_watcher(of: &str);
    past_watcher_in(of: &str, terminal: &str);
    past_there;
    past_not_there;
    past_older;
    past_revision(number: u64, value: &str);
    past_messages(count: u64, last: u64);

    // Two moments.
    past_compare;
    past_compare_hint(moment: usize);
    past_comparison;
    past_comparing;
    past_alike;
    past_compared(earlier: usize, later: usize);
    past_what;
    past_at(moment: usize);
}
