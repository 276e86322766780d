//! The lesson's own sentences, a table for each language.
//!
//! `{name}` in a sentence is filled in; `\`code\`` in it is shown as code. Each goal has a `wanted` sentence for
//! the list of what a step wants, and a `missing` one that says what there is to do.

/// A language that walkthroughs are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    #[default]
    English,
    German,
}

impl Language {
    pub const ALL: [Language; 2] = [Language::English, Language::German];

    /// As in HTML's `lang`.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::German => "de",
        }
    }

    /// The language's name in that language.
    pub fn name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::German => "Deutsch",
        }
    }

    /// Understands `de`, `de-AT` and the like.
    pub fn from_code(code: &str) -> Option<Language> {
        let first = code.split(['-', '_']).next()?.to_ascii_lowercase();
        Language::ALL.into_iter().find(|language| language.code() == first)
    }

    pub fn strings(self) -> &'static Strings {
        match self {
            Language::English => &ENGLISH,
            Language::German => &GERMAN,
        }
    }
}

/// What a goal wants, and what is missing when it is not so.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    pub wanted: &'static str,
    pub missing: &'static str,
}

/// All sentences of one language.
#[derive(Clone, Debug)]
pub struct Strings {
    /// In the way of several goals.
    pub asking: &'static str,
    pub no_server: &'static str,
    pub no_jetstream: &'static str,
    pub no_bucket: &'static str,

    pub account_seen: Pair,
    pub jetstream: Pair,
    pub bucket_exists: Pair,
    pub bucket_gone: Pair,
    pub bucket_ttl: Pair,
    pub other_ttl: &'static str,
    pub bucket_age: Pair,
    pub value: Pair,
    pub other_value: &'static str,
    pub created: Pair,
    pub must_go_first: &'static str,
    pub updated: Pair,
    pub nothing_to_update: &'static str,
    pub revision: Pair,
    pub deleted: Pair,
    pub purged: Pair,
    pub watcher_active: Pair,
    pub watcher_gone: Pair,
    pub read: Pair,
    pub delivered: Pair,
    pub refused: Pair,
    pub expired: Pair,
    pub lives_on: &'static str,
}

const fn pair(wanted: &'static str, missing: &'static str) -> Pair {
    Pair { wanted, missing }
}

pub const ENGLISH: Strings = Strings {
    asking: "The terminal `{terminal}` is waiting for an answer: type `y` and press Enter.",
    no_server: "No server is running: type `nats-server -js` in the terminal `server`.",
    no_jetstream: "The server runs without JetStream: stop it with Ctrl-C in the terminal `server`, then type \
        `nats-server -js` there.",
    no_bucket: "There is no bucket `{bucket}` yet: `nats kv add {bucket}` makes one.",
    account_seen: pair(
        "Somebody has asked about the account",
        "Nobody has asked about the account yet: run `nats account info`.",
    ),
    jetstream: pair("A server with JetStream is running", ""),
    bucket_exists: pair("There is a bucket `{bucket}`", ""),
    bucket_gone: pair(
        "The bucket `{bucket}` is gone",
        "The bucket `{bucket}` is still there: run `nats kv rm {bucket}` and answer `y`.",
    ),
    bucket_ttl: pair(
        "Values in `{bucket}` live for {ttl}",
        "There is no bucket `{bucket}` yet: run `nats kv add {bucket} --ttl {ttl}`.",
    ),
    other_ttl: "The values in `{bucket}` do not live for {ttl}: remove the bucket with `nats kv rm {bucket}`, then \
        run `nats kv add {bucket} --ttl {ttl}`.",
    bucket_age: pair(
        "The bucket `{bucket}` is at least {age} old",
        "The bucket `{bucket}` is only {passed} old, not {age}: let time pass.",
    ),
    value: pair(
        "`{key}` in `{bucket}` has the value `{value}`",
        "`{key}` has no value yet: run `nats kv put {bucket} {key} {value}`.",
    ),
    other_value: "`{key}` has the value `{found}`, not `{value}`: run `nats kv put {bucket} {key} {value}`.",
    created: pair(
        "`{key}` in `{bucket}` was created with the value `{value}`",
        "Nobody holds `{key}` yet: run `nats kv create {bucket} {key} {value}`.",
    ),
    must_go_first: "`{key}` has the value `{found}`, and must be deleted or expire before it can be created as `{value}`.",
    updated: pair(
        "`{key}` in `{bucket}` was updated to `{value}`",
        "`{key}` is at revision {found}, and not updated yet: run `nats kv update {bucket} {key} {value} {found}`.",
    ),
    nothing_to_update: "`{key}` has no value to update, it may have expired: run `nats kv create {bucket} {key} \
        {value}` first.",
    revision: pair(
        "`{key}` in `{bucket}` is at revision {wanted} or later",
        "`{key}` is at revision {found}, and should come to {wanted}.",
    ),
    deleted: pair(
        "`{key}` in `{bucket}` has a delete marker",
        "`{key}` is not deleted yet: run `nats kv del {bucket} {key}` and answer `y`.",
    ),
    purged: pair(
        "`{key}` in `{bucket}` has a purge marker",
        "`{key}` is not purged yet: run `nats kv purge {bucket} {key}` and answer `y`.",
    ),
    watcher_active: pair(
        "Somebody is watching `{bucket}`",
        "Nobody is watching `{bucket}` yet: run `nats kv watch {bucket}`.",
    ),
    watcher_gone: pair(
        "Nobody is watching `{bucket}` any more",
        "Somebody is still watching `{bucket}`: press Ctrl-C in that terminal.",
    ),
    read: pair(
        "Somebody has read `{key}` in `{bucket}`",
        "Nobody has read `{key}` yet: run `nats kv get {bucket} {key}`.",
    ),
    delivered: pair(
        "A watcher or a history has shown `{key}` in `{bucket}`",
        "No watcher and no history has shown `{key}` yet: change it while `nats kv watch {bucket}` runs, or run \
        `nats kv history {bucket} {key}`.",
    ),
    refused: pair(
        "A write to `{key}` in `{bucket}` was refused with error {code}",
        "No write to `{key}` has been refused with error {code} yet.",
    ),
    expired: pair(
        "`{key}` in `{bucket}` has expired",
        "`{key}` has not expired: nothing in `{bucket}` that could.",
    ),
    lives_on: "`{key}` has {left} to live: let time pass.",
};

pub const GERMAN: Strings = Strings {
    asking: "Das Terminal `{terminal}` wartet auf eine Antwort: `y` tippen und Enter drücken.",
    no_server: "Es läuft kein Server: `nats-server -js` ins Terminal `server` tippen.",
    no_jetstream: "Der Server läuft ohne JetStream: im Terminal `server` mit Strg-C anhalten und dort \
        `nats-server -js` tippen.",
    no_bucket: "Es gibt noch keinen Bucket `{bucket}`: `nats kv add {bucket}` legt ihn an.",
    account_seen: pair(
        "Jemand hat nach dem Konto gefragt",
        "Noch hat niemand nach dem Konto gefragt: `nats account info` ausführen.",
    ),
    jetstream: pair("Ein Server mit JetStream läuft", ""),
    bucket_exists: pair("Es gibt einen Bucket `{bucket}`", ""),
    bucket_gone: pair(
        "Der Bucket `{bucket}` ist weg",
        "Der Bucket `{bucket}` ist noch da: `nats kv rm {bucket}` ausführen und mit `y` antworten.",
    ),
    bucket_ttl: pair(
        "Werte in `{bucket}` leben {ttl}",
        "Es gibt noch keinen Bucket `{bucket}`: `nats kv add {bucket} --ttl {ttl}` ausführen.",
    ),
    other_ttl: "Die Werte in `{bucket}` leben nicht {ttl}: den Bucket mit `nats kv rm {bucket}` entfernen, dann \
        `nats kv add {bucket} --ttl {ttl}` ausführen.",
    bucket_age: pair(
        "Der Bucket `{bucket}` ist mindestens {age} alt",
        "Der Bucket `{bucket}` ist erst {passed} alt, nicht {age}: Zeit vergehen lassen.",
    ),
    value: pair(
        "`{key}` in `{bucket}` hat den Wert `{value}`",
        "`{key}` hat noch keinen Wert: `nats kv put {bucket} {key} {value}` ausführen.",
    ),
    other_value: "`{key}` hat den Wert `{found}`, nicht `{value}`: `nats kv put {bucket} {key} {value}` ausführen.",
    created: pair(
        "`{key}` in `{bucket}` wurde mit dem Wert `{value}` angelegt",
        "Noch hält niemand `{key}`: `nats kv create {bucket} {key} {value}` ausführen.",
    ),
    must_go_first: "`{key}` hat den Wert `{found}` und muss erst gelöscht sein oder ablaufen, ehe man `{value}` anlegen kann.",
    updated: pair(
        "`{key}` in `{bucket}` wurde auf `{value}` geändert",
        "`{key}` steht bei Revision {found} und ist noch nicht geändert: `nats kv update {bucket} {key} {value} \
        {found}` ausführen.",
    ),
    nothing_to_update: "`{key}` hat keinen Wert, den man ändern könnte, vielleicht ist er abgelaufen: zuerst \
        `nats kv create {bucket} {key} {value}` ausführen.",
    revision: pair(
        "`{key}` in `{bucket}` steht bei Revision {wanted} oder später",
        "`{key}` steht bei Revision {found} und soll zu {wanted} kommen.",
    ),
    deleted: pair(
        "`{key}` in `{bucket}` hat eine Löschmarke",
        "`{key}` ist noch nicht gelöscht: `nats kv del {bucket} {key}` ausführen und mit `y` antworten.",
    ),
    purged: pair(
        "`{key}` in `{bucket}` hat eine Purge-Marke",
        "`{key}` ist noch nicht ausgeräumt: `nats kv purge {bucket} {key}` ausführen und mit `y` antworten.",
    ),
    watcher_active: pair(
        "Jemand beobachtet `{bucket}`",
        "Noch beobachtet niemand `{bucket}`: `nats kv watch {bucket}` ausführen.",
    ),
    watcher_gone: pair(
        "Niemand beobachtet `{bucket}` mehr",
        "Jemand beobachtet `{bucket}` noch: in diesem Terminal Strg-C drücken.",
    ),
    read: pair(
        "Jemand hat `{key}` in `{bucket}` gelesen",
        "Noch hat niemand `{key}` gelesen: `nats kv get {bucket} {key}` ausführen.",
    ),
    delivered: pair(
        "Ein Beobachter oder ein Verlauf hat `{key}` in `{bucket}` gezeigt",
        "Kein Beobachter und kein Verlauf hat `{key}` bisher gezeigt: den Wert ändern, während `nats kv watch \
        {bucket}` läuft, oder `nats kv history {bucket} {key}` ausführen.",
    ),
    refused: pair(
        "Ein Schreiben auf `{key}` in `{bucket}` wurde mit Fehler {code} abgelehnt",
        "Noch wurde kein Schreiben auf `{key}` mit Fehler {code} abgelehnt.",
    ),
    expired: pair(
        "`{key}` in `{bucket}` ist abgelaufen",
        "`{key}` ist nicht abgelaufen: nichts in `{bucket}`, das ablaufen könnte.",
    ),
    lives_on: "`{key}` lebt noch {left}: Zeit vergehen lassen.",
};
