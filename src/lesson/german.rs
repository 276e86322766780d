//! The sentences about goals in German.

use super::goal_texts::{GoalTexts, text};

pub(super) const GOAL_TEXTS: GoalTexts = GoalTexts {
    asking: "Das Terminal `{terminal}` wartet auf eine Antwort: `y` tippen und Enter drücken.",
    no_server: "Es läuft kein Server: `nats-server -js` ins Terminal `server` tippen.",
    no_jetstream: "Der Server läuft ohne JetStream: im Terminal `server` mit Strg-C anhalten und dort \
        `nats-server -js` tippen.",
    no_bucket: "Es gibt noch keinen Bucket `{bucket}`: `nats kv add {bucket}` legt ihn an.",
    account_seen: text(
        "Jemand hat nach dem Konto gefragt",
        "Noch hat niemand nach dem Konto gefragt: `nats account info` ausführen.",
    ),
    jetstream: text("Ein Server mit JetStream läuft", ""),
    bucket_exists: text("Es gibt einen Bucket `{bucket}`", ""),
    bucket_gone: text(
        "Der Bucket `{bucket}` ist weg",
        "Der Bucket `{bucket}` ist noch da: `nats kv rm {bucket}` ausführen und mit `y` antworten.",
    ),
    bucket_ttl: text(
        "Werte in `{bucket}` leben {ttl}",
        "Es gibt noch keinen Bucket `{bucket}`: `nats kv add {bucket} --ttl {ttl}` ausführen.",
    ),
    other_ttl: "Die Werte in `{bucket}` leben nicht {ttl}: den Bucket mit `nats kv rm {bucket}` entfernen, dann \
        `nats kv add {bucket} --ttl {ttl}` ausführen.",
    bucket_age: text(
        "Der Bucket `{bucket}` ist mindestens {age} alt",
        "Der Bucket `{bucket}` ist erst {passed} alt, nicht {age}: Zeit vergehen lassen.",
    ),
    value: text(
        "`{key}` in `{bucket}` hat den Wert `{value}`",
        "`{key}` hat noch keinen Wert: `nats kv put {bucket} {key} {value}` ausführen.",
    ),
    other_value: "`{key}` hat den Wert `{found}`, nicht `{value}`: `nats kv put {bucket} {key} {value}` ausführen.",
    created: text(
        "`{key}` in `{bucket}` wurde mit dem Wert `{value}` angelegt",
        "Noch hält niemand `{key}`: `nats kv create {bucket} {key} {value}` ausführen.",
    ),
    must_go_first: "`{key}` hat den Wert `{found}` und muss erst gelöscht sein oder ablaufen, ehe man `{value}` anlegen kann.",
    updated: text(
        "`{key}` in `{bucket}` wurde auf `{value}` geändert",
        "`{key}` steht bei Revision {found} und ist noch nicht geändert: `nats kv update {bucket} {key} {value} \
        {found}` ausführen.",
    ),
    nothing_to_update: "`{key}` hat keinen Wert, den man ändern könnte, vielleicht ist er abgelaufen: zuerst \
        `nats kv create {bucket} {key} {value}` ausführen.",
    revision: text(
        "`{key}` in `{bucket}` steht bei Revision {wanted} oder später",
        "`{key}` steht bei Revision {found} und soll zu {wanted} kommen.",
    ),
    deleted: text(
        "`{key}` in `{bucket}` hat eine Löschmarke",
        "`{key}` ist noch nicht gelöscht: `nats kv del {bucket} {key}` ausführen und mit `y` antworten.",
    ),
    purged: text(
        "`{key}` in `{bucket}` hat eine Purge-Marke",
        "`{key}` ist noch nicht ausgeräumt: `nats kv purge {bucket} {key}` ausführen und mit `y` antworten.",
    ),
    watcher_active: text(
        "Jemand beobachtet `{bucket}`",
        "Noch beobachtet niemand `{bucket}`: `nats kv watch {bucket}` ausführen.",
    ),
    watcher_gone: text(
        "Niemand beobachtet `{bucket}` mehr",
        "Jemand beobachtet `{bucket}` noch: in diesem Terminal Strg-C drücken.",
    ),
    read: text(
        "Jemand hat `{key}` in `{bucket}` gelesen",
        "Noch hat niemand `{key}` gelesen: `nats kv get {bucket} {key}` ausführen.",
    ),
    delivered: text(
        "Ein Beobachter oder ein Verlauf hat `{key}` in `{bucket}` gezeigt",
        "Kein Beobachter und kein Verlauf hat `{key}` bisher gezeigt: den Wert ändern, während `nats kv watch \
        {bucket}` läuft, oder `nats kv history {bucket} {key}` ausführen.",
    ),
    refused: text(
        "Ein Schreiben auf `{key}` in `{bucket}` wurde mit Fehler {code} abgelehnt",
        "Noch wurde kein Schreiben auf `{key}` mit Fehler {code} abgelehnt.",
    ),
    expired: text(
        "`{key}` in `{bucket}` ist abgelaufen",
        "`{key}` ist nicht abgelaufen: nichts in `{bucket}`, das ablaufen könnte.",
    ),
    lives_on: "`{key}` lebt noch {left}: Zeit vergehen lassen.",
};
