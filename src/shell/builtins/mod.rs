//! The shell's builtins, as one table that running, `help` and completion read.

mod call;
mod flow;
mod help;
mod jobs;
mod printf;
mod test;
mod text;

pub use call::Builtin;
pub(super) use call::Call;

/// A table entry whose function does not wait for anything.
macro_rules! sync {
    ($name:literal, $usage:literal, $help:literal, $run:path) => {
        Builtin {
            name: $name,
            usage: $usage,
            help: $help,
            run: |call| Box::pin(std::future::ready($run(&call))),
        }
    };
}

/// A table entry whose function is `async`.
macro_rules! asynchronous {
    ($name:literal, $usage:literal, $help:literal, $run:path) => {
        Builtin { name: $name, usage: $usage, help: $help, run: |call| Box::pin($run(call)) }
    };
}

/// All builtins, in the order of `help`.
pub const BUILTINS: &[Builtin] = &[
    sync!("echo", "[-n] [text …]", "print text", text::echo),
    sync!("printf", "format [value …]", "print values in a format", printf::run),
    asynchronous!("cat", "[-]", "print what comes through a pipe or <<END", text::cat),
    sync!("seq", "[first [step]] last", "print numbers", text::seq),
    asynchronous!("sleep", "time", "let time pass on the simulated clock: 5, 0.5, 2m", jobs::sleep),
    sync!("test", "condition", "compare texts and numbers; also [ condition ]", test::run),
    sync!("[", "condition ]", "compare texts and numbers", test::run),
    sync!("true", "", "succeed", flow::success),
    sync!(":", "", "do nothing", flow::success),
    sync!("false", "", "fail", flow::failure),
    sync!("export", "name[=value] …", "let programs see a variable", flow::export),
    sync!("unset", "name …", "forget a variable", flow::unset),
    sync!("break", "[loops]", "leave a loop", flow::break_loop),
    sync!("continue", "[loops]", "go on with the next round of a loop", flow::continue_loop),
    sync!("exit", "[status]", "end the line", flow::exit),
    sync!("jobs", "", "list what runs in the background", jobs::jobs),
    sync!("kill", "[-signal] %job …", "end what runs in the background", jobs::kill),
    asynchronous!("wait", "[%job …]", "wait for what runs in the background", jobs::wait),
    sync!("history", "", "list the commands of this terminal", text::history),
    sync!("clear", "", "clear the view", text::clear),
    sync!("help", "[command]", "what can be typed here", help::run),
];

/// The builtin of that name.
pub fn find(name: &str) -> Option<&'static Builtin> {
    BUILTINS.iter().find(|builtin| builtin.name == name)
}

/// Commands of other shells and systems that people try, with what to do instead.
pub(super) const ABSENT: &[(&str, &str)] = &[
    ("read", "a loop over words is: for x in …"),
    ("cd", "there are no files here"),
    ("ls", "there are no files here; \"nats kv ls\" lists buckets"),
    ("pwd", "there are no files here"),
    ("grep", "there are no other programs here"),
    ("jq", "there are no other programs here"),
    ("watch", "\"nats kv watch\" watches a bucket"),
    ("fg", "a background job is listed by jobs and ended by kill"),
    ("bg", "end a command with & to send it to the background"),
    ("date", "the page shows the simulated clock"),
    ("sudo", "everything here may be done without it"),
    ("man", "\"nats --help\" and \"help\" say what there is"),
    ("vi", "there are no files here"),
    ("curl", "nothing here reaches the network"),
    ("docker", "nats-server is here already: type nats-server -js"),
];
