//! `nats account info`: who the connection is, and what its account uses.

use std::time::Duration;

use serde::Deserialize;

use crate::cli::failure::{Failure, Outcome, api_text};
use crate::cli::log::url;
use crate::cli::output::columns::Columns;
use crate::cli::running_command::RunningCommand;
use crate::client::{Connection, Error};
use crate::gofmt::{age, comma, count, ibytes};
use crate::gojson;
use crate::jsapi::{AccountInfo, Nanos, code};

/// Who the server takes a connection for.
#[derive(Default, Deserialize)]
#[serde(default)]
struct User {
    user: String,
    account: String,
    account_name: String,
    user_name: String,
    /// 0 for never.
    expires: Nanos,
}

pub async fn info(cmd: &RunningCommand) -> Outcome {
    let failed = |error: Failure| error.within("setup failed");
    let connection = cmd.connect().await.map_err(failed)?;
    let jetstream = cmd.jetstream_on(&connection).map_err(failed)?;
    let rtt = connection.rtt().await.unwrap_or_default();
    let user = user(cmd, &connection).await;
    let mut columns = cmd.columns("Account Information");
    if let Some(user) = &user {
        self::identity(&mut columns, user);
    }
    self::server(&mut columns, &connection, rtt);
    let jetstream = jetstream.account_info().await;
    match &jetstream {
        Ok(account) => self::jetstream(&mut columns, account, connection.info().max_payload),
        Err(Error::Timeout) => {
            columns.empty_line();
            columns.line("   No response from JetStream server");
        }
        Err(error) => {
            columns.empty_line();
            let off = matches!(error, Error::Api(error) if error.err_code == code::NOT_ENABLED);
            columns.line(match off {
                true => "   JetStream is not supported in this account".to_owned(),
                false => format!("   Could not obtain account information:  {}", api_text(error)),
            });
        }
    }
    cmd.print(columns.render());
    Ok(())
}

async fn user(cmd: &RunningCommand, connection: &Connection) -> Option<User> {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Reply {
        data: Option<User>,
    }
    const SUBJECT: &str = "$SYS.REQ.USER.INFO";
    let traced = cmd.flag("trace");
    if traced {
        cmd.log(&format!(">>> {SUBJECT}: {{}}\n"));
    }
    let ask = connection.request(&[SUBJECT], b"", b"");
    let reply = connection.clock().timeout(Duration::from_secs(1), ask).await.ok()?.ok()?;
    if traced {
        cmd.log(&format!("<<< {}", String::from_utf8_lossy(reply.body())));
    }
    gojson::from_slice::<Reply>(reply.body()).ok()?.data
}

fn identity(columns: &mut Columns, user: &User) {
    let named = |name: &str, id: &str| if name.is_empty() { id.to_owned() } else { format!("{name} ({id})") };
    columns.row("User", named(&user.user_name, &user.user));
    columns.row("Account", named(&user.account_name, &user.account));
    columns.row_if(!user.account_name.is_empty(), "System Account", false);
    columns.row("Expires", if user.expires.is_zero() { "never".to_owned() } else { age(user.expires) });
}

fn server(columns: &mut Columns, connection: &Connection, rtt: Duration) {
    let info = connection.info();
    let address = connection.address();
    columns.row("Client ID", info.client_id);
    columns.row("Client IP", &info.client_ip);
    columns.row("RTT", age(rtt.into()));
    columns.row("Headers Supported", info.headers);
    columns.row("Maximum Payload", ibytes(info.max_payload as u64));
    columns.row_if_any("Connected Cluster", &info.cluster);
    columns.row("Connected URL", url(address));
    columns.row("Connected Address", address);
    columns.row("Connected Server ID", &info.server_id);
    columns.row("Connected Server Version", &info.version);
    columns.row_if(info.server_name != info.server_id, "Connected Server Name", &info.server_name);
    columns.row("TLS Connection", "no");
}

fn jetstream(columns: &mut Columns, account: &AccountInfo, max_payload: i64) {
    columns.section("JetStream Account Information");
    columns.section("Account Usage");
    columns.row("Storage", ibytes(account.storage));
    columns.row("Memory", ibytes(account.memory));
    columns.row("Streams", count(account.streams));
    columns.row("Consumers", count(account.consumers));
    columns.section("Account Limits");
    columns.row("Max Message Payload", ibytes(max_payload as u64));
    columns.indent(2);
    columns.section("Tier: Default");
    columns.indent(6);
    let limits = &account.limits;
    columns.section("Configuration Requirements");
    columns.row("Stream Requires Max Bytes Set", limits.max_bytes_required);
    let pending = limits.max_ack_pending;
    columns.row(
        "Consumer Maximum Ack Pending",
        if pending <= 0 { UNLIMITED.to_owned() } else { comma(pending) },
    );
    columns.section("Stream Resource Usage Limits");
    columns.row("Memory", usage(account.memory, limits.max_memory, account.reserved_memory));
    columns.row("Memory Per Stream", per_stream(limits.memory_max_stream_bytes));
    columns.row("Storage", usage(account.storage, limits.max_storage, account.reserved_storage));
    columns.row("Storage Per Stream", per_stream(limits.storage_max_stream_bytes));
    let most = if limits.max_streams == -1 { UNLIMITED.to_owned() } else { comma(limits.max_streams) };
    columns.row("Streams", format!("{} of {most}", count(account.streams)));
    columns.row(
        "Consumers",
        match limits.max_consumers {
            -1 => UNLIMITED.to_owned(),
            most => format!("Maximum {} per stream", comma(most)),
        },
    );
}

const UNLIMITED: &str = "Unlimited";

fn usage(used: u64, most: i64, reserved: u64) -> String {
    let most = if most == -1 { UNLIMITED.to_owned() } else { ibytes(most as u64) };
    let reserved = if reserved > 0 { format!("({} reserved)", ibytes(reserved)) } else { String::new() };
    format!("{} of {most} {reserved}", ibytes(used))
}

fn per_stream(most: i64) -> String {
    if most <= 0 { UNLIMITED.to_owned() } else { ibytes(most as u64) }
}
