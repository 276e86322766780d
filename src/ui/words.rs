//! The page's own texts: a method for each, with the arguments that stand in it. Its words, in each language, are a message of Fluent of the
//! same name in `src/texts/`. What the terminals print is the real tool's and is not among them.

/// A language that the page speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Words(pub(super) Language);

pub(super) use crate::app::Language;
use crate::app::budget::TooHeavy;
use crate::app::journal::Unreadable;
use crate::app::{Cost, Fact};
use crate::keep::Refusal;
use crate::texts::Argument;

/// Makes a method of each text: of its name, with its arguments.
macro_rules! words {
    ($($name:ident $(($($arg:ident: $type:ty),*))?;)*) => {
        impl Words {
            $(words!(@one $name $(($($arg: $type),*))?);)*
        }

        /// The texts and their arguments, for the test that they are there.
        #[cfg(test)]
        pub(super) const DECLARED: &[(&str, &[&str])] = &[$((stringify!($name), &[$($(stringify!($arg)),*)?])),*];
    };
    (@one $name:ident) => {
        pub(in crate::ui) fn $name(self) -> &'static str {
            let name = stringify!($name);
            self.0.text(name).unwrap_or(name)
        }
    };
    (@one $name:ident ($($arg:ident: $type:ty),*)) => {
        pub(in crate::ui) fn $name(self, $($arg: $type),*) -> String {
            let name = stringify!($name);
            self.0.format(name, [$((stringify!($arg), Argument::from($arg))),*]).unwrap_or_else(|| name.to_owned())
        }
    };
}

mod explorer;
mod inspector;
mod past;

words! {
    // The bar.
    title;
    simulated_here;
    colours;
    colours_auto;
    colours_light;
    colours_dark;
    colours_contrast;
    language;
    present;
    present_no_more;
    help;
    help_lesson;
    help_terminals;
    help_keyboard;
    help_commands;
    help_all_keys;
    help_all_commands;
    verbosity;
    verbosity_all;
    verbosity_some;
    verbosity_nothing;
    help_refused;
    help_checked(command: &str, server: &str);

    further;
    share;
    share_hint;
    share_link;
    link_length(length: usize);
    link_long;
    link_too_long;
    link_holds;
    copy_link;
    link_title(sandbox: &str);
    copy_markdown_link;
    qr_code;
    qr_code_of_link;
    qr_too_long;
    embed;
    embed_hint;
    embed_what;
    embed_sandbox;
    embed_step(step: usize);
    embed_all_panes;
    embed_readers_language;
    embed_colours_around;
    embed_frame;
    embed_copy;
    share_text;
    all_terminals;
    format;
    format_markdown;
    format_text;
    format_film;
    copy_text;
    save;
    save_commands;
    share_file;
    share_file_hint;
    save_sandbox;

    sandboxes;
    sandboxes_open(name: &str);
    sandboxes_hint;
    kept_here;
    another;
    drop_hint;
    new_sandbox;
    open_file;
    open_unused;
    open_used(when: &str);
    used(when: &str);
    cannot_be_read;
    name_of_sandbox;
    open;
    duplicate;
    delete;
    deleted;
    undelete;
    imported(name: &str);
    file_wrong(file: &str, why: &str);
    started_over;
    take_back;
    new_version;
    reload;

    sandbox_number(number: usize);
    copy_of(name: &str, number: usize);
    brought_by_link(number: usize);
    linked;
    linked_first(name: &str);
    link_wrong(why: &str);
    sandbox_damaged(name: &str, why: &str);
    two_tabs(name: &str, copy: &str);
    cannot_be_opened(why: &str);
    sandbox_not_opened(name: &str, why: &str);
    sandbox_cut(name: &str, entries: usize);
    recovered(name: &str, copy: &str);
    sandbox_not_done(name: &str, why: &str);
    kept_until(kept: usize, unkept: usize, why: &str);
    kept_again;
    is_full;
    is_forbidden;
    is_over_limit;
    is_silent;
    has_failed;
    is_missing;
    opening_title;
    opening_about(name: &str);
    opening_stop;
    opening_stopped(name: &str, done: usize, all: usize);
    not_opened(name: &str);
    is_too_heavy(limit: u64, what: &str);
    cost_acts;
    cost_turns;
    cost_commands;
    cost_bytes;
    cost_held;
    cost_stored;
    cost_connections;
    cost_jobs;
    cost_terminals;
    cost_time;
    to_my_sandbox;
    is_foreign;
    is_newer;
    is_too_long;
    is_damaged(line: usize);

    nothing_kept;
    nothing_kept_of_it(why: &str);
    not_all_kept;
    dismiss;

    // The panes.
    panes;
    lesson;
    terminals;
    inspector;
    new_lines;

    // The lesson.
    no_lesson;
    lessons;
    lessons_hint;
    lesson_steps(count: usize);
    lesson_steps_open(count: usize);
    lesson_begin;
    lesson_begun;
    lesson_wrong(name: &str, why: &str, count: usize);
    lesson_text;
    lesson_check;
    lesson_is_none;
    lesson_not_checked;
    lesson_is_right;
    lesson_has_findings;
    lesson_editor_hint;
    write_lesson;
    open_lesson;
    own_lesson;
    your_lesson;
    lesson_following(title: &str);
    in_code;
    in_code_hint;
    code_language;
    code_program(language: &str);
    code_file(file: &str);
    code_commands;
    code_prints;
    code_output;
    steps_done_label;
    steps_done(done: usize, count: usize);
    done;
    hint;
    show_solution;
    question;
    question_choose;
    question_run_it;
    question_as_expected;
    question_not_as_expected;
    question_answered;
    question_right;
    next_step;
    in_the_documentation;
    opens_elsewhere;
    differs;
    run;
    answer;
    press_ctrl_c;
    move_clock;
    put;
    clock_simulated;
    command_at(target: &str, command: &str);
    is_so;
    not_yet;
    step_is_done;
    to_be_done;
    player;
    play;
    pause;
    next_command;
    pace;
    pace_slow;
    pace_normal;
    pace_fast;
    pace_step_by_step;
    start_over;
    coach;
    step_done_sentence;
    set_up_step;
    step_set_up(step: usize);
    will_be_opened;
    that_was_all;
    to_the_lesson;
    to_the_terminal;

    // The terminals.
    terminal_line(name: &str);
    in_parentheses(word: &str);
    output_of(name: &str);
    close(name: &str);
    open_another;
    side_by_side;
    one_terminal;
    two_terminals;
    three_terminals;
    is_running;
    stop;
    four_terminals;
    all_side_by_side;
    about_terminal(name: &str);
    rename;
    name_of(name: &str);
    move_left;
    move_right;
    ends_what_runs(name: &str);
    end_and_close;
    closed(name: &str);
    take_back_terminal(name: &str);
    width_before(name: &str);
    room_of_terminals;

    // What is said to those who do not see it.
    said_ready;
    said_step(done: usize, steps: usize);
    said_busy(name: &str);
    said_no_question(name: &str);
    said_most(most: usize);
    said_no_name;
    said_done(name: &str);
    said_failed(name: &str);
    said_printed(name: &str, text: &str);
    said_begins(name: &str, text: &str, lines: usize);
    said_meant(line: &str);
    said_news(name: &str, lines: usize);
    said_asks(name: &str, question: &str);
    said_candidates(count: usize);
    did_you_mean;
    copy_block;
    copied;
    not_copied;
    exit_status(status: i32);
    interrupted(status: i32);
    search;
    not_found;
    candidates;
    touch_keys;
    leaving_hint;

    pasted;
    pasted_next;
    pasted_all;
    pasted_drop;
    nothing_to_end;
    nothing_to_complete;
    typed_ahead;
    not_stopped;
    waits_for_clock;

    // What can be done with output.
    use_output;
    reference_revision(name: &str, revision: u64);
    nothing_to_use;
    use_get;
    use_get_revision(revision: u64);
    use_history;
    use_update(revision: u64);
    use_info;
    use_list;
    use_watch;
    use_show;
    use_list_folder;
    copy(what: &str);
}

impl Words {
    /// Why a text is no journal.
    pub(super) fn wrong(self, wrong: &Unreadable) -> String {
        match wrong {
            Unreadable::Foreign => self.is_foreign().to_owned(),
            Unreadable::Newer => self.is_newer().to_owned(),
            Unreadable::TooLong => self.is_too_long().to_owned(),
            Unreadable::Damaged(line) => self.is_damaged(*line),
            Unreadable::TooHeavy(TooHeavy { cost, limit }) => self.is_too_heavy(*limit, self.cost(*cost)),
        }
    }

    /// What there is too much of in a world.
    fn cost(self, cost: Cost) -> &'static str {
        match cost {
            Cost::Acts => self.cost_acts(),
            Cost::Turns => self.cost_turns(),
            Cost::Commands => self.cost_commands(),
            Cost::Bytes => self.cost_bytes(),
            Cost::Held => self.cost_held(),
            Cost::Stored => self.cost_stored(),
            Cost::Connections => self.cost_connections(),
            Cost::Jobs => self.cost_jobs(),
            Cost::Terminals => self.cost_terminals(),
            Cost::Time => self.cost_time(),
        }
    }

    /// The name of a setting or of a use.
    pub(super) fn fact(self, fact: Fact) -> &'static str {
        self.0.text(fact.text_id()).unwrap_or(fact.text_id())
    }

    /// Why something is not kept.
    pub(super) fn refusal(self, why: Refusal) -> &'static str {
        match why {
            Refusal::Full => self.is_full(),
            Refusal::Forbidden => self.is_forbidden(),
            Refusal::OverLimit => self.is_over_limit(),
            Refusal::NoAnswer => self.is_silent(),
            Refusal::Failed => self.has_failed(),
        }
    }

    /// A further word in parentheses, behind another one.
    pub(super) fn aside(self, word: &str) -> String {
        format!(" {}", self.in_parentheses(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_stand_where_they_belong() {
        assert_eq!(Words(Language::ENGLISH).steps_done(2, 9), "2 of 9 steps done");
        let german = Words(Language::find("de").expect("German is spoken"));
        assert_eq!(german.steps_done(2, 9), "2 von 9 Schritten erledigt");
    }

    /// That other languages have them too, with the same arguments, is a test of `texts`.
    #[test]
    fn every_text_is_there_with_its_arguments() {
        let parts = [DECLARED, explorer::DECLARED, inspector::DECLARED, past::DECLARED];
        for (name, arguments) in parts.into_iter().flatten() {
            let marked =
                arguments.iter().map(|argument| (*argument, Argument::from(format!("<{argument}>"))));
            let text = Language::ENGLISH.format(name, marked);
            let text = text.unwrap_or_else(|| panic!("there is no text {name}"));
            assert!(!text.contains('{'), "an argument of {name} is not given: {text}");
            for argument in *arguments {
                assert!(text.contains(&format!("<{argument}>")), "{name} leaves {argument} out: {text}");
            }
        }
    }
}
