//! Goals against the simulated server itself, to which a client says the protocol's own lines.

use std::time::Duration;

use super::sample::START;
use crate::base::Time;
use crate::lesson::{Lesson, Progress, WorldState};
use crate::server::{Config, ConnId, EventLevel, Input, JetStreamConfig, PersistedState, Server};

/// A server with one client, and a lesson that wants the tested goal alone.
struct Served {
    server: Server,
    progress: Progress,
    now: Time,
}

const ME: ConnId = ConnId(1);
const BUCKET: &str = r#"{"name":"KV_b","subjects":["$KV.b.>"],"max_msgs_per_subject":1,"allow_direct":true,"max_age":30000000000,"duplicate_window":30000000000}"#;

impl Served {
    fn new(jetstream: bool, goal: &str) -> Served {
        let text = format!("# T\n## P\n### S {{#s}}\n```goal\n{goal}\n```\n```hint\nx\n```\n");
        let lesson = Lesson::parse(&text).expect("a lesson");
        let config = Config {
            seed: 1,
            jetstream: jetstream.then(JetStreamConfig::default),
            event_level: EventLevel::Events,
            ..Config::default()
        };
        let server = Server::new(config, PersistedState::default(), START);
        let mut served = Served { server, progress: Progress::new(lesson.into()), now: START };
        served.server.handle(START, ME, Input::Open { ip: "127.0.0.1".to_owned(), port: 50_000 });
        served.say(r#"CONNECT {"verbose":false,"headers":true,"no_responders":true}"#);
        served.say("SUB _R 1");
        if jetstream {
            served.ask("$JS.API.STREAM.CREATE.KV_b", "", BUCKET);
        }
        served
    }

    fn say(&mut self, lines: &str) {
        self.server.handle(self.now, ME, Input::Bytes(format!("{lines}\r\n").as_bytes()));
        while self.server.poll().is_some() {}
    }

    /// Publishes with a header, where it is not empty, and a reply subject.
    fn ask(&mut self, subject: &str, header: &str, body: &str) {
        if header.is_empty() {
            return self.say(&format!("PUB {subject} _R {}\r\n{body}", body.len()));
        }
        let headers = format!("NATS/1.0\r\n{header}\r\n\r\n");
        let (head, all) = (headers.len(), headers.len() + body.len());
        self.say(&format!("HPUB {subject} _R {head} {all}\r\n{headers}{body}"));
    }

    fn wait(&mut self, time: Duration) {
        let until = self.now + time;
        while let Some(due) = self.server.deadline().filter(|due| *due <= until) {
            self.now = self.now.max(due);
            self.server.tick(self.now);
            while self.server.poll().is_some() {}
        }
        self.now = until;
        self.server.tick(until);
    }

    #[track_caller]
    fn done(&mut self, want: bool) {
        let (view, events) = (self.server.view(), self.server.take_events());
        self.progress.observe(&WorldState { server: Some(&view), events: &events, ..WorldState::default() });
        assert_eq!(self.progress.is_done(0), want);
    }
}

const FIRST: &str = "Nats-Expected-Last-Subject-Sequence: 0";

#[test]
fn asking_for_the_account_is_seen_with_jetstream_and_without() {
    for jetstream in [false, true] {
        let mut served = Served::new(jetstream, "account seen");
        served.done(false);
        served.ask("$SYS.REQ.USER.INFO", "", "");
        served.done(true);
    }
}

#[test]
fn a_created_value_is_not_a_put_one() {
    let mut served = Served::new(true, "created b k = v\nrefused b k create");
    served.ask("$KV.b.k", "", "v");
    served.done(false);
    served.ask("$KV.b.k", FIRST, "w");
    served.done(false);
    served.ask("$KV.b.k", "KV-Operation: DEL", "");
    served.ask("$KV.b.k", "Nats-Expected-Last-Subject-Sequence: 2", "v");
    served.done(true);
}

#[test]
fn an_update_is_one_that_names_a_revision() {
    let mut served = Served::new(true, "updated b k = v");
    served.ask("$KV.b.k", FIRST, "v");
    served.done(false);
    served.ask("$KV.b.k", "Nats-Expected-Last-Subject-Sequence: 1", "v");
    served.done(true);
}

#[test]
fn reading_is_seen_where_there_is_something_to_read() {
    let mut served = Served::new(true, "read b k");
    served.ask("$JS.API.DIRECT.GET.KV_b.$KV.b.k", "", "");
    served.done(false);
    served.ask("$KV.b.k", "", "v");
    served.ask("$JS.API.DIRECT.GET.KV_b.$KV.b.k", "", "");
    served.done(true);
    let mut served = Served::new(true, "read b k");
    served.ask("$KV.b.k", "", "v");
    served.ask("$JS.API.STREAM.MSG.GET.KV_b", "", r#"{"last_by_subj":"$KV.b.k"}"#);
    served.done(true);
}

const WATCHER: &str = r#"{"stream_name":"KV_b","config":{"deliver_subject":"_W","deliver_policy":"last_per_subject","ack_policy":"none","filter_subject":"$KV.b.>"}}"#;

#[test]
fn a_watcher_comes_and_is_sent_what_changes() {
    for (goal, want) in
        [("watcher b active", [false, true, true, false]), ("delivered b k", [false, false, true, true])]
    {
        // What happens between two looks, as often as there are answers.
        for (stop, want) in want.into_iter().enumerate() {
            let mut served = Served::new(true, goal);
            let steps: [&dyn Fn(&mut Served); 3] = [
                &|served| {
                    served.say("SUB _W 2");
                    served.ask("$JS.API.CONSUMER.CREATE.KV_b", "", WATCHER);
                },
                &|served| served.ask("$KV.b.k", "", "v"),
                &|served| served.say("UNSUB 2"),
            ];
            steps.iter().take(stop).for_each(|step| step(&mut served));
            served.done(want);
        }
    }
}

#[test]
fn only_a_watcher_that_was_there_can_be_gone() {
    let mut served = Served::new(true, "watcher b gone");
    served.done(false);
    served.say("SUB _W 2");
    served.ask("$JS.API.CONSUMER.CREATE.KV_b", "", WATCHER);
    served.done(false);
    served.say("UNSUB 2");
    served.done(true);
}

#[test]
fn only_a_bucket_that_was_there_can_be_gone() {
    let mut served = Served::new(true, "bucket c gone");
    served.done(false);
    served.ask("$JS.API.STREAM.CREATE.KV_c", "", r#"{"name":"KV_c","subjects":["$KV.c.>"]}"#);
    served.ask("$JS.API.STREAM.DELETE.KV_c", "", "");
    served.done(true);
}

#[test]
fn a_value_expires() {
    let mut served = Served::new(true, "expired b k\nbucket b ttl = 30s\nbucket b age >= 31s");
    served.ask("$KV.b.k", "", "v");
    served.wait(Duration::from_secs(29));
    served.done(false);
    served.wait(Duration::from_secs(2));
    served.done(true);
}
