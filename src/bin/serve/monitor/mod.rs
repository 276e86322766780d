//! The monitoring port: pages in JSON of what the server is and does.

mod connections;
mod pages;
mod streams;

use std::rc::Rc;

use playground::base::json::Writer;
use playground::nats_server::setup::Listen;
use playground::server::View;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::spawn_local;

use crate::facts::Facts;
use crate::hub::Hub;
use crate::log::Log;
use crate::sockets;

/// Longest request that is read.
const REQUEST_MAX: usize = 16 * 1024;

/// What the pages are made of.
struct Scene<'a> {
    hub: &'a Hub,
    facts: &'a Facts,
    view: View,
    query: Query<'a>,
}

/// What stands behind the question mark.
struct Query<'a>(&'a str);

/// A page: its kind and its text, or what is wrong with the question.
type Page = Result<(&'static str, String), (u16, String)>;

const JSON: &str = "application/json";
const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// Listens for monitors. Returns the address, or why that cannot be.
pub(crate) async fn listen(
    listen: &Listen,
    facts: &Rc<Facts>,
    hub: &Hub,
    log: &Rc<Log>,
) -> Result<String, String> {
    let listener = sockets::bind(listen).await?;
    let port = sockets::port_of(&listener);
    let url = sockets::joined(&listen.host, i64::from(port));
    log.info(format!("Starting http monitor on {url}"));
    facts.learn(|setup| setup.http = Some(listen.on(port)));
    let (hub, facts) = (hub.clone(), facts.clone());
    spawn_local(async move {
        while !hub.is_over() {
            let Ok((stream, _)) = listener.accept().await else { continue };
            spawn_local(answer(stream, hub.clone(), facts.clone()));
        }
    });
    Ok(format!("http://{url}"))
}

async fn answer(mut stream: TcpStream, hub: Hub, facts: Rc<Facts>) {
    let mut request = Vec::new();
    let mut buffer = [0; 4096];
    while !request.windows(4).any(|end| end == b"\r\n\r\n") && request.len() < REQUEST_MAX {
        match stream.read(&mut buffer).await {
            Ok(count) if count > 0 => request.extend_from_slice(&buffer[..count]),
            _ => return,
        }
    }
    let text = String::from_utf8_lossy(&request);
    let target = text.split(' ').nth(1).unwrap_or("/");
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let (status, kind, body) = match page(path, Query(query), &hub, &facts) {
        Ok((kind, body)) => ("200 OK", kind, body),
        Err((404, why)) => ("404 Not Found", TEXT, why + "\n"),
        Err((500, why)) => ("500 Internal Server Error", TEXT, why + "\n"),
        Err((_, why)) => ("400 Bad Request", TEXT, why + "\n"),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    // Whoever asked may have gone.
    let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
}

fn page(path: &str, query: Query<'_>, hub: &Hub, facts: &Facts) -> Page {
    let not_found = || Err((404, "404 page not found".to_owned()));
    let base = base_path(&facts.setup().http_base_path);
    let name = match base.as_str() {
        "/" => path,
        base => match path.strip_prefix(base) {
            Some("") => "/",
            Some(rest) if rest.starts_with('/') => rest,
            _ => return not_found(),
        },
    };
    let name = if name == "/subscriptionsz" { "/subsz" } else { name };
    *facts.asked.borrow_mut().entry(name.to_owned()).or_default() += 1;
    let answer = draw(name, &base, &Scene { hub, facts, view: hub.view(), query });
    // What there is not is not counted, nor a question that cannot be read.
    let uncounted = |why: &str| why.starts_with("404") || why.starts_with("Error decoding");
    if answer.as_ref().is_err_and(|(_, why)| uncounted(why))
        && let Some(count) = facts.asked.borrow_mut().get_mut(name)
    {
        *count -= 1;
    }
    facts.asked.borrow_mut().retain(|_, count| *count > 0);
    answer
}

fn draw(name: &str, base: &str, scene: &Scene<'_>) -> Page {
    let mut json = Writer::new();
    json.open();
    match name {
        "/" => return Ok((HTML, pages::root(base))),
        "/healthz" => return Ok((JSON, "{\"status\":\"ok\"}".to_owned())),
        "/raftz" => return Err((404, "No Raft nodes registered".to_owned())),
        "/ipqueuesz" => {}
        "/varz" => pages::varz(scene, &mut json),
        "/connz" => connections::connz(scene, &mut json)?,
        "/subsz" => connections::subsz(scene, &mut json)?,
        "/routez" => pages::routez(scene, &mut json),
        "/gatewayz" => pages::gatewayz(scene, &mut json),
        "/leafz" => pages::leafz(scene, &mut json),
        "/accountz" => pages::accountz(scene, &mut json)?,
        "/accstatz" => pages::accstatz(scene, &mut json)?,
        "/jsz" => streams::jsz(scene, &mut json)?,
        _ => return Err((404, "404 page not found".to_owned())),
    }
    json.close();
    Ok((JSON, pretty(&json.finish())))
}

/// With a slash at its beginning and none at its end.
fn base_path(path: &str) -> String {
    format!("/{}", path.trim_matches('/'))
}

impl<'a> Query<'a> {
    /// The value of a name, if it is there and not empty.
    fn text(&self, name: &str) -> Option<&'a str> {
        let mut fields = self.0.split('&').filter_map(|field| field.split_once('='));
        fields.find(|(key, value)| *key == name && !value.is_empty()).map(|(_, value)| value)
    }

    /// A truth value as Go reads it.
    fn truth(&self, name: &str) -> Result<bool, (u16, String)> {
        match self.text(name) {
            None | Some("0" | "f" | "F" | "false" | "FALSE" | "False") => Ok(false),
            Some("1" | "t" | "T" | "true" | "TRUE" | "True") => Ok(true),
            Some(value) => {
                let why = format!("strconv.ParseBool: parsing \"{value}\": invalid syntax");
                Err((400, format!("Error decoding boolean for '{name}': {why}")))
            }
        }
    }

    /// A whole number; 0 where there is none.
    fn number(&self, name: &str) -> Result<u64, (u16, String)> {
        let Some(value) = self.text(name) else { return Ok(0) };
        value.parse::<i64>().map(|number| number.max(0) as u64).map_err(|_| {
            let why = format!("strconv.Atoi: parsing \"{value}\": invalid syntax");
            (400, format!("Error decoding int for '{name}': {why}"))
        })
    }
}

/// JSON with a field a line, as Go's library indents it.
fn pretty(json: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let (mut depth, mut in_text, mut is_escaped) = (0, false, false);
    let mut before = ' ';
    for c in json.chars() {
        if in_text {
            out.push(c);
            in_text = is_escaped || c != '"';
            is_escaped = !is_escaped && c == '\\';
            before = c;
            continue;
        }
        let line = |depth: usize| format!("\n{}", "  ".repeat(depth));
        if matches!(before, '{' | '[') && !matches!(c, '}' | ']') {
            out.push_str(&line(depth));
        }
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' => {
                depth = usize::saturating_sub(depth, 1);
                if !matches!(before, '{' | '[') {
                    out.push_str(&line(depth));
                }
            }
            _ => {}
        }
        out.push(c);
        match c {
            ',' => out.push_str(&line(depth)),
            ':' => out.push(' '),
            '"' => in_text = true,
            _ => {}
        }
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_indented() {
        let want =
            "{\n  \"a\": [],\n  \"b\": {\n    \"c\": \"x:{\\\",\"\n  },\n  \"d\": [\n    1,\n    2\n  ]\n}";
        assert_eq!(pretty("{\"a\":[],\"b\":{\"c\":\"x:{\\\",\"},\"d\":[1,2]}"), want);
    }
}
