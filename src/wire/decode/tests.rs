//! Each operation in each direction, whole and in pieces.

use super::*;

const LIMITS: Limits = Limits { max_payload: 16, max_control_line: 64 };

/// All that a server hears in `bytes`, whether they come at once or one by one.
#[track_caller]
fn check(bytes: &str, want: &str) {
    for size in [1, 3, bytes.len()] {
        let mut decoder = Decoder::default();
        let mut heard = String::new();
        'all: for piece in bytes.as_bytes().chunks(size) {
            decoder.push(piece);
            loop {
                match decoder.client_op(LIMITS) {
                    Ok(Some(op)) => {
                        let mut again = Vec::new();
                        op.encode(&mut again);
                        heard.push_str(&String::from_utf8_lossy(&again).replace("\r\n", "|"));
                    }
                    Ok(None) => break,
                    Err(violation) => {
                        heard.push_str(&format!("{violation:?}"));
                        break 'all;
                    }
                }
            }
        }
        assert_eq!(heard, want, "in pieces of {size}");
    }
}

#[test]
fn a_server_hears_its_clients() {
    check("CONNECT {\"verbose\":false}\r\nPING\r\n", "CONNECT {\"verbose\":false}|PING|");
    check("SUB x  1\r\nUNSUB 2 \r\nsub a q 0\r\nUNSUB 1 5\r\n", "SUB x 1|UNSUB 2|SUB a q 0|UNSUB 1 5|");
    check("PUB a 0\r\n\r\nPUB a r 2\r\nhi\r\nPING\r\n", "PUB a 0||PUB a r 2|hi|PING|");
    check("HPUB a r 12 14\r\nNATS/1.0\r\n\r\nhi\r\n", "HPUB a r 12 14|NATS/1.0||hi|");
    check("HPUB a r 0 1\r\nx\r\n", "PUB a r 1|x|");
}

#[test]
fn a_server_gives_up_on_nonsense() {
    check("PING\r\nHELLO\r\nPING\r\n", "PING|UnknownOperation");
    check("PUB a 17\r\n", "MaxPayload(17)");
    check("PUB a 2\r\nabcd\r\n", "UnknownOperation");
    check("PUB a 2\r\nabc", "UnknownOperation");
    check("GET", "UnknownOperation");
    check("PUBS", "UnknownOperation");
    check("UNSUB\r\n", "UnknownOperation");
    check("PUB\r\n", "UnknownOperation");
    check("+OK\r\nINFO {}\r\nPINGS\r\n", "PING|");
    check("-ERR 'x'\r\n", "Arguments");
    check("PUB a -1\r\n", "Arguments");
    check("PUB a 9999999999\r\n", "Arguments");
    check("HPUB a 5 2\r\nab\r\n", "Arguments");
    check("PUB a b c 1\r\n", "Arguments");
    check("SUB a\r\n", "Arguments");
    check("UNSUB 1 x\r\n", "UNSUB 1|");
    check(&format!("PUB {} 1\r\n", "a".repeat(80)), "ControlLine");
}

#[test]
fn a_client_hears_its_server() {
    let mut decoder = Decoder::default();
    decoder.push(
        b"INFO {\"a\":1} \r\n+OK\r\nMSG a 0 1\r\nx\r\nHMSG a 7 r 12 13\r\nNATS/1.0\r\n\r\ny\r\n-ERR 'No'\r\n",
    );
    let mut heard = Vec::new();
    while let Some(op) =
        decoder.server_op(Limits { max_payload: 64, max_control_line: 64 }).expect("no violation")
    {
        op.encode(&mut heard);
    }
    let want = "INFO {\"a\":1}|+OK|MSG a 0 1|x|HMSG a 7 r 12 13|NATS/1.0||y|-ERR 'No'|";
    assert_eq!(String::from_utf8_lossy(&heard).replace("\r\n", "|"), want);
    assert_eq!(decoder.waiting(), 0);
}
