//! Joins flags and a configuration file into [`ServerOptions`]; flags win.

use super::conf::Value;
use super::config_file;
use super::flags::Flags;
use super::options::{DEFAULT_PORT, ListenAddress, ServerOptions};
use crate::server::User;

/// The options of a program that is started with `flags` and perhaps a configuration file. All of the server's identifiers
/// are derived from `seed`.
///
/// # Errors
/// A text that nats-server prints for the same mistake, or the name of what is not simulated. For a mistake in the file it
/// ends in a line break.
pub fn resolve(flags: &Flags, file: Option<&Value>, seed: u64) -> Result<ServerOptions, String> {
    let mut options = ServerOptions::default();
    if let Some(file) = file {
        config_file::apply(&mut options, file, flags.config.as_deref().unwrap_or_default())?;
    }
    apply_flags(&mut options, flags, seed);
    // With `-t` only the file itself is checked.
    if !flags.test_config {
        options.validate()?;
    }
    Ok(options)
}

/// The options of a program that is started with `flags` alone. They are not validated.
pub fn from_flags(flags: &Flags, seed: u64) -> ServerOptions {
    let mut options = ServerOptions::default();
    apply_flags(&mut options, flags, seed);
    options
}

fn apply_flags(options: &mut ServerOptions, flags: &Flags, seed: u64) {
    options.config.seed = seed;
    apply_listen(options, flags);
    if flags.name.is_some() {
        options.config.name.clone_from(&flags.name);
    }
    if flags.jetstream {
        options.config.jetstream.get_or_insert_default();
    }
    for (flag, option) in [
        (&flags.ports_file_dir, &mut options.ports_file_dir),
        (&flags.log_file, &mut options.log_file),
        (&flags.pid_file, &mut options.pid_file),
        (&flags.store_dir, &mut options.store_dir),
    ] {
        if flag.is_some() {
            option.clone_from(flag);
        }
    }
    let auth = &mut options.config.auth;
    if let Some(name) = &flags.user {
        let password = flags.password.clone().unwrap_or_default();
        auth.is_single = auth.users.is_empty();
        auth.users.push(User { name: name.clone(), password, ..User::default() });
    }
    if flags.token.is_some() {
        auth.token.clone_from(&flags.token);
    }
    options.debug = flags.debug.unwrap_or(options.debug);
    options.trace = flags.trace.unwrap_or(options.trace);
    options.log_time = flags.log_time.unwrap_or(options.log_time);
    options.log_utc = flags.log_utc.unwrap_or(options.log_utc);
    options.max_traced = flags.max_traced.unwrap_or(options.max_traced);
}

fn apply_listen(options: &mut ServerOptions, flags: &Flags) {
    if let Some(host) = &flags.host {
        options.listen.host.clone_from(host);
    }
    // As in nats-server, a flag with the default port does not override the file.
    if let Some(port) = flags.port.filter(|port| *port != DEFAULT_PORT) {
        options.listen.port = port;
    }
    if options.listen.port == 0 {
        options.listen.port = DEFAULT_PORT;
    }
    if let Some(port) = flags.http_port {
        options.http = Some(ListenAddress { host: String::new(), port });
    }
    // Port 0 is no listener; an empty host is that of the clients' listener.
    for address in [&mut options.http, &mut options.websocket, &mut options.leafnodes] {
        *address = address.take().filter(|address| address.port != 0);
        if let Some(address) = address.as_mut().filter(|address| address.host.is_empty()) {
            address.host.clone_from(&options.listen.host);
        }
    }
    options.config.host.clone_from(&options.listen.host);
    options.config.port = u16::try_from(options.listen.port).unwrap_or_default();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nats_server::conf::parse;

    #[test]
    fn flags_win_over_the_file() {
        let file = parse(
            "port: 5000, jetstream: {max_mem: 1K}, http: \"127.0.0.1:-1\"
            websocket { port: -1, no_tls: true }
            authorization { users: [{user: a, pass: b, permissions: {publish: [\"x.>\"], subscribe: {deny: y}}}] }",
            "f",
            &(),
        );
        let flags = Flags { port: Some(-1), jetstream: true, ..Flags::default() };
        let options = resolve(&flags, file.ok().as_ref(), 7).expect("valid options");
        let any_port = ListenAddress { host: "127.0.0.1".to_owned(), port: -1 };
        assert_eq!(options.listen, any_port);
        assert_eq!(options.config.jetstream.map(|js| js.max_memory), Some(1000));
        assert_eq!((options.http, options.websocket), (Some(any_port.clone()), Some(any_port)));
        let user = &options.config.auth.users[0];
        assert_eq!((user.publish.allow.len(), user.subscribe.deny.len()), (1, 1));
    }

    #[test]
    fn errors_name_the_position_in_the_file() {
        for (text, want) in [
            ("port: x", "f:1:0: interface conversion: interface {} is string, not int64\n"),
            ("\nnonsense: 1", "f:2:1: unknown field \"nonsense\"\n"),
            ("jetstream { key: x }", "f:1:12: key is not simulated\n"),
            ("tls { cert_file: x }", "f:1:0: tls is not simulated\n"),
            ("accounts { A { users: [] }, B { users: [] } }", "f:1:28: a second account is not simulated\n"),
        ] {
            let file = parse(text, "f", &()).expect("valid syntax");
            assert_eq!(resolve(&Flags::default(), Some(&file), 0).err().as_deref(), Some(want));
        }
    }
}
