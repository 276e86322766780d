//! A request to the JetStream API on its way, and who watches it.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use crate::client::connection::Request;
use crate::client::{Connection, Error, Message};

/// Is shown every request to the API and its response.
pub type Tracer = Rc<dyn Fn(ApiTrace<'_>)>;

/// A request or its response, each with the subject of the request.
#[derive(Clone, Copy, Debug)]
pub enum ApiTrace<'a> {
    Request(&'a str, &'a [u8]),
    Response(&'a str, &'a [u8]),
    /// There was no response.
    Failure(&'a str, &'a Error),
}

/// A request to the API under way; resolves to its response.
pub(in crate::client) struct Call<'a> {
    request: Result<Request<'a>, Error>,
    /// Who is to be shown the response, and the subject of the request.
    traced: Option<(&'a Tracer, String)>,
}

impl<'a> Call<'a> {
    /// Sends the request. Its subject is put together from parts.
    pub(super) fn send(
        connection: &'a Connection,
        tracer: Option<&'a Tracer>,
        subject: &[&str],
        body: &[u8],
    ) -> Call<'a> {
        let traced = tracer.map(|tracer| (tracer, subject.concat()));
        if let Some((tracer, subject)) = &traced {
            tracer(ApiTrace::Request(subject, body));
        }
        Call { request: connection.start_request(subject, b"", body), traced }
    }
}

impl Future for Call<'_> {
    type Output = Result<Message, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<Message, Error>> {
        let response = match &mut self.request {
            Ok(request) => ready!(Pin::new(request).poll(context)),
            Err(error) => Err(error.clone()),
        };
        if let Some((tracer, subject)) = &self.traced {
            tracer(match &response {
                Ok(message) => ApiTrace::Response(subject, message.body()),
                Err(error) => ApiTrace::Failure(subject, error),
            });
        }
        Poll::Ready(response)
    }
}
