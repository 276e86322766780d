//! The shell's builtins, as one table that running, `help` and completion read: the commands that change the shell itself.

mod call;
mod commands;
mod flow;
mod getopts;
mod help;
mod jobs;
mod options;
mod read;
mod variables;

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
    sync!(":", "", "do nothing", flow::success),
    asynchronous!("read", "[-r] [-p text] [-t seconds] [name …]", "read a line into variables", read::read),
    asynchronous!("mapfile", "[-t] name", "read lines into a list; also readarray", read::mapfile),
    asynchronous!("readarray", "[-t] name", "read lines into a list", read::mapfile),
    sync!("export", "name[=value] …", "let programs see a variable", variables::export),
    sync!("local", "name[=value] …", "a variable of a function", variables::local),
    sync!("declare", "[-i] [-r] [-x] name[=value] …", "set variables", variables::declare),
    sync!("typeset", "name[=value] …", "set variables", variables::declare),
    sync!("readonly", "name[=value] …", "a variable that stays as it is", variables::readonly),
    sync!("unset", "[-f] name …", "forget a variable or a function", variables::unset),
    sync!("let", "expression …", "count", variables::let_numbers),
    asynchronous!("printf", "[-v var] format [value …]", "print values in a format", variables::printf),
    sync!("getopts", "options name [word …]", "the next option of a script or function", getopts::getopts),
    sync!("shift", "[count]", "forget the first parameters", variables::shift),
    sync!("set", "[-eux] [-o pipefail] [-- word …]", "options of the shell; its parameters", options::set),
    sync!("shopt", "", "options of bash", options::shopt),
    sync!(
        "trap",
        "command EXIT|ERR|INT …",
        "run a command at the end, where one fails, at a signal",
        options::trap
    ),
    sync!("hash", "[-r]", "do nothing", flow::success),
    sync!("alias", "[name=words] …", "a word for several", options::alias),
    sync!("unalias", "name …", "forget an alias", options::unalias),
    asynchronous!("command", "[-v] name …", "run a program; say whether there is one", commands::command),
    sync!("type", "name …", "say what a command is", commands::type_of),
    asynchronous!("eval", "word …", "run words as a line", commands::eval),
    asynchronous!("source", "file [word …]", "run the lines of a file here", commands::source),
    asynchronous!(".", "file [word …]", "run the lines of a file here", commands::source),
    asynchronous!("exec", "command", "run a command and end", commands::exec),
    sync!("cd", "[folder]", "go to a folder", commands::cd),
    sync!("pwd", "", "print the folder", commands::pwd),
    sync!("break", "[loops]", "leave a loop", flow::break_loop),
    sync!("continue", "[loops]", "go on with the next round of a loop", flow::continue_loop),
    sync!("return", "[status]", "leave a function", flow::return_from),
    sync!("exit", "[status]", "end the line", flow::exit),
    sync!("jobs", "[-p]", "list what runs in the background", jobs::jobs),
    asynchronous!("fg", "[%job]", "wait for what runs in the background, with Ctrl-C for it", jobs::fg),
    sync!("bg", "[%job]", "what runs in the background goes on by itself", jobs::bg),
    sync!("kill", "[-signal] %job …", "end what runs in the background", jobs::kill),
    asynchronous!("wait", "[%job …]", "wait for what runs in the background", jobs::wait),
    sync!("disown", "[%job]", "leave what runs in the background alone", jobs::disown),
    sync!("history", "[count]", "list the commands of this terminal", commands::history),
    sync!("clear", "", "clear the view", commands::clear),
    sync!("help", "[command]", "what can be typed here", help::run),
];

/// The builtin of that name.
pub fn find(name: &str) -> Option<&'static Builtin> {
    BUILTINS.iter().find(|builtin| builtin.name == name)
}

/// Commands of other shells and systems that people try, with what to do instead.
pub(super) const ABSENT: &[(&str, &str)] = &[
    ("man", "\"nats --help\" and \"help\" say what there is"),
    ("vi", "make a file with cat > file <<END, or drop one here"),
    ("vim", "make a file with cat > file <<END, or drop one here"),
    ("nano", "make a file with cat > file <<END, or drop one here"),
    ("less", "the view scrolls by itself: use cat"),
    ("more", "the view scrolls by itself: use cat"),
    (
        "curl",
        "nothing here reaches the network; \"nats server check\" and \"nats account info\" say how a server is",
    ),
    ("wget", "nothing here reaches the network"),
    ("nc", "nothing here reaches the network; \"nats server check connection\" says whether a server is up"),
    (
        "telnet",
        "nothing here reaches the network; \"nats server check connection\" says whether a server is up",
    ),
    ("ssh", "nothing here reaches the network"),
    ("brew", "nats and nats-server are here already"),
    ("apt", "nats and nats-server are here already"),
    ("apt-get", "nats and nats-server are here already"),
    ("go", "nats and nats-server are here already"),
    ("npm", "nats and nats-server are here already"),
    ("pip", "nats and nats-server are here already"),
    ("helm", "nats-server is here already: type nats-server -js"),
    ("docker-compose", "nats-server is here already: type nats-server -js"),
    ("systemctl", "start a server with nats-server -js"),
    ("nsc", "accounts and credentials are not simulated"),
    ("nk", "accounts and credentials are not simulated"),
    ("nats-top", "\"nats server report\" and the inspector show what runs"),
    ("python", "there is no Python here"),
    ("python3", "there is no Python here"),
    ("node", "there is no Node here"),
    ("git", "there is no Git here"),
    ("make", "type the commands of the Makefile"),
    ("ps", "jobs lists what runs in this terminal"),
    ("top", "jobs lists what runs in this terminal"),
    ("pkill", "kill %1 ends a job"),
    ("killall", "kill %1 ends a job"),
    ("ulimit", "there are no limits to set"),
    ("umask", "files here have no owners"),
    ("mkfifo", "join commands with |, or use a file"),
    ("flock", "create a key: nats kv create says who was first"),
    ("pushd", "use cd"),
    ("popd", "use cd"),
    ("yq", "use jq"),
    ("tmux", "open a further terminal beside this one"),
    ("screen", "open a further terminal beside this one"),
    ("time", "write it before a command"),
];
