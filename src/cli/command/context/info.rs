//! `nats context info` and `validate`: what a context says, and whether it can be.

use super::{contexts, failed};
use crate::base::files::absolute;
use crate::cli::context::{Context, Settings};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::columns::Columns;
use crate::cli::running_command::RunningCommand;
use crate::gofmt::quote;
use crate::gojson;

/// The variables that a context does not overrule.
const OVERRIDING: &[&str] = &[
    "NATS_URL",
    "NATS_USER",
    "NATS_PASSWORD",
    "NATS_CREDS",
    "NATS_NKEY",
    "NATS_CERT",
    "NATS_KEY",
    "NATS_CA",
    "NATS_TIMEOUT",
    "NATS_SOCKS_PROXY",
    "NATS_COLOR",
];

pub async fn info(cmd: &RunningCommand) -> Outcome {
    show(cmd, cmd.text("name"), cmd.flag("connect")).await.map(|_| ())
}

pub async fn validate(cmd: &RunningCommand) -> Outcome {
    let names = match cmd.text("name") {
        "" => contexts(cmd).names(),
        name => vec![name.to_owned()],
    };
    let mut errors = 0;
    for name in names {
        match show(cmd, &name, cmd.flag("connect")).await {
            Ok(wrong) => errors += wrong,
            Err(Failure::Error { message, .. }) => {
                cmd.line(format!("Could not load {name}: {}\n", coloured(cmd, 31, &message)));
            }
            Err(other) => return Err(other),
        }
        cmd.line("");
    }
    if errors > 0 { Err(Failure::error("validation failed")) } else { Ok(()) }
}

/// Shows a context, the selected one where the name is empty, and says how much is wrong with it.
pub(super) async fn show(cmd: &RunningCommand, name: &str, connects: bool) -> Result<usize, Failure> {
    let contexts = contexts(cmd);
    let name = match name {
        "" => contexts.selected().unwrap_or_default(),
        name => name.to_owned(),
    };
    if name.is_empty() {
        return Err(Failure::error("no default context and no name supplied"));
    }
    let mut settings = contexts.load(&name).map_err(failed)?;
    if settings.url.is_empty() {
        settings.url = Settings::DEFAULT_URL.to_owned();
    }
    if cmd.flag("json") {
        settings.name = name;
        cmd.line(gojson::to_string_indent(&settings));
        return Ok(0);
    }
    let mut columns = cmd.columns(format!("NATS Configuration Context {}", quote(&name)));
    let mut wrong = add_settings(cmd, &mut columns, &settings, &contexts.path(&name));
    if connects {
        match cmd.connect_with(&Context { name, settings }).await {
            Ok(_) => columns.row("Connection", coloured(cmd, 32, "OK")),
            Err(Failure::Error { message, .. } | Failure::Misconfigured(message)) => {
                wrong += 1;
                columns.row("Connection", coloured(cmd, 31, &message));
            }
            Err(other) => return Err(other),
        }
    }
    cmd.print(columns.render());
    cmd.line("");
    warn_of_variables(cmd);
    Ok(wrong)
}

/// Adds what a context says, and says how many of its files are not there.
fn add_settings(cmd: &RunningCommand, columns: &mut Columns, settings: &Settings, path: &str) -> usize {
    let mut wrong = 0;
    let hidden = "*".repeat(settings.password.len());
    for (label, value) in [
        ("Description", &settings.description),
        ("Server URLs", &settings.url),
        ("SOCKS5 Proxy", &settings.socks_proxy),
        ("Username", &settings.user),
        ("Password", &hidden),
        ("Token", &settings.token),
    ] {
        columns.row_if_any(label, value);
    }
    for (label, file) in [
        ("Credentials", &settings.creds),
        ("User JWT", &settings.user_jwt),
        ("User Seed", &settings.user_seed),
        ("NKey", &settings.nkey),
        ("Certificate", &settings.cert),
        ("Key", &settings.key),
        ("CA", &settings.ca),
    ] {
        if !file.is_empty() {
            let is_there = cmd.env.files.read(&absolute(&cmd.env.folder, file)).is_ok();
            let found = if is_there { coloured(cmd, 32, "OK") } else { coloured(cmd, 31, "ERROR") };
            columns.row(label, format!("{file} ({found})"));
            wrong += usize::from(!is_there);
        }
    }
    columns.row_if(settings.tls_first, "TLS First", "true");
    for (label, value) in [
        ("JS API Prefix", settings.jetstream_api_prefix.as_str()),
        ("JS Event Prefix", &settings.jetstream_event_prefix),
        ("JS Domain", &settings.jetstream_domain),
        ("Inbox Prefix", &settings.inbox_prefix),
        ("Path", path),
        ("Color Scheme", &settings.color_scheme),
    ] {
        columns.row_if_any(label, value);
    }
    wrong
}

/// Says which variables overrule the context.
fn warn_of_variables(cmd: &RunningCommand) {
    let overriding =
        OVERRIDING.iter().filter(|name| cmd.env.variables.get(**name).is_some_and(|value| !value.is_empty()));
    let overriding: Vec<&str> = overriding.copied().collect();
    if !overriding.is_empty() {
        cmd.line(format!(
            "{}: Shell environment overrides in place using {}",
            coloured(cmd, 91, "WARNING"),
            overriding.join(", ")
        ));
    }
}

/// A text in a colour of the terminal; as it is where the output is none.
fn coloured(cmd: &RunningCommand, colour: u8, text: &str) -> String {
    match cmd.width() {
        Some(_) => format!("\x1b[{colour}m{text}\x1b[0m"),
        None => text.to_owned(),
    }
}
