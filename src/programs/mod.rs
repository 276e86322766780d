//! The small programs that surround `nats` in tutorials and scripts: one table, a file for those that belong together.
//!
//! A program is a future that the world polls. It reads and writes its standard streams and the files of its world; its
//! options are those that scripts use, and any other is refused by name.

pub mod escapes;
pub mod program;
pub mod regex;
pub mod test;

mod awk;
mod bc;
mod bc_number;
mod columns;
mod compare;
mod date;
mod diff;
mod digest;
mod expr;
mod find;
mod find_expression;
mod folders;
mod grep;
mod identity;
mod inputs;
mod jq;
mod layout;
mod lines;
mod options;
mod paths;
mod print;
mod printf;
mod sed;
mod sed_script;
mod sort;
mod starting;
mod time;

use crate::base::Cost;

pub use program::{
    INTERRUPTED, Invocation, Machine, PIPE_BROKEN, Program, Programs, Running, STOPPED, Status, TERMINATED,
    yield_now,
};

macro_rules! program {
    ($name:literal, $usage:literal, $help:literal, $run:path) => {
        Program { name: $name, usage: $usage, help: $help, run: $run }
    };
}

/// All of them, in the order of `help`.
pub const PROGRAMS: &[Program] = &[
    program!("echo", "[-neE] [text …]", "print text", print::echo),
    program!("printf", "[-v var] format [value …]", "print values in a format", printf::run),
    program!("cat", "[-n] [file …]", "print files, or what comes through a pipe", print::cat),
    program!("tac", "[file …]", "print lines, the last first", print::tac),
    program!("rev", "[file …]", "print lines backwards", print::rev),
    program!("nl", "[file …]", "number lines", print::nl),
    program!("seq", "[-w] [-s text] [first [step]] last", "print numbers", print::seq),
    program!("yes", "[text]", "print a line for ever", print::yes),
    program!("sleep", "time", "let time pass on the simulated clock: 5, 0.5, 2m", time::sleep),
    program!("timeout", "time command", "run a command, but no longer", time::timeout),
    program!("watch", "[-n seconds] command", "run a command again and again", time::watch),
    program!("date", "[-u] [-d time] [+format]", "print the simulated clock", date::run),
    program!("grep", "[-Eivcnow] pattern [file …]", "print the lines that match", grep::run),
    program!("egrep", "pattern [file …]", "grep -E", egrep),
    program!("fgrep", "text [file …]", "grep -F", fgrep),
    program!("awk", "[-F sign] [-v name=value] program [file …]", "work on the fields of lines", awk::run),
    program!("sed", "[-nEi] script [file …]", "change lines: s/a/b/g, /a/d, 5q", sed::run),
    program!("head", "[-n count] [file …]", "print the first lines", lines::head),
    program!("tail", "[-n count] [-f] [file …]", "print the last lines", lines::tail),
    program!("wc", "[-lwc] [file …]", "count lines, words, bytes", lines::wc),
    program!("sort", "[-nrut] [-k field] [file …]", "put lines in order", sort::run),
    program!("uniq", "[-cdu]", "print neighbours that are equal once", lines::uniq),
    program!("cut", "-d sign -f fields [file …]", "print fields of lines", columns::cut),
    program!("tr", "[-ds] characters [characters]", "exchange or delete characters", columns::tr),
    program!("paste", "[-s] [-d sign] [file …]", "join lines", columns::paste),
    program!("column", "[-t] [-s signs] [file …]", "align the fields of lines", layout::column),
    program!("fold", "[-s] [-w width] [file …]", "break long lines", layout::fold),
    program!("comm", "[-123] file file", "print the lines that sorted files share, or do not", compare::comm),
    program!("cmp", "[-s] file file", "say where two files differ", compare::cmp),
    program!("bc", "[-l] [file …]", "calculate with decimal numbers", bc::bc),
    program!("expr", "expression", "calculate, compare and take texts apart", expr::expr),
    program!("jq", "[-rcnse] filter [file …]", "query JSON", jq::run),
    program!("diff", "[-uq] file file", "print how two files differ", diff::run),
    program!("tee", "[-a] file …", "write into files what passes by", lines::tee),
    program!(
        "xargs",
        "[-n count] [-I place] command",
        "run a command with what comes as arguments",
        starting::xargs
    ),
    program!("sha256sum", "[-c] [file …]", "print or check checksums", digest::sha256),
    program!("sha512sum", "[-c] [file …]", "print or check checksums", digest::sha512),
    program!("md5sum", "[-c] [file …]", "print or check checksums", digest::md5),
    program!("base64", "[-d] [-w width] [file]", "encode or decode bytes", columns::base64),
    program!(
        "env",
        "[name=value …] [command]",
        "print variables, or run a command with others",
        starting::env
    ),
    program!("which", "name …", "print where a program is", starting::which),
    program!("ls", "[-l] [file …]", "list files", folders::ls),
    program!("find", "[folder …] [-name pattern …]", "find files, and do something with them", find::find),
    program!("stat", "-c format file …", "print what is known of a file", paths::stat),
    program!("realpath", "file …", "print the whole path of a file", paths::realpath),
    program!("readlink", "-f file", "print the whole path of a file", paths::readlink),
    program!("rm", "[-rf] file …", "remove files", folders::rm),
    program!("mktemp", "[-d]", "make a new file in /tmp and print its name", folders::mktemp),
    program!("mkdir", "[-p] folder …", "make folders", folders::mkdir),
    program!("rmdir", "folder …", "remove empty folders", folders::rmdir),
    program!("touch", "file …", "make empty files", folders::touch),
    program!("cp", "file … target", "copy files", folders::cp),
    program!("mv", "file … target", "rename files", folders::mv),
    program!("chmod", "mode file …", "every file may be run here", folders::chmod),
    program!("basename", "path [ending]", "print the last name of a path", folders::basename),
    program!("dirname", "path", "print a path without its last name", folders::dirname),
    program!("whoami", "", "print who one is", identity::whoami),
    program!("id", "[-un]", "print who one is, as a number", identity::id),
    program!("hostname", "", "print the name of this machine", identity::hostname),
    program!("uname", "[-asnrm]", "print what system this is like", identity::uname),
    program!("uuidgen", "", "print a random UUID", identity::uuidgen),
    program!("sudo", "command", "run a command; nobody here is more than another", starting::sudo),
    program!("docker", "exec … nats …", "run the nats behind it, here", starting::container),
    program!("podman", "exec … nats …", "run the nats behind it, here", starting::container),
    program!("kubectl", "exec … -- nats …", "run the nats behind it, here", starting::container),
    program!("test", "condition", "compare texts and numbers; also [ condition ]", test::run),
    program!("[", "condition ]", "compare texts and numbers", test::run),
    program!("true", "", "succeed", success),
    program!("false", "", "fail", failure),
];

fn success(_: Invocation) -> Running {
    Box::pin(std::future::ready(0))
}

fn egrep(call: Invocation) -> Running {
    grep_with("-E", call)
}

fn fgrep(call: Invocation) -> Running {
    grep_with("-F", call)
}

fn grep_with(option: &str, mut call: Invocation) -> Running {
    call.args.insert(0, option.to_owned());
    grep::run(call)
}

fn failure(_: Invocation) -> Running {
    Box::pin(std::future::ready(1))
}

/// How many commands of the shell a program counts as, and those that count no more than a command does.
const PROGRAM_COMMANDS: u64 = 25;
const CHEAP: &[&str] = &["echo", "printf", "cat", "seq", "sleep", "test", "[", "true", "false"];

/// Starts a small program or an installed one; `None` if there is none of that name.
pub fn start(invocation: Invocation) -> Option<Running> {
    let is_cheap = CHEAP.contains(&invocation.name.as_str());
    if !is_cheap && !invocation.machine.meter.spend(Cost::Commands, PROGRAM_COMMANDS) {
        return Some(Box::pin(std::future::ready(2)));
    }
    match PROGRAMS.iter().find(|program| program.name == invocation.name) {
        Some(program) => Some((program.run)(invocation)),
        None => {
            let installed = invocation.machine.installed.clone();
            installed.start(invocation)
        }
    }
}

/// The name of the program that a path in one of the usual folders means.
pub fn in_folder(path: &str) -> Option<&str> {
    let folders = ["/usr/local/bin/", "/usr/bin/", "/bin/"];
    folders.iter().find_map(|folder| path.strip_prefix(folder)).filter(|name| !name.contains('/'))
}
