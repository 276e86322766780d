//! As much of `wasm-streams` as Leptos needs to be compiled: its server functions can send and receive streams.
//!
//! The page has no server functions, so nobody ever has such a stream. The real crate brings three JavaScript classes
//! with all that they call, which are exported and therefore stay in the program, used or not.

use futures_core::Stream;
use std::pin::Pin;
use std::task::{Context, Poll};
use wasm_bindgen::{JsValue, UnwrapThrowExt};

/// A stream of the browser.
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    pub fn from_raw(stream: web_sys::ReadableStream) -> ReadableStream {
        ReadableStream(stream)
    }

    /// An empty stream: what `stream` would give is not asked for.
    pub fn from_stream(_: impl Stream<Item = Result<JsValue, JsValue>> + 'static) -> ReadableStream {
        ReadableStream(web_sys::ReadableStream::new().expect_throw("browsers have streams"))
    }

    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    pub fn into_stream(self) -> IntoStream {
        IntoStream
    }
}

/// The end of a stream.
pub struct IntoStream;

impl Stream for IntoStream {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(None)
    }
}
