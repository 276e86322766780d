//! A running command: its values, its standard streams, its connection.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use super::area::Area;
use super::call::Call;
use super::context::{Context, Settings};
use super::failure::Failure;
use super::log::log;
use super::output::columns::{self, Columns};
use super::output::table::{Style, Table};
use super::reference::CommandFailure;
use super::{Env, trace};
use crate::base::{LinkedText, Stdin, Stdio, Time};
use crate::client::kv::KeyValue;
use crate::client::{Address, Connection, Error, JetStream, OnError, Options, Reconnect};
use crate::gofmt::{self, Nanos, quote};
use crate::jsapi::kv;

/// The timeout of the manager API, which ignores `--timeout`.
const MANAGER_TIMEOUT: Duration = Duration::from_secs(5);

/// The language and version of the client library that the real command uses.
const LIBRARY: (&str, &str) = ("go", "1.55.0");

/// A running command.
pub struct RunningCommand {
    pub call: Call,
    pub area: Area,
    /// What it connects with.
    pub context: Context,
    pub env: Env,
    pub stdio: Stdio,
}

impl RunningCommand {
    pub fn new(call: Call, area: Area, context: Context, env: Env, stdio: Stdio) -> RunningCommand {
        RunningCommand { call, area, context, env, stdio }
    }

    // Arguments and flags.

    pub fn text(&self, name: &str) -> &str {
        self.call.text(name)
    }

    pub fn flag(&self, name: &str) -> bool {
        self.call.flag(name)
    }

    // Standard streams.

    pub fn print(&self, text: impl Into<LinkedText>) {
        self.stdio.stdout.write_linked(&text.into());
    }

    /// Prints a line, which may have links.
    pub fn line(&self, text: impl Into<LinkedText>) {
        let mut text = text.into();
        text.push("\n");
        self.stdio.stdout.write_linked(&text);
    }

    /// Prints a log line with the time of day.
    pub fn log(&self, text: &str) {
        log(&self.env, &self.stdio, text);
    }

    /// Whether the command can ask questions.
    pub fn is_terminal(&self) -> bool {
        matches!(self.stdio.stdin, Stdin::Terminal(_)) && self.stdio.stdout.terminal().is_some()
    }

    /// Columns of the terminal that the output goes to.
    pub fn width(&self) -> Option<usize> {
        self.stdio.stdout.terminal().map(|terminal| terminal.width())
    }

    /// A time in the person's time zone.
    pub fn time(&self, time: Time) -> String {
        gofmt::time::date_time(time, &self.env.zone)
    }

    /// The time since then; the longest duration for the zero time.
    pub fn age(&self, time: Time) -> Nanos {
        match time > Time::default() {
            true => self.env.clock.now().since(time).into(),
            false => Nanos(i64::MAX),
        }
    }

    /// A table in the style of the terminal, or in the plain one where the output is no terminal.
    pub fn table(&self, title: impl Into<String>, headers: &[&str]) -> Table {
        let mut style = Style { width: self.width(), ..Style::default() };
        if style.width.is_some() {
            style.double = self.colours() == "double";
            style.colour = columns::colour(self.colours());
        }
        Table::new(title, headers, style)
    }

    /// A report of labels and values under a heading.
    pub fn columns(&self, heading: impl Into<String>) -> Columns {
        let colour = self.width().and_then(|_| columns::colour(self.colours()));
        Columns::new(heading, colour)
    }

    /// The scheme of colours for tables, columns and questions.
    pub fn colours(&self) -> &str {
        &self.context.settings.color_scheme
    }

    // The server.

    /// The server URLs as they were given.
    pub fn servers(&self) -> &str {
        &self.context.settings.url
    }

    /// Connects to the servers that were given.
    pub async fn connect(&self) -> Result<Connection, Failure> {
        self.connect_with(&self.context).await
    }

    /// Connects to the first of some servers, separated by commas, that answers.
    pub async fn connect_to(&self, servers: &str) -> Result<Connection, Failure> {
        let mut context = self.context.clone();
        servers.clone_into(&mut context.settings.url);
        self.connect_with(&context).await
    }

    /// Connects with the settings of a context.
    pub async fn connect_with(&self, context: &Context) -> Result<Connection, Failure> {
        let env = &self.env;
        check_settings(&context.settings)?;
        let options = self.options(&context.settings);
        let connection = Connection::connect(&*env.dial, &env.clock, &env.ids, &options).await?;
        if !trace::logs_connection_late(self.area) {
            self.log_connection(&connection);
        }
        Ok(connection)
    }

    /// Logs the connection for `--trace`.
    pub fn log_connection(&self, connection: &Connection) {
        if self.flag("trace") {
            self.log(&trace::connected(connection.address()));
        }
    }

    fn options(&self, settings: &Settings) -> Options {
        let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let name = self.text("connection-name").trim();
        Options {
            servers: settings.url.split(',').filter_map(Address::parse).collect(),
            name: if name.is_empty() {
                format!("NATS CLI Version {}", super::parse::VERSION)
            } else {
                name.to_owned()
            },
            library: (LIBRARY.0.to_owned(), LIBRARY.1.to_owned()),
            user: given(&settings.user),
            password: given(&settings.password).filter(|_| !settings.user.is_empty()),
            token: given(&settings.token),
            timeout: if self.uses_manager() { MANAGER_TIMEOUT } else { self.timeout() },
            inbox_prefix: given(&settings.inbox_prefix).unwrap_or_else(|| "_INBOX".to_owned()),
            reconnect: Some(self.reconnect()),
            on_error: Some(self.on_error()),
        }
    }

    fn reconnect(&self) -> Reconnect {
        let (env, stdio) = (self.env.clone(), self.stdio.clone());
        let lost = move |why: &str| {
            log(&env, &stdio, &format!(">>> Disconnected due to: {why}, will attempt reconnect"))
        };
        Reconnect { dial: self.env.dial.clone(), lost: Rc::new(lost) }
    }

    fn on_error(&self) -> OnError {
        let (env, stdio) = (self.env.clone(), self.stdio.clone());
        OnError(Rc::new(move |error| log(&env, &stdio, &format!(">>> Unexpected NATS error: {error}"))))
    }

    /// The target of the link from the error message.
    pub fn command_failure(&self, error: Error) -> CommandFailure {
        CommandFailure {
            command: self.call.command.path,
            area: self.area,
            bucket: self.text("bucket").to_owned(),
            key: self.text("key").to_owned(),
            revision: Some(self.call.uint("revision")).filter(|revision| *revision > 0),
            error,
        }
    }

    /// The timeout of requests.
    pub fn timeout(&self) -> Duration {
        Duration::from_nanos(u64::try_from(self.call.int("timeout")).unwrap_or(0))
    }

    /// Connects, for calls of JetStream.
    pub async fn jetstream(&self) -> Result<JetStream, Failure> {
        let connection = self.connect().await?;
        if self.call.int("timeout") <= 0 && !self.uses_manager() {
            let wrong = "nats: invalid jetstream option: timeout value must be greater than 0";
            return Err(Failure::error(wrong));
        }
        self.jetstream_on(&connection)
    }

    pub fn jetstream_on(&self, connection: &Connection) -> Result<JetStream, Failure> {
        let jetstream = JetStream::with_prefix(connection, &self.api_prefix()?);
        Ok(if self.flag("trace") {
            trace::trace(jetstream, &self.env, &self.stdio, self.area, self.uses_manager())
        } else {
            jetstream
        })
    }

    /// Whether the command uses the manager API (jsm.go), not the one of applications (nats.go).
    fn uses_manager(&self) -> bool {
        match self.area {
            Area::KeyValue => self.call.command.path == "kv ls" && self.text("bucket").is_empty(),
            Area::Stream | Area::Account => true,
            Area::Message | Area::Local => false,
        }
    }

    /// The prefix of the JetStream API subjects, checked as in jsm.go.
    fn api_prefix(&self) -> Result<String, Failure> {
        let given = |text: &'_ String| Some(text.clone()).filter(|text| !text.is_empty());
        let settings = &self.context.settings;
        let domain = given(&settings.jetstream_domain);
        let api = given(&settings.jetstream_api_prefix);
        let event = given(&settings.jetstream_event_prefix);
        let (domain, api, event) = (domain.as_deref(), api.as_deref(), event.as_deref());
        if let Some(domain) = domain.filter(|domain| !is_name(domain)) {
            return Err(Failure::error(format!("domain {} is not a valid JetStream name", quote(domain))));
        }
        for (what, prefix) in [("api", api), ("event", event)] {
            if let Some(prefix) = prefix.filter(|prefix| !prefix.split('.').all(is_name)) {
                let prefix = quote(prefix);
                return Err(Failure::error(format!(
                    "{what} prefix {prefix} contains invalid subject characters"
                )));
            }
        }
        match (domain, api) {
            (Some(_), Some(_)) => Err(Failure::error("WithAPIPrefix and WithDomain are mutually exclusive")),
            (Some(domain), None) => Ok(format!("$JS.{domain}.API")),
            (None, api) => Ok(api.unwrap_or("$JS.API").to_owned()),
        }
    }

    /// The bucket that is named, or one that the person picks.
    pub async fn bucket(&self) -> Result<KeyValue, Failure> {
        let jetstream = self.jetstream().await?;
        let mut bucket = self.text("bucket").to_owned();
        if bucket.is_empty() {
            self.log_connection(jetstream.connection());
            let streams = jetstream.untraced().stream_names(None).await.map_err(Failure::api)?;
            let mut known: Vec<String> =
                streams.iter().filter_map(|name| kv::bucket_of(name)).map(str::to_owned).collect();
            known.sort();
            if known.is_empty() {
                return Err(Failure::error("no KV buckets found"));
            }
            bucket = self.select("Select a Bucket", &known).await?;
        }
        Ok(KeyValue::open(&jetstream, &bucket).await?)
    }

    /// The value to store, from the argument or the standard input.
    pub async fn value(&self) -> Result<Vec<u8>, Failure> {
        Ok(match &self.stdio.stdin {
            Stdin::Pipe(_) if self.text("value").is_empty() => self.stdio.stdin.all().await?,
            _ => self.text("value").as_bytes().to_vec(),
        })
    }
}

/// Rejects settings with which no connection is possible: credential files, which do not exist here, and invalid inboxes.
fn check_settings(settings: &Settings) -> Result<(), Failure> {
    if let Some(flag) = settings.not_simulated() {
        return Err(Failure::NotSimulated(format!("nats --{flag}")));
    }
    let missing = |file: &str| format!("nats: open {file}: no such file or directory");
    let inbox = &settings.inbox_prefix;
    if inbox.contains(['>', '*']) || inbox.ends_with('.') {
        return Err(Failure::error("nats: invalid custom prefix"));
    }
    match (settings.nkey.as_str(), settings.creds.as_str()) {
        _ if !settings.user.is_empty() => Ok(()),
        ("", "") => Ok(()),
        (file, "") => Err(Failure::Misconfigured(format!("configuration error: {}", missing(file)))),
        (_, file) => Err(Failure::error(missing(file))),
    }
}

/// Metadata without the server's own.
pub fn own_metadata(metadata: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    const SERVERS_OWN: [&str; 9] = [
        "_nats.ver",
        "_nats.level",
        "_nats.req.level",
        "_nats.mirror.stream",
        "_nats.mirror.domain",
        "_nats.mirror.acc",
        "_nats.src.stream",
        "_nats.src.domain",
        "_nats.src.acc",
    ];
    let mut own = metadata.clone();
    own.retain(|key, _| !SERVERS_OWN.contains(&key.as_str()));
    own
}

/// Whether a text can be the name of a stream or a domain, or a token of a subject (jsm.go, `IsValidName`).
pub fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.contains(['>', '*', '.', ' ', '/', '\\', '\0'])
}
