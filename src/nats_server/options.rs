//! What `nats-server` is told on its command line, as Go's flag package reads it.

use std::num::{IntErrorKind, ParseIntError};

/// What `nats-server --help` prints.
pub const USAGE: &str = include_str!("usage.txt");

/// The flags that are understood and mean something here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    pub host: Option<String>,
    /// -1 asks for any free port.
    pub port: i64,
    pub name: Option<String>,
    pub jetstream: bool,
    pub store_dir: Option<String>,
    pub config: Option<String>,
    pub ports_file_dir: Option<String>,
    pub log_file: Option<String>,
    pub pid_file: Option<String>,
    pub http_port: Option<i64>,
    pub user: Option<String>,
    pub password: Option<String>,
    pub token: Option<String>,
    pub debug: Option<bool>,
    pub trace: Option<bool>,
    /// Times at the start of log lines.
    pub log_time: Option<bool>,
    pub log_utc: Option<bool>,
    /// Bytes of a payload that the log shows.
    pub max_traced: Option<usize>,
    /// Only look at the configuration file.
    pub test_config: bool,
    /// What another server is to do: a name, and perhaps `=` and whom.
    pub signal: Option<String>,
}

/// What the words of a command line come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    Start(Box<Options>),
    Version,
    Help,
    /// Help on TLS.
    HelpTls,
    /// Complain on standard error; then print the help on standard output and end well, as Go does.
    Usage(String),
    /// Complain on standard error and end with status 1.
    Fail(String),
}

/// How a flag is used.
enum Kind {
    Switch(fn(&mut Options, bool)),
    Text(fn(&mut Options, String)),
    Number(fn(&mut Options, i64)),
    /// It takes a value (or none), and what it asks for is not simulated.
    Refused {
        takes_value: bool,
    },
}

impl Default for Options {
    fn default() -> Options {
        Options {
            host: None,
            port: 4222,
            name: None,
            jetstream: false,
            store_dir: None,
            config: None,
            ports_file_dir: None,
            log_file: None,
            pid_file: None,
            http_port: None,
            user: None,
            password: None,
            token: None,
            debug: None,
            trace: None,
            log_time: None,
            log_utc: None,
            max_traced: None,
            test_config: false,
            signal: None,
        }
    }
}

/// Reads the words after `nats-server`.
pub fn parse(words: &[String]) -> Asked {
    let mut options = Options::default();
    // What flags ask for that only want to know something: the first of these words that is said.
    let mut asked = QUESTIONS.len();
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        let Some(flag) = word.strip_prefix('-').filter(|flag| !flag.is_empty()) else {
            return QUESTIONS.get(asked).map_or_else(|| command(word), |(_, asked)| asked());
        };
        let flag = flag.strip_prefix('-').unwrap_or(flag);
        let (name, value) =
            flag.split_once('=').map_or((flag, None), |(name, value)| (name, Some(value.to_owned())));
        if let Some(question) = QUESTIONS.iter().position(|(names, _)| names.contains(&name)) {
            asked = asked.min(question);
            continue;
        }
        let Some(kind) = kind(name) else {
            return Asked::Usage(format!("flag provided but not defined: -{name}"));
        };
        let takes_value = !matches!(kind, Kind::Switch(_) | Kind::Refused { takes_value: false });
        let value = if takes_value && value.is_none() { rest.next().cloned() } else { value };
        if takes_value && value.is_none() {
            return Asked::Usage(format!("flag needs an argument: -{name}"));
        }
        if let Err(asked) = set(&mut options, name, kind, value) {
            return asked;
        }
    }
    QUESTIONS.get(asked).map_or_else(|| Asked::Start(Box::new(options)), |(_, asked)| asked())
}

/// The names of a flag that only wants to know something, and what.
type Question = (&'static [&'static str], fn() -> Asked);

/// Those that win come first.
const QUESTIONS: [Question; 3] = [
    (&["v", "version"], || Asked::Version),
    (&["h", "help"], || Asked::Help),
    (&["help_tls"], || Asked::HelpTls),
];

/// A word that is no flag: only two of them mean something.
fn command(word: &str) -> Asked {
    match word.to_ascii_lowercase().as_str() {
        "version" => Asked::Version,
        "help" => Asked::Help,
        _ => Asked::Fail(format!("nats-server: unrecognized command: {word:?}")),
    }
}

fn set(options: &mut Options, name: &str, kind: Kind, value: Option<String>) -> Result<(), Asked> {
    match kind {
        Kind::Switch(set) => match value.as_deref() {
            None | Some("1" | "t" | "T" | "true" | "TRUE" | "True") => set(options, true),
            Some("0" | "f" | "F" | "false" | "FALSE" | "False") => set(options, false),
            Some(text) => {
                return Err(Asked::Usage(format!("invalid boolean value {text:?} for -{name}: parse error")));
            }
        },
        Kind::Text(set) => set(options, value.unwrap_or_default()),
        Kind::Number(set) => {
            let text = value.unwrap_or_default();
            let number = text.parse().map_err(|error: ParseIntError| {
                let out_of_range =
                    matches!(error.kind(), IntErrorKind::PosOverflow | IntErrorKind::NegOverflow);
                let why = if out_of_range { "value out of range" } else { "parse error" };
                Asked::Usage(format!("invalid value {text:?} for flag -{name}: {why}"))
            });
            set(options, number?);
        }
        Kind::Refused { .. } => {
            return Err(Asked::Fail(format!("nats-server: the flag -{name} is not simulated")));
        }
    }
    Ok(())
}

fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "a" | "addr" | "net" => Kind::Text(|options, host| options.host = Some(host)),
        "p" | "port" => Kind::Number(|options, port| options.port = port),
        "n" | "name" | "server_name" => Kind::Text(|options, name| options.name = Some(name)),
        "js" | "jetstream" => Kind::Switch(|options, on| options.jetstream = on),
        "sd" | "store_dir" => Kind::Text(|options, folder| options.store_dir = Some(folder)),
        "c" | "config" => Kind::Text(|options, file| options.config = Some(file)),
        "ports_file_dir" => Kind::Text(|options, folder| options.ports_file_dir = Some(folder)),
        "l" | "log" => Kind::Text(|options, file| options.log_file = Some(file)),
        "P" | "pid" => Kind::Text(|options, file| options.pid_file = Some(file)),
        "m" | "http_port" => Kind::Number(|options, port| options.http_port = Some(port)),
        "user" => Kind::Text(|options, user| options.user = Some(user)),
        "pass" => Kind::Text(|options, password| options.password = Some(password)),
        "auth" => Kind::Text(|options, token| options.token = Some(token)),
        "D" | "debug" => Kind::Switch(|options, on| options.debug = Some(on)),
        "V" | "VV" | "trace" => Kind::Switch(|options, on| options.trace = Some(on)),
        "DV" | "DVV" => Kind::Switch(|options, on| (options.debug, options.trace) = (Some(on), Some(on))),
        "T" | "logtime" => Kind::Switch(|options, on| options.log_time = Some(on)),
        "logtime_utc" => Kind::Switch(|options, on| options.log_utc = Some(on)),
        "max_traced_msg_len" => {
            Kind::Number(|options, length| options.max_traced = Some(length.max(0) as usize))
        }
        "t" => Kind::Switch(|options, on| options.test_config = on),
        "sl" | "signal" => Kind::Text(|options, signal| options.signal = Some(signal)),
        "s" | "syslog" | "tls" | "tlsverify" | "no_advertise" => Kind::Refused { takes_value: false },
        "ms" | "https_port" | "client_advertise" | "r" | "remote_syslog" | "log_size_limit" | "tlscert"
        | "tlskey" | "tlscacert" | "routes" | "cluster" | "cluster_name" | "cluster_advertise"
        | "connect_retries" | "cluster_listen" | "profile" => Kind::Refused { takes_value: true },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Asked {
        parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[track_caller]
    fn check(line: &str, want: impl FnOnce(&mut Options)) {
        let mut options = Options::default();
        want(&mut options);
        assert_eq!(read(line), Asked::Start(Box::new(options)), "{line}");
    }

    #[test]
    fn flags_are_read_as_go_reads_them() {
        check("", |_| ());
        check("-js", |options| options.jetstream = true);
        check("--jetstream=true --port=4333", |options| (options.jetstream, options.port) = (true, 4333));
        check("-p -1 -a 127.0.0.1", |options| {
            options.port = -1;
            options.host = Some("127.0.0.1".to_owned());
        });
        check("-DV -T=false", |options| {
            (options.debug, options.trace, options.log_time) = (Some(true), Some(true), Some(false))
        });
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        for (line, want) in [
            ("-x", Asked::Usage("flag provided but not defined: -x".to_owned())),
            ("-p", Asked::Usage("flag needs an argument: -p".to_owned())),
            ("-p abc", Asked::Usage("invalid value \"abc\" for flag -p: parse error".to_owned())),
            ("extra", Asked::Fail("nats-server: unrecognized command: \"extra\"".to_owned())),
            ("--cluster x", Asked::Fail("nats-server: the flag -cluster is not simulated".to_owned())),
            ("--version", Asked::Version),
            ("version", Asked::Version),
            ("-h", Asked::Help),
            ("-h --version", Asked::Version),
            ("--help_tls -p 1", Asked::HelpTls),
            ("-h --x", Asked::Usage("flag provided but not defined: -x".to_owned())),
        ] {
            assert_eq!(read(line), want, "{line}");
        }
    }
}
