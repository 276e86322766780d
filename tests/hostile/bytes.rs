//! Bytes that nobody in good faith would send, and some that one would: seeded, without end.

use playground::base::Rng;

/// Pieces of the protocol, of which hostile input is made.
const PIECES: &[&[u8]] = &[
    b"CONNECT {\"verbose\":false,\"pedantic\":false,\"headers\":true,\"no_responders\":true}\r\n",
    b"CONNECT {\"verbose\":true,\"pedantic\":true}\r\n",
    b"CONNECT {\r\n",
    b"CONNECT []\r\n",
    b"PING\r\n",
    b"PONG\r\n",
    b"SUB a 1\r\n",
    b"SUB a.> 2\r\n",
    b"SUB > q 3\r\n",
    b"SUB _INBOX.x.* 4\r\n",
    b"UNSUB 1\r\n",
    b"UNSUB 2 1\r\n",
    b"PUB a 0\r\n\r\n",
    b"PUB a _INBOX.x.1 5\r\nhello\r\n",
    b"HPUB a 12 12\r\nNATS/1.0\r\n\r\n\r\n",
    b"HPUB a 22 24\r\nNATS/1.0\r\nA: b\r\n\r\n\r\nhi\r\n",
    b"HPUB $KV.b.k _INBOX.x.2 44 45\r\nNATS/1.0\r\nNats-Expected-Last-Sequence: 0\r\n\r\nx\r\n",
    b"PUB $JS.API.INFO _INBOX.x.3 0\r\n\r\n",
    b"PUB $JS.API.STREAM.CREATE.S _INBOX.x.4 52\r\n{\"name\":\"S\",\"subjects\":[\"a.>\"],\"storage\":\"memory\"}  \r\n",
    b"PUB $JS.API.STREAM.CREATE.KV_b _INBOX.x.4 112\r\n{\"name\":\"KV_b\",\"subjects\":[\"$KV.b.>\"],\"max_msgs_per_subject\":3,\"allow_rollup_hdrs\":true,\"allow_direct\":true}   \r\n",
    b"PUB $JS.API.STREAM.INFO.KV_b _INBOX.x.5 0\r\n\r\n",
    b"PUB $JS.hub.API.STREAM.INFO.KV_b _INBOX.x.5 0\r\n\r\n",
    b"PUB $JS.ACK.hub.szMpdrwD.KV_b.c.1.1.1.1.1.x _INBOX.x.5 0\r\n\r\n",
    b"PUB $JS.API.STREAM.PURGE.KV_b _INBOX.x.6 20\r\n{\"keep\":1,\"seq\":9999}\r\n",
    b"PUB $JS.API.STREAM.MSG.GET.KV_b _INBOX.x.7 9\r\n{\"seq\":1}\r\n",
    b"PUB $JS.API.DIRECT.GET.KV_b _INBOX.x.8 22\r\n{\"last_by_subj\":\"$KV\"}\r\n",
    b"PUB $JS.API.CONSUMER.CREATE.KV_b _INBOX.x.9 62\r\n{\"stream_name\":\"KV_b\",\"config\":{\"deliver_subject\":\"a\",\"x\":1}} \r\n",
    b"PUB $JS.API.CONSUMER.MSG.NEXT.KV_b.c _INBOX.x.9 1\r\n1\r\n",
    b"PUB $JS.API.STREAM.DELETE.KV_b _INBOX.x.10 0\r\n\r\n",
    b"PUB $JS.ACK.KV_b.c.1.1.1.1.0 4\r\n+ACK\r\n",
    b"PUB $KV.b.k _INBOX.x.11 3\r\nabc\r\n",
    b"PUB $SYS.REQ.USER.INFO _INBOX.x.12 0\r\n\r\n",
    b"PUB $JS.API.STREAM.CREATE.R _INBOX.x.20 84\r\n{\"name\":\"R\",\"subjects\":[\"r.*\"],\"republish\":{\"src\":\"r.*\",\"dest\":\"a.{{wildcard(1)}}\"}}\r\n",
    b"PUB $JS.API.STREAM.CREATE.C _INBOX.x.21 69\r\n{\"name\":\"C\",\"storage\":\"memory\",\"sources\":[{\"name\":\"S\"},{\"name\":\"D\"}]}\r\n",
    b"PUB $JS.API.STREAM.CREATE.D _INBOX.x.21 69\r\n{\"name\":\"D\",\"storage\":\"memory\",\"sources\":[{\"name\":\"C\"},{\"name\":\"S\"}]}\r\n",
    b"PUB $JS.API.STREAM.CREATE.M _INBOX.x.22 56\r\n{\"name\":\"M\",\"storage\":\"memory\",\"mirror\":{\"name\":\"KV_b\"}}\r\n",
    b"PUB $JS.API.STREAM.UPDATE.S _INBOX.x.23 81\r\n{\"name\":\"S\",\"subjects\":[\"a.>\"],\"storage\":\"memory\",\"max_msgs\":9223372036854775807}\r\n",
    b"PUB $JS.API.STREAM.CREATE.F _INBOX.x.24 62\r\n{\"name\":\"F\",\"subjects\":[\"f\"],\"first_seq\":18446744073709551615}\r\n",
    b"PUB $JS.API.CONSUMER.CREATE.S.c _INBOX.x.25 65\r\n{\"stream_name\":\"S\",\"config\":{\"name\":\"c\",\"ack_policy\":\"explicit\"}}\r\n",
    b"PUB $JS.API.CONSUMER.CREATE.S.d _INBOX.x.26 135\r\n{\"stream_name\":\"S\",\"config\":{\"name\":\"d\",\"deliver_subject\":\"a.d\",\"ack_policy\":\"all\",\"ack_wait\":1,\"max_ack_pending\":-1,\"max_deliver\":-1}}\r\n",
    b"PUB $JS.API.CONSUMER.MSG.NEXT.S.c _INBOX.x.27 54\r\n{\"batch\":9223372036854775807,\"expires\":86400000000000}\r\n",
    b"PUB $JS.API.CONSUMER.MSG.NEXT.S.c a.x 12\r\n{\"batch\":99}\r\n",
    b"PUB $JS.API.CONSUMER.PAUSE.S.c _INBOX.x.28 38\r\n{\"pause_until\":\"2999-01-01T00:00:00Z\"}\r\n",
    b"PUB $JS.API.DIRECT.GET.KV_b _INBOX.x.29 37\r\n{\"seq\":1,\"batch\":9223372036854775807}\r\n",
    b"PUB $JS.API.DIRECT.GET.KV_b _INBOX.x.29 20\r\n{\"multi_last\":[\">\"]}\r\n",
    b"PUB $JS.API.STREAM.INFO.S _INBOX.x.30 46\r\n{\"subjects_filter\":\">\",\"deleted_details\":true}\r\n",
    b"PUB $JS.API.STREAM.PURGE.S _INBOX.x.31 28\r\n{\"seq\":18446744073709551615}\r\n",
    b"PUB $JS.API.CONSUMER.CREATE.S.e _INBOX.x.35 161\r\n{\"stream_name\":\"S\",\"config\":{\"name\":\"e\",\"deliver_subject\":\"a.e\",\"ack_policy\":\"all\",\"flow_control\":true,\"idle_heartbeat\":1000000000,\"ack_wait\":1,\"max_deliver\":2}}\r\n",
    b"PUB $JS.API.CONSUMER.MSG.NEXT.S.c _INBOX.x.36 30\r\n{\"batch\":-9223372036854775808}\r\n",
    b"PUB $JS.API.CONSUMER.MSG.NEXT.S.c _INBOX.x.36 29\r\n{\"batch\":9223372036854775807}\r\n",
    b"PUB $JS.API.CONSUMER.MSG.NEXT.S.c _INBOX.x.36 26\r\n{\"batch\":1,\"no_wait\":true}\r\n",
    b"PUB $JS.ACK.S.d.1.18446744073709551615.1.1.0 4\r\n+NXT\r\n",
    b"PUB $JS.ACK.S.d.1.x.x.1.0 6\r\n+NXT 9\r\n",
    b"PUB $JS.ACK.S.d.1.1.18446744073709551615.1.0 4\r\n+ACK\r\n",
    b"PUB $JS.API.CONSUMER.RESET.S.d _INBOX.x.37 0\r\n\r\n",
    b"PUB $JS.ACK.S.e.1.18446744073709551615.1.1.0 4\r\n+NXT\r\n",
    b"PUB $JS.ACK.S.e.1.x.x.1.0 6\r\n+NXT 9\r\n",
    b"PUB $JS.ACK.S.e.1.1.18446744073709551615.1.0 4\r\n+ACK\r\n",
    b"PUB $JS.API.CONSUMER.RESET.S.e _INBOX.x.37 0\r\n\r\n",
    b"HPUB a.m _INBOX.x.32 28 29\r\nNATS/1.0\r\nNats-Msg-Id: a\r\n\r\nx\r\n",
    b"HPUB $KV.b.k _INBOX.x.33 51 51\r\nNATS/1.0\r\nKV-Operation: PURGE\r\nNats-Rollup: sub\r\n\r\n\r\n",
    b"PUB a.long _INBOX.x.34 0\r\n\r\n",
    b"-ERR 'x'\r\n",
    b"+OK\r\n",
    b"INFO {}\r\n",
    b"MSG a 1 0\r\n\r\n",
    b"\r\n",
    b"\n",
    b"\0\0\0\0",
    b"\xff\xfe\xfd",
    b"99999999999999999999",
    b"-1",
    b" ",
];

/// A stretch of input of at most a few hundred bytes.
pub(crate) fn some(rng: &mut Rng) -> Vec<u8> {
    let mut bytes = Vec::new();
    for _ in 0..=rng.below(4) {
        bytes.extend_from_slice(PIECES[rng.below(PIECES.len() as u64) as usize]);
    }
    for _ in 0..rng.below(4) {
        spoil(&mut bytes, rng);
    }
    bytes
}

/// One of `kept`, with something of another one or of the pieces, spoiled a little.
pub(crate) fn change(kept: &[Vec<u8>], at: usize, rng: &mut Rng) -> Vec<u8> {
    let mut bytes = kept[at].clone();
    let other = match rng.below(2) {
        0 => &kept[rng.below(kept.len() as u64) as usize],
        _ => PIECES[rng.below(PIECES.len() as u64) as usize],
    };
    match rng.below(3) {
        0 => bytes.extend_from_slice(other),
        1 => bytes = [other, &bytes].concat(),
        _ => {
            let (head, tail) = (rng.below(bytes.len() as u64 + 1), rng.below(other.len() as u64 + 1));
            bytes.truncate(head as usize);
            bytes.extend_from_slice(&other[tail as usize..]);
        }
    }
    for _ in 0..rng.below(3) {
        spoil(&mut bytes, rng);
    }
    bytes.truncate(8192);
    bytes
}

/// Changes, takes out, doubles or cuts something.
fn spoil(bytes: &mut Vec<u8>, rng: &mut Rng) {
    let at = rng.below(bytes.len() as u64 + 1) as usize;
    match rng.below(5) {
        0 if at < bytes.len() => bytes[at] = rng.draw() as u8,
        1 if at < bytes.len() => _ = bytes.remove(at),
        2 => bytes.insert(at, rng.draw() as u8),
        3 => bytes.truncate(at),
        _ => {
            let tail = bytes[at..].to_vec();
            bytes.extend_from_slice(&tail);
        }
    }
}
