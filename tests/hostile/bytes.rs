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
    b"PUB $JS.API.STREAM.PURGE.KV_b _INBOX.x.6 20\r\n{\"keep\":1,\"seq\":9999}\r\n",
    b"PUB $JS.API.STREAM.MSG.GET.KV_b _INBOX.x.7 9\r\n{\"seq\":1}\r\n",
    b"PUB $JS.API.DIRECT.GET.KV_b _INBOX.x.8 22\r\n{\"last_by_subj\":\"$KV\"}\r\n",
    b"PUB $JS.API.CONSUMER.CREATE.KV_b _INBOX.x.9 62\r\n{\"stream_name\":\"KV_b\",\"config\":{\"deliver_subject\":\"a\",\"x\":1}} \r\n",
    b"PUB $JS.API.CONSUMER.MSG.NEXT.KV_b.c _INBOX.x.9 1\r\n1\r\n",
    b"PUB $JS.API.STREAM.DELETE.KV_b _INBOX.x.10 0\r\n\r\n",
    b"PUB $JS.ACK.KV_b.c.1.1.1.1.0 4\r\n+ACK\r\n",
    b"PUB $KV.b.k _INBOX.x.11 3\r\nabc\r\n",
    b"PUB $SYS.REQ.USER.INFO _INBOX.x.12 0\r\n\r\n",
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
