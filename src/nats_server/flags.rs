//! The command line of `nats-server`, parsed as Go's `flag` package does.

use crate::gofmt::{flag_int, parse_bool, quote};

/// What `nats-server --help` prints.
pub const USAGE: &str = include_str!("usage.txt");

/// The values of the flags that are supported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    pub host: Option<String>,
    /// -1 for any free port.
    pub port: Option<i64>,
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
    /// Whether log lines begin with the time.
    pub log_time: Option<bool>,
    pub log_utc: Option<bool>,
    /// The longest part of a payload that the log shows, in bytes.
    pub max_traced: Option<usize>,
    /// Only check the configuration file.
    pub test_config: bool,
    /// A command for a running server: `name` or `name=pid`.
    pub signal: Option<String>,
}

/// What a command line asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invocation {
    Start(Box<Flags>),
    Version,
    Help,
    HelpTls,
    /// Print this error on standard error, then [`USAGE`] on standard output; exit with status 0, as Go does.
    UsageError(String),
    /// Print this error on standard error; exit with status 1.
    Error(String),
}

/// What a flag takes, and where its value goes.
enum FlagKind {
    Switch(fn(&mut Flags, bool)),
    Text(fn(&mut Flags, String)),
    Number(fn(&mut Flags, i64)),
    /// It is known but not simulated.
    Unsupported {
        takes_value: bool,
    },
}

/// Parses the words after `nats-server`.
pub fn parse(words: &[String]) -> Invocation {
    let mut flags = Flags::default();
    // Index of the information flag with the highest precedence so far.
    let mut query = QUERIES.len();
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        let Some(flag) = word.strip_prefix('-').filter(|flag| !flag.is_empty()) else {
            return QUERIES.get(query).map_or_else(|| command(word), |(_, answer)| answer.clone());
        };
        let flag = flag.strip_prefix('-').unwrap_or(flag);
        let (name, value) =
            flag.split_once('=').map_or((flag, None), |(name, value)| (name, Some(value.to_owned())));
        if let Some(index) = QUERIES.iter().position(|(names, _)| names.contains(&name)) {
            query = query.min(index);
            continue;
        }
        let Some(kind) = kind(name) else {
            return Invocation::UsageError(format!("flag provided but not defined: -{name}"));
        };
        let takes_value = !matches!(kind, FlagKind::Switch(_) | FlagKind::Unsupported { takes_value: false });
        let value = if takes_value && value.is_none() { rest.next().cloned() } else { value };
        if takes_value && value.is_none() {
            return Invocation::UsageError(format!("flag needs an argument: -{name}"));
        }
        if let Err(error) = set(&mut flags, name, kind, value) {
            return error;
        }
    }
    QUERIES.get(query).map_or_else(|| Invocation::Start(Box::new(flags)), |(_, answer)| answer.clone())
}

/// Flags that only ask for information, in order of precedence.
const QUERIES: [(&[&str], Invocation); 3] = [
    (&["v", "version"], Invocation::Version),
    (&["h", "help"], Invocation::Help),
    (&["help_tls"], Invocation::HelpTls),
];

/// A word that is not a flag.
fn command(word: &str) -> Invocation {
    match word.to_ascii_lowercase().as_str() {
        "version" => Invocation::Version,
        "help" => Invocation::Help,
        _ => Invocation::Error(format!("nats-server: unrecognized command: {}", quote(word))),
    }
}

fn set(flags: &mut Flags, name: &str, kind: FlagKind, value: Option<String>) -> Result<(), Invocation> {
    match kind {
        FlagKind::Switch(set) => {
            let text = value.as_deref().unwrap_or("true");
            let on = parse_bool(text).map_err(|_| {
                let text = quote(text);
                Invocation::UsageError(format!("invalid boolean value {text} for -{name}: parse error"))
            });
            set(flags, on?);
        }
        FlagKind::Text(set) => set(flags, value.unwrap_or_default()),
        FlagKind::Number(set) => {
            let text = value.unwrap_or_default();
            let number = flag_int(&text).map_err(|reason| {
                Invocation::UsageError(format!("invalid value {} for flag -{name}: {reason}", quote(&text)))
            });
            set(flags, number?);
        }
        FlagKind::Unsupported { .. } => {
            return Err(Invocation::Error(format!("nats-server: the flag -{name} is not simulated")));
        }
    }
    Ok(())
}

fn kind(name: &str) -> Option<FlagKind> {
    Some(match name {
        "a" | "addr" | "net" => FlagKind::Text(|flags, host| flags.host = Some(host)),
        "p" | "port" => FlagKind::Number(|flags, port| flags.port = Some(port)),
        "n" | "name" | "server_name" => FlagKind::Text(|flags, name| flags.name = Some(name)),
        "js" | "jetstream" => FlagKind::Switch(|flags, on| flags.jetstream = on),
        "sd" | "store_dir" => FlagKind::Text(|flags, folder| flags.store_dir = Some(folder)),
        "c" | "config" => FlagKind::Text(|flags, file| flags.config = Some(file)),
        "ports_file_dir" => FlagKind::Text(|flags, folder| flags.ports_file_dir = Some(folder)),
        "l" | "log" => FlagKind::Text(|flags, file| flags.log_file = Some(file)),
        "P" | "pid" => FlagKind::Text(|flags, file| flags.pid_file = Some(file)),
        "m" | "http_port" => FlagKind::Number(|flags, port| flags.http_port = Some(port)),
        "user" => FlagKind::Text(|flags, user| flags.user = Some(user)),
        "pass" => FlagKind::Text(|flags, password| flags.password = Some(password)),
        "auth" => FlagKind::Text(|flags, token| flags.token = Some(token)),
        "D" | "debug" => FlagKind::Switch(|flags, on| flags.debug = Some(on)),
        "V" | "VV" | "trace" => FlagKind::Switch(|flags, on| flags.trace = Some(on)),
        "DV" | "DVV" => FlagKind::Switch(|flags, on| (flags.debug, flags.trace) = (Some(on), Some(on))),
        "T" | "logtime" => FlagKind::Switch(|flags, on| flags.log_time = Some(on)),
        "logtime_utc" => FlagKind::Switch(|flags, on| flags.log_utc = Some(on)),
        "max_traced_msg_len" => {
            FlagKind::Number(|flags, length| flags.max_traced = Some(length.max(0) as usize))
        }
        "t" => FlagKind::Switch(|flags, on| flags.test_config = on),
        "sl" | "signal" => FlagKind::Text(|flags, signal| flags.signal = Some(signal)),
        "s" | "syslog" | "tls" | "tlsverify" | "no_advertise" => FlagKind::Unsupported { takes_value: false },
        "ms" | "https_port" | "client_advertise" | "r" | "remote_syslog" | "log_size_limit" | "tlscert"
        | "tlskey" | "tlscacert" | "routes" | "cluster" | "cluster_name" | "cluster_advertise"
        | "connect_retries" | "cluster_listen" | "profile" => FlagKind::Unsupported { takes_value: true },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Invocation {
        parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[track_caller]
    fn check(line: &str, want: impl FnOnce(&mut Flags)) {
        let mut flags = Flags::default();
        want(&mut flags);
        assert_eq!(read(line), Invocation::Start(Box::new(flags)), "{line}");
    }

    #[test]
    fn flags_are_read_as_go_reads_them() {
        check("", |_| ());
        check("-js", |flags| flags.jetstream = true);
        check("--jetstream=true --port=4333", |flags| (flags.jetstream, flags.port) = (true, Some(4333)));
        check("-p -1 -a 127.0.0.1", |flags| {
            flags.port = Some(-1);
            flags.host = Some("127.0.0.1".to_owned());
        });
        check("-p 0x107e -m 1_000", |flags| (flags.port, flags.http_port) = (Some(4222), Some(1000)));
        check("-DV -T=false", |flags| {
            (flags.debug, flags.trace, flags.log_time) = (Some(true), Some(true), Some(false))
        });
    }

    #[test]
    fn errors_are_those_of_go() {
        for (line, want) in [
            ("-x", Invocation::UsageError("flag provided but not defined: -x".to_owned())),
            ("-p", Invocation::UsageError("flag needs an argument: -p".to_owned())),
            ("-p abc", Invocation::UsageError("invalid value \"abc\" for flag -p: parse error".to_owned())),
            (
                "-p \u{202e}9",
                Invocation::UsageError("invalid value \"\\u202e9\" for flag -p: parse error".to_owned()),
            ),
            (
                "-p 99999999999999999999",
                Invocation::UsageError(
                    "invalid value \"99999999999999999999\" for flag -p: value out of range".to_owned(),
                ),
            ),
            ("extra", Invocation::Error("nats-server: unrecognized command: \"extra\"".to_owned())),
            ("--cluster x", Invocation::Error("nats-server: the flag -cluster is not simulated".to_owned())),
            ("--version", Invocation::Version),
            ("version", Invocation::Version),
            ("-h", Invocation::Help),
            ("-h --version", Invocation::Version),
            ("--help_tls -p 1", Invocation::HelpTls),
            ("-h --x", Invocation::UsageError("flag provided but not defined: -x".to_owned())),
        ] {
            assert_eq!(read(line), want, "{line}");
        }
    }
}
