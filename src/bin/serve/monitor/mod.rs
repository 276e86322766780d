//! The monitoring port: what the server is and does, as pages of JSON.

mod accounts;
mod connz;
mod context;
mod http;
mod jsz;
mod query;
mod root;
mod subsz;
mod topology;
mod varz;

use std::rc::Rc;

use playground::nats_server::ListenAddress;
use tokio::net::TcpStream;
use tokio::task::spawn_local;

use self::context::MonitorContext;
use self::http::{HttpError, Response};
use self::query::Query;
use crate::log::Log;
use crate::program_state::ProgramState;
use crate::server_handle::ServerHandle;
use crate::sockets;

/// Starts the monitor. Returns its URL, or why it cannot listen.
pub(crate) async fn listen(
    listen: &ListenAddress,
    state: &Rc<ProgramState>,
    server: &ServerHandle,
    log: &Log,
) -> Result<String, String> {
    let listener = sockets::bind(listen).await?;
    let port = sockets::port_of(&listener);
    let address = sockets::host_port(&listen.host, port.into());
    log.info(format!("Starting http monitor on {address}"));
    state.set_port(|options| options.http = Some(listen.with_port(port)));
    let (server, state) = (server.clone(), state.clone());
    spawn_local(sockets::accept(listener, server.clone(), move |stream| {
        answer(stream, server.clone(), state.clone())
    }));
    Ok(format!("http://{address}"))
}

async fn answer(mut stream: TcpStream, server: ServerHandle, state: Rc<ProgramState>) {
    let Some(target) = http::read_target(&mut stream).await else { return };
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let response = respond(path, Query(query), &server, &state);
    http::write_response(&mut stream, response).await;
}

fn respond(
    path: &str,
    query: Query<'_>,
    server: &ServerHandle,
    state: &ProgramState,
) -> Result<Response, HttpError> {
    let context = MonitorContext::new(server, state, query);
    let base = format!("/{}", context.options.http_base_path.trim_matches('/'));
    let page = page_of(path, &base).ok_or_else(not_found)?;
    state.count_request(page);
    let response = render(page, &base, &context);
    if response.as_ref().is_err_and(|error| !error.is_counted) {
        state.uncount_request(page);
    }
    response
}

/// The page that a path below `base` asks for.
fn page_of<'a>(path: &'a str, base: &str) -> Option<&'a str> {
    let page = match base {
        "/" => path,
        base => match path.strip_prefix(base)? {
            "" => "/",
            page if page.starts_with('/') => page,
            _ => return None,
        },
    };
    Some(if page == "/subscriptionsz" { "/subsz" } else { page })
}

fn not_found() -> HttpError {
    HttpError::not_found("404 page not found").uncounted()
}

fn render(page: &str, base: &str, context: &MonitorContext<'_>) -> Result<Response, HttpError> {
    match page {
        "/" => Ok(Response::html(root::page(base))),
        "/healthz" => Ok(Response::compact_json("{\"status\":\"ok\"}")),
        "/raftz" => Err(HttpError::not_found("No Raft nodes registered")),
        "/ipqueuesz" => Ok(Response::json(&serde_json::Map::new())),
        "/varz" => Ok(Response::json(&varz::varz(context))),
        "/connz" => Ok(Response::json(&connz::connz(context)?)),
        "/subsz" => Ok(Response::json(&subsz::subsz(context)?)),
        "/routez" => Ok(Response::json(&topology::routez(context))),
        "/gatewayz" => Ok(Response::json(&topology::gatewayz(context))),
        "/leafz" => Ok(Response::json(&topology::leafz(context))),
        "/accountz" => Ok(Response::json(&accounts::accountz(context)?)),
        "/accstatz" => Ok(Response::json(&accounts::accstatz(context)?)),
        "/jsz" => jsz::jsz(context),
        _ => Err(not_found()),
    }
}
