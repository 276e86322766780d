//! Consumers.

use super::*;

/// An answer is there to be taken before all that a new consumer has to deliver.
#[test]
fn an_answer_does_not_wait_for_a_thousand_deliveries() {
    let mut server = Server::new(with_jetstream(), PersistedState::default(), START);
    server.handle(START, ConnId(1), Input::Open { ip: "127.0.0.1".to_owned(), port: 50_000 });
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

/// Those that live in memory do not come back, durable or not; those in files wait for as long as they always do.
#[test]
fn consumers_in_files_outlive_the_server() {
    let create = |name: &str, config: &str| {
        format!(
            "a? $JS.API.CONSUMER.CREATE.s.{name} {{\"stream_name\":\"s\",\"config\":{{\"name\":\"{name}\",\"ack_policy\":\"explicit\"{config}}}}}"
        )
    };
    let script = [
        "a? $JS.API.STREAM.CREATE.s {\"name\":\"s\",\"subjects\":[\"a.*\"]}".to_owned(),
        create("durable", ",\"durable_name\":\"durable\""),
        create("memory", ",\"durable_name\":\"memory\",\"mem_storage\":true"),
        create("named", ""),
        create("named-memory", ",\"mem_storage\":true"),
        create("push", ",\"deliver_subject\":\"to\""),
        "@restart\na? $JS.API.CONSUMER.NAMES.s\n@wait 7s\na? $JS.API.CONSUMER.NAMES.s".to_owned(),
    ];
    let said = play(with_jetstream(), &script.join("\n"));
    let names: Vec<&str> =
        said.split("\"consumers\":[").skip(1).filter_map(|rest| rest.split(']').next()).collect();
    assert_eq!(names, ["\"durable\",\"named\",\"push\"", "\"durable\""], "the server said\n{said}\n");
}
