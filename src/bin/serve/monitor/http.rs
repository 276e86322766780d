//! The little of HTTP that the monitor needs: one request and its response for each connection.

use playground::gojson;
use serde::Serialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The longest request head that is read, in bytes.
const REQUEST_MAX: usize = 16 * 1024;

const HEADERS_MAX: usize = 64;

pub(super) struct Response {
    pub(super) content_type: &'static str,
    pub(super) body: String,
}

pub(super) struct HttpError {
    pub(super) status: u16,
    pub(super) reason: String,
    /// Whether the request counts as one for its page. nats-server does not count pages that do not exist, nor parameters
    /// that it cannot read.
    pub(super) is_counted: bool,
}

impl Response {
    pub(super) fn json(page: &impl Serialize) -> Response {
        Response::compact_json(gojson::to_string_indent(page))
    }

    /// A page that nats-server does not indent.
    pub(super) fn compact_json(body: impl Into<String>) -> Response {
        Response { content_type: "application/json", body: body.into() }
    }

    pub(super) fn html(body: String) -> Response {
        Response { content_type: "text/html; charset=utf-8", body }
    }
}

impl HttpError {
    pub(super) fn bad_request(reason: impl Into<String>) -> HttpError {
        HttpError { status: 400, reason: reason.into(), is_counted: true }
    }

    pub(super) fn not_found(reason: impl Into<String>) -> HttpError {
        HttpError { status: 404, reason: reason.into(), is_counted: true }
    }

    pub(super) fn uncounted(self) -> HttpError {
        HttpError { is_counted: false, ..self }
    }
}

/// Reads the head of a request. Returns the path with the query; `None` if it is no request.
pub(super) async fn read_target(stream: &mut TcpStream) -> Option<String> {
    let mut request = Vec::new();
    loop {
        let mut headers = [httparse::EMPTY_HEADER; HEADERS_MAX];
        let mut parsed = httparse::Request::new(&mut headers);
        if parsed.parse(&request).ok()?.is_complete() {
            return parsed.path.map(str::to_owned);
        }
        if request.len() >= REQUEST_MAX || stream.read_buf(&mut request).await.ok()? == 0 {
            return None;
        }
    }
}

pub(super) async fn write_response(stream: &mut TcpStream, result: Result<Response, HttpError>) {
    let (status, content_type, body) = match result {
        Ok(Response { content_type, body }) => ("200 OK", content_type, body),
        Err(HttpError { status, reason, .. }) => {
            let status = if status == 404 { "404 Not Found" } else { "400 Bad Request" };
            (status, "text/plain; charset=utf-8", reason + "\n")
        }
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    // Fails if the client is gone.
    let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
}
