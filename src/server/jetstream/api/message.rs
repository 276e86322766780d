//! Calls about single messages.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::Call;
use crate::base::Time;
use crate::server::context::Desk;
use crate::server::jetstream::JetStream;
use crate::server::jetstream::api_error;
use crate::server::jetstream::store::{Filter, Record, Store};
use crate::server::jetstream::stream::config::Storage;
use crate::server::json::{Json, Set, Writer};
use crate::server::observe::event::{ApiError, EventKind, RemovalReason};

/// Which message or messages are asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    pub(super) sequence: u64,
    pub(super) last_by_subject: String,
    pub(super) next_by_subject: String,
    pub(super) batch: i64,
    pub(super) max_bytes: i64,
    pub(super) start_time: Option<Time>,
    pub(super) multi_last: Vec<String>,
    pub(super) up_to_sequence: u64,
    pub(super) up_to_time: Option<Time>,
    pub(super) no_headers: bool,
}

impl Wanted {
    /// Sets the fields that `json` has. A `strict` reader refuses others.
    pub(super) fn read(&mut self, json: &Json<'_>, strict: bool) -> Set {
        json.fields("server.JSApiMsgGetRequest", &mut |name, value| {
            match name {
                "seq" => value.unsigned(&mut self.sequence),
                "last_by_subj" => value.text(&mut self.last_by_subject),
                "next_by_subj" => value.text(&mut self.next_by_subject),
                "batch" => value.int(&mut self.batch),
                "max_bytes" => value.int(&mut self.max_bytes),
                "start_time" => value.time(&mut self.start_time),
                "multi_last" => value.texts(&mut self.multi_last),
                "up_to_seq" => value.unsigned(&mut self.up_to_sequence),
                "up_to_time" => value.time(&mut self.up_to_time),
                "no_hdr" => value.truth(&mut self.no_headers),
                _ => return Ok(!strict),
            }?;
            Ok(true)
        })
    }

    /// The sequence to begin with; 0 where none is given.
    pub(super) fn start(&self, store: &Store) -> u64 {
        self.start_time.map_or(self.sequence, |time| store.sequence_at(time))
    }

    fn find<'a>(&self, store: &'a Store) -> Option<Record<'a>> {
        let start = self.start(store);
        if start > 0 && self.next_by_subject.is_empty() {
            return store.get(start);
        }
        if !self.next_by_subject.is_empty() {
            return store.next(&Filter::one(&self.next_by_subject), start);
        }
        store.last_of(&self.last_by_subject)
    }
}

pub(super) fn get(
    js: &mut JetStream,
    call: &Call<'_>,
    desk: &mut Desk,
    json: &mut Writer,
) -> Result<(), ApiError> {
    if call.is_empty() {
        return Err(api_error::BAD_REQUEST.into());
    }
    let mut wanted = Wanted::default();
    call.read("JSApiMsgGetRequest", &mut |value| wanted.read(value, true))?;
    let [sequence, time] = [wanted.sequence > 0, wanted.start_time.is_some()];
    let [last, next] = [&wanted.last_by_subject, &wanted.next_by_subject].map(|subject| !subject.is_empty());
    let batch = wanted.batch > 0 || wanted.max_bytes > 0;
    let nothing = !sequence && !last && !next && !time;
    if batch || nothing || sequence && (last || time) || last && (time || next) {
        return Err(api_error::BAD_REQUEST.into());
    }
    let name = call.token(3);
    let Some(stream) = js.stream(name) else { return Err(api_error::STREAM_NOT_FOUND.into()) };
    let record = wanted.find(&stream.store);
    desk.log.tell(|| EventKind::Read {
        stream: name.to_owned(),
        subject: record.map(|record| record.subject_text().to_owned()),
        sequence: record.map(|record| record.sequence),
    });
    let Some(record) = record else { return Err(api_error::NO_MESSAGE_FOUND.into()) };
    json.open_field("message");
    json.text("subject", record.subject_text());
    json.number("seq", record.sequence);
    if !wanted.no_headers {
        json.text_if_any("hdrs", &BASE64_STANDARD.encode(record.headers));
    }
    json.text_if_any("data", &BASE64_STANDARD.encode(record.body));
    json.time("time", Some(record.time));
    json.close();
    Ok(())
}

pub(super) fn delete(
    js: &mut JetStream,
    call: &Call<'_>,
    desk: &mut Desk,
    json: &mut Writer,
) -> Result<(), ApiError> {
    if call.is_empty() {
        return Err(api_error::BAD_REQUEST.into());
    }
    let (mut sequence, mut no_erase) = (0, false);
    call.read("JSApiMsgDeleteRequest", &mut |value| {
        value.fields("server.JSApiMsgDeleteRequest", &mut |name, value| {
            match name {
                "seq" => value.unsigned(&mut sequence),
                "no_erase" => value.truth(&mut no_erase),
                _ => return Ok(false),
            }?;
            Ok(true)
        })
    })?;
    let name = call.token(3);
    let place = js.find(name)?;
    let Some(stream) = js.streams.get(place) else { return Err(api_error::STREAM_NOT_FOUND.into()) };
    if stream.config.sealed {
        return Err(api_error::STREAM_SEALED.into());
    }
    if stream.config.deny_delete {
        return Err(api_error::STREAM_MSG_DELETE_FAILED.with_detail("message delete not permitted"));
    }
    let (first, last) = (stream.store.first(), stream.store.last());
    if stream.config.storage == Storage::File && !(first.max(1)..=last).contains(&sequence) {
        let why = if sequence > last { "stream store EOF" } else { "no message found" };
        return Err(api_error::STREAM_MSG_DELETE_FAILED.with_detail(why));
    }
    if !js.remove_message(place, sequence, RemovalReason::Deleted, desk) {
        return Err(api_error::SEQUENCE_NOT_FOUND.with_detail(sequence));
    }
    json.truth("success", true);
    Ok(())
}

/// Whether a message to be deleted was missing, which the real server does not count as an error.
pub(super) fn is_missing(error: &ApiError) -> bool {
    error.err_code == api_error::SEQUENCE_NOT_FOUND.err_code
        || error.err_code == api_error::STREAM_MSG_DELETE_FAILED.err_code
            && !error.description.ends_with("permitted")
}
