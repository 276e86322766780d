//! Consumers.

use super::*;

/// An answer is there to be taken before all that a new consumer has to deliver.
#[test]
fn an_answer_does_not_wait_for_a_thousand_deliveries() {
    let mut server = Server::new(with_jetstream(), Disk::default(), START);
    server.handle(START, ConnId(1), Input::Open { ip: "127.0.0.1".to_owned() });
    let mut say = |text: &str| {
        server.handle(START, ConnId(1), Input::Bytes(text.as_bytes()));
        std::iter::from_fn(|| server.poll())
            .map(|output| match output {
                Output::Bytes(_, bytes) => String::from_utf8(bytes).expect("text"),
                Output::Close(..) => panic!("it is not closed"),
            })
            .collect::<Vec<String>>()
    };
    let stream = "{\"name\":\"s\",\"subjects\":[\"s.*\"]}";
    let consumer = "{\"stream_name\":\"s\",\"config\":{\"deliver_subject\":\"d\",\"ack_policy\":\"none\"}}";
    say("CONNECT {\"verbose\":false}\r\nSUB r.* 1\r\nSUB d 2\r\n");
    say(&format!("PUB $JS.API.STREAM.CREATE.s r.1 {}\r\n{stream}\r\n", stream.len()));
    say(&"PUB s.a 1\r\nx\r\n".repeat(1000));
    let said = say(&format!("PUB $JS.API.CONSUMER.CREATE.s r.2 {}\r\n{consumer}\r\n", consumer.len()));
    let deliveries = |text: &String| text.matches("MSG s.a ").count();
    assert!(said[0].starts_with("MSG r.2 ") && deliveries(&said[0]) < 1000, "{}", deliveries(&said[0]));
    assert_eq!(said.iter().map(deliveries).sum::<usize>(), 1000);
}
