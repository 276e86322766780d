//! Keys and lines in, the screen out: each test is a small visit to one terminal.

use super::*;
use crate::base::{Clock, Files, Ids, Meter, Out, Stdin, TimeZone};
use crate::programs::{Invocation, Machine, Programs, Running};
use crate::term::key::keys;
use crate::term::screen::Block;
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Waker};
use std::time::Duration;

/// Programs to try a terminal with.
struct Toys {
    clock: Clock,
}

impl Programs for Toys {
    fn names(&self) -> Vec<(&'static str, &'static str)> {
        vec![("nats", "the command"), ("nats-server", "the server"), ("args", "shows what it is given")]
    }

    fn start(&self, invocation: Invocation) -> Option<Running> {
        let Invocation { name, args, variables: mut vars, stdio: io, .. } = invocation;
        vars.remove("PWD");
        let clock = self.clock.clone();
        match name.as_str() {
            "args" => Some(Box::pin(async move {
                let stdin = match &io.stdin {
                    Stdin::Pipe(_) => {
                        format!(" < {}", String::from_utf8_lossy(&io.stdin.all().await.unwrap_or_default()))
                    }
                    Stdin::Terminal(_) => String::new(),
                };
                io.stdout.line(&format!("{args:?} {vars:?}{stdin}"));
                args.len() as i32
            })),
            // Asks a question, as `nats kv del` does.
            "nats" => Some(Box::pin(async move {
                let Out::Terminal(terminal) = &io.stdout else { return 2 };
                match terminal.read_line("? Sure? (y/N) ").await {
                    Ok(answer) => io.stdout.line(&format!("? Sure? {answer}")),
                    Err(_) => return 1,
                }
                0
            })),
            // Prints every second, as a watcher does.
            "tick" => Some(Box::pin(async move {
                for n in 1.. {
                    clock.sleep(Duration::from_secs(1)).await;
                    io.stdout.line(&format!("tick {n}"));
                }
                0
            })),
            // Traps Ctrl-C, as a server does.
            "nats-server" => Some(Box::pin(async move {
                let Out::Terminal(terminal) = &io.stdout else { return 2 };
                terminal.interrupted().await;
                io.stdout.line("[INF] Exiting");
                0
            })),
            _ => None,
        }
    }
}

impl CompletionSource for Toys {
    fn buckets(&self) -> Vec<(String, String)> {
        vec![("my-kv".to_owned(), "2 keys".to_owned()), ("my sem".to_owned(), String::new())]
    }

    fn keys(&self, bucket: &str, _: &str) -> Vec<(String, String)> {
        let keys: &[&str] = if bucket == "my-kv" { &["Key1", "Key2"] } else { &[] };
        keys.iter().map(|key| (key.to_string(), "revision 7".to_owned())).collect()
    }

    fn revision(&self, _: &str, _: &str) -> Option<u64> {
        Some(7)
    }

    fn streams(&self) -> Vec<(String, String)> {
        vec![("KV_my-kv".to_owned(), String::new())]
    }
}

struct Visit {
    session: Session,
    clock: Clock,
    tasks: Vec<Pin<Box<Task>>>,
}

impl Visit {
    fn new() -> Visit {
        let clock = Clock::new(Time::from_secs(1));
        let toys = Rc::new(Toys { clock: clock.clone() });
        let machine = Machine {
            clock: clock.clone(),
            ids: Ids::new(1),
            zone: TimeZone::UTC,
            files: Files::new(&clock, &Meter::default()),
            meter: Meter::default(),
            installed: toys.clone(),
        };
        let shell = Shell::new(machine, &BTreeMap::new());
        let session = Session::new("you", shell, toys, History::default(), 80);
        Visit { session, clock, tasks: Vec::new() }
    }

    /// Presses keys; lets everything run after each.
    fn keys(&mut self, text: &str) -> &mut Visit {
        for key in keys(text) {
            self.session.key(key);
            self.run();
        }
        self
    }

    fn line(&mut self, text: &str) -> &mut Visit {
        self.session.submit(text);
        self.run();
        self
    }

    fn wait(&mut self, seconds: u64) -> &mut Visit {
        for _ in 0..seconds {
            self.clock.set(self.clock.now() + Duration::from_secs(1));
            self.run();
        }
        self
    }

    fn run(&mut self) {
        for _ in 0..100 {
            self.tasks.extend(self.session.take_tasks().into_iter().map(Box::pin));
            let mut context = Context::from_waker(Waker::noop());
            self.tasks.retain_mut(|task| task.as_mut().poll(&mut context).is_pending());
            self.session.pump();
        }
    }

    fn screen(&self) -> String {
        self.session.screen.blocks().map(Block::to_text).collect()
    }
}

#[track_caller]
fn check(visit: &mut Visit, expected: &str) {
    assert_eq!(visit.screen().trim_end(), expected);
}

#[test]
fn commands_and_their_output() {
    check(Visit::new().keys("echo hi<Enter>"), "you$ echo hi\nhi");
    check(Visit::new().keys("<Enter>"), "you$");
    check(Visit::new().line("false").line("echo $?"), "you$ false\nyou$ echo $?\n1");
    check(Visit::new().line("x=1").line("echo $x"), "you$ x=1\nyou$ echo $x\n1");
    check(
        Visit::new().line("export A=b; B=c args 'x y' z"),
        "you$ export A=b; B=c args 'x y' z\n[\"x y\", \"z\"] {\"A\": \"b\", \"B\": \"c\"}",
    );
    check(Visit::new().line("echo v | args k"), "you$ echo v | args k\n[\"k\"] {} < v");
    check(Visit::new().line("echo a > b; cat b"), "you$ echo a > b; cat b\na");
}

#[test]
fn unknown_words() {
    check(
        Visit::new().line("nast kv"),
        "you$ nast kv\nbash: nast: command not found\nDid you mean \"nats\"?",
    );
    check(
        Visit::new().line("curl x"),
        "you$ curl x\nbash: curl: command not found\nThis is a small shell: nothing here reaches the network; \"nats server check\" and \"nats account info\" say how a server is.",
    );
}

#[test]
fn what_documentation_has_around_commands() {
    check(Visit::new().line("$ echo a"), "you$ $ echo a\n(the prompt \"$\" is left out)\na");
    check(Visit::new().line("args <bucket>"), "you$ args <bucket>\nbash: put a name in place of <bucket>");
    check(
        Visit::new().line("sudo echo a"),
        "you$ sudo echo a\n(sudo is left out: everything here may be done without it)\na",
    );
    check(
        Visit::new().line("docker exec -it nats nats"),
        "you$ docker exec -it nats nats\n(docker exec is left out: nats runs here)",
    );
}

#[test]
fn pipes_print_as_lines_come_and_end_each_other() {
    check(Visit::new().line("tick | grep 2").wait(3).keys("^c"), "you$ tick | grep 2\ntick 2\n^C");
    check(
        Visit::new().line("tick | head -n 1; echo $?").wait(3),
        "you$ tick | head -n 1; echo $?\ntick 1\n0",
    );
    let line = "tick | while read a b; do echo $b; done";
    check(Visit::new().line(line).wait(2).keys("^c"), &format!("you$ {line}\n1\n2\n^C"));
    check(
        Visit::new().line("sleep 1 & wait; echo b").wait(2),
        "you$ sleep 1 & wait; echo b\n[1] 1002\nb\n[1]+  Done                    sleep 1",
    );
}

#[test]
fn files_are_bounded() {
    check(
        Visit::new().line("yes > f; echo $?").wait(9000),
        "you$ yes > f; echo $?\nyes: write error: No space left on device\n1",
    );
    let line = "x=$(printf '%0200000d' 7); args $x; echo $?";
    check(Visit::new().line(line), &format!("you$ {line}\nbash: args: Argument list too long\n126"));
}

#[test]
fn a_line_that_goes_on() {
    check(Visit::new().keys("echo 'a<Enter>b'<Enter>"), "you$ echo 'a\n> b'\na\nb");
    check(Visit::new().keys("echo a \\\\<Enter>b<Enter>"), "you$ echo a \\\n> b\na b");
    check(Visit::new().line("echo 'a"), "you$ echo 'a\nbash: unexpected EOF while looking for matching `''");
}

#[test]
fn questions() {
    check(Visit::new().keys("nats<Enter>y<Enter>"), "you$ nats\n? Sure? y");
    let mut visit = Visit::new();
    visit.line("nats");
    assert_eq!(visit.session.state(), TerminalState::Asking("? Sure? (y/N) ".to_owned()));
    visit.line("n");
    assert_eq!(visit.session.state(), TerminalState::Ready);
    assert!(visit.session.editor.history.numbered().next().is_none(), "an answer is no command");
    check(Visit::new().keys("nats<Enter>^cecho $?<Enter>"), "you$ nats\n? Sure? (y/N) \nyou$ echo $?\n1");
}

#[test]
fn interrupting() {
    check(Visit::new().line("tick").wait(2).keys("^c"), "you$ tick\ntick 1\ntick 2\n^C");
    check(
        Visit::new().line("tick; echo never").wait(1).keys("^cecho $?<Enter>"),
        "you$ tick; echo never\ntick 1\n^C\nyou$ echo $?\n130",
    );
    check(
        Visit::new().line("nats-server; echo $?").keys("^c"),
        "you$ nats-server; echo $?\n^C[INF] Exiting\n0",
    );
    check(Visit::new().keys("echo a^c"), "you$ echo a^C");
    check(Visit::new().line("while :; do :; done").wait(1).keys("^c"), "you$ while :; do :; done\n^C");
}

#[test]
fn typing_ahead() {
    check(Visit::new().line("sleep 1").keys("echo a<Enter>").wait(2), "you$ sleep 1\nyou$ echo a\na");
    check(Visit::new().line("sleep 1; nats").keys("y<Enter>").wait(2), "you$ sleep 1; nats\n? Sure? y");
    check(Visit::new().line("cat").keys("a<Enter>^d"), "you$ cat\na\na");
    check(Visit::new().line("cat | args").keys("a<Enter>^d"), "you$ cat | args\na\n[] {} < a");
    check(Visit::new().line("cat | args; echo b").keys("a<Enter>^c"), "you$ cat | args; echo b\na\n^C");
}

#[test]
fn jobs_in_the_background() {
    let mut visit = Visit::new();
    visit.line("tick &").wait(1).line("echo a");
    check(&mut visit, "you$ tick &\n[1] 1002\ntick 1\nyou$ echo a\na");
    visit.line("jobs").line("kill %1").wait(2).line("jobs");
    check(
        &mut visit,
        "you$ tick &\n[1] 1002\ntick 1\nyou$ echo a\na\nyou$ jobs\n[1]+  Running                 tick &\n\
        you$ kill %1\n[1]+  Terminated              tick\nyou$ jobs",
    );
    check(
        Visit::new().line("sleep 1 & echo $!; wait; echo b").wait(2),
        "you$ sleep 1 & echo $!; wait; echo b\n[1] 1002\n1002\nb\n[1]+  Done                    sleep 1",
    );
    check(Visit::new().line("tick | cat").wait(2).keys("^c"), "you$ tick | cat\ntick 1\ntick 2\n^C");
}

#[test]
fn a_lock_loop_lets_time_pass() {
    let line = "i=0; until [ $i -ge 3 ]; do sleep 1; i=$((i+1)); echo $i; done";
    check(Visit::new().line(line).wait(3), &format!("you$ {line}\n1\n2\n3"));
}

#[test]
fn a_loop_cannot_fill_the_memory() {
    let line = "x=a; while :; do x=$x$x; done";
    check(Visit::new().line(line), &format!("you$ {line}\nbash: words over 8 MiB are not simulated"));
}

#[test]
fn history_and_clear() {
    check(
        Visit::new().keys("echo a<Enter>history<Enter>"),
        "you$ echo a\na\nyou$ history\n    1  echo a\n    2  history",
    );
    check(Visit::new().line("echo a").line("clear").line("echo b"), "you$ echo b\nb");
    check(Visit::new().line("echo a").keys("^l").line("echo b"), "you$ echo b\nb");
    check(Visit::new().line("!!"), "you$ !!\nbash: not simulated: !!: press ↑ or Ctrl-R for older commands");
}

#[test]
fn unread_lines_and_closing() {
    let mut visit = Visit::new();
    visit.line("tick").wait(3);
    assert_eq!(visit.session.unread(), 3);
    visit.session.mark_read();
    assert_eq!(visit.session.unread(), 0);
    visit.session.close();
    visit.wait(3);
    assert_eq!((visit.session.unread(), visit.tasks.len()), (0, 0));
}

#[test]
fn completing_what_is_alive() {
    let complete = |line: &str| {
        let mut visit = Visit::new();
        visit.session.set_field(line, line.len()..line.len());
        visit.keys("<Tab>");
        let view = visit.session.editor.view();
        let list = view
            .menu
            .map(|menu| menu.list().iter().map(|one| one.text.clone()).collect::<Vec<_>>().join(","));
        list.map_or_else(|| view.text.to_owned(), |list| format!("{} [{list}]", view.text))
    };
    assert_eq!(complete("na"), "nats [nats,nats-server]");
    assert_eq!(complete("hist"), "history ");
    assert_eq!(complete("nats k"), "nats kv ");
    assert_eq!(complete("nats kv up"), "nats kv update ");
    assert_eq!(complete("nats kv get "), "nats kv get  [my-kv,'my sem']");
    assert_eq!(complete("nats kv get my-"), "nats kv get my-kv ");
    assert_eq!(complete("nats kv get \"my-"), "nats kv get my-kv ");
    assert_eq!(complete("nats kv get my-kv K"), "nats kv get my-kv Key [Key1,Key2]");
    assert_eq!(complete("nats kv update my-kv Key1 v "), "nats kv update my-kv Key1 v 7 ");
    assert_eq!(complete("nats kv get my-kv Key1 --rev"), "nats kv get my-kv Key1 --revision ");
    assert_eq!(complete("nats kv get my-kv Key1 --revision "), "nats kv get my-kv Key1 --revision 7 ");
    assert_eq!(complete("nats kv add --history 5 --sto"), "nats kv add --history 5 --storage ");
    assert_eq!(complete("nats kv add --storage=m"), "nats kv add --storage=m [--storage=memory,--storage=m]");
    assert_eq!(complete("nats stream info "), "nats stream info KV_my-kv ");
    assert_eq!(complete("echo a; nats kv w"), "echo a; nats kv watch ");
    assert_eq!(complete("nats kv put my-kv Key1 "), "nats kv put my-kv Key1 ");
    assert_eq!(complete("nats object "), "nats object ");
}

#[test]
fn a_pasted_block_waits_to_be_run() {
    let mut visit = Visit::new();
    visit.session.paste("$ echo “one”\none\n\n$ echo two\ntwo\n");
    visit.run();
    check(&mut visit, "");
    let list = visit.session.pasted().cloned().expect("a list");
    assert_eq!(list.commands, ["echo \"one\"", "echo two"]);
    visit.session.run_pasted();
    while let Some(line) = visit.session.next_pasted() {
        visit.line(&line);
    }
    check(&mut visit, "you$ echo \"one\"\none\nyou$ echo two\ntwo");
    assert_eq!(visit.session.pasted(), None);
    visit.session.paste("$ echo three");
    assert_eq!(visit.session.editor.text(), "echo three");
}

#[test]
fn enter_at_an_empty_line_runs_the_next_pasted_command() {
    let mut visit = Visit::new();
    visit.session.paste("$ echo one\n$ false\n");
    let enter = keys("<Enter>")[0];
    for _ in 0..2 {
        let KeyOutcome::Submitted(line) = visit.session.key(enter) else { panic!("a line") };
        visit.line(&line);
    }
    visit.keys("<Enter>");
    check(&mut visit, "you$ echo one\none\nyou$ false\nyou$");
    // An empty line has not failed, whatever the command before it did.
    let ended = visit.session.screen.all_blocks().next_back().and_then(|block| block.ended);
    assert_eq!(ended.map(|(_, status)| status), Some(0));
    assert_eq!(visit.session.status(), 1);
}

#[test]
fn what_may_have_been_meant() {
    let meant = |line: &str| {
        let mut visit = Visit::new();
        visit.line(line);
        visit.session.correction().unwrap_or("nothing").to_owned()
    };
    assert_eq!(meant("nast kv ls"), "nats kv ls");
    assert_eq!(meant("ecko a"), "echo a");
    assert_eq!(meant("false"), "nothing");
    assert_eq!(meant("xyzzy"), "nothing");
    let shell = Visit::new().session.shell;
    let there = Visit::new().session.completion;
    let correction =
        |line: &str| suggest::correction(line, &shell, &*there).unwrap_or_else(|| "nothing".to_owned());
    assert_eq!(correction("nats kv gte my-kv Key1"), "nats kv get my-kv Key1");
    assert_eq!(correction("nats kvv ls"), "nats kv ls");
    assert_eq!(correction("nats strem ls"), "nats stream ls");
    assert_eq!(correction("nats kv add b --histroy=5"), "nats kv add b --history=5");
    assert_eq!(correction("nats kv get b k"), "nothing");
    assert_eq!(correction("nats kv get b 'k"), "nothing");
    // What follows stays as it was typed.
    assert_eq!(correction("nats  kv ptu my-kv a 'b  c'; true"), "nats  kv put my-kv a 'b  c'; true");
    assert_eq!(correction("nats kv get --raw my-vk Key1"), "nats kv get --raw my-kv Key1");
    assert_eq!(correction("nats kv info mykv"), "nats kv info my-kv");
    assert_eq!(correction("nats stream info KV_mykv"), "nats stream info KV_my-kv");
    assert_eq!(correction("nats kv add mykv"), "nothing");
    assert_eq!(correction("nats kv get my-kv Kye1"), "nothing");
}

#[test]
fn what_may_have_been_meant_is_taken_into_the_line() {
    let mut visit = Visit::new();
    visit.line("ecko a");
    visit.session.correct();
    assert_eq!(visit.session.editor.text(), "echo a");
    assert_eq!(visit.session.correction(), None);
}

/// What interactive bash shows, with a program that goes on printing.
#[test]
fn ctrl_z_stops_what_runs_until_it_goes_on() {
    let mut visit = Visit::new();
    visit.line("tick").wait(1).keys("^z");
    let stopped = "you$ tick\ntick 1\n^Z\n[1]+  Stopped                 tick";
    check(visit.wait(5), stopped);
    visit.line("echo $?; jobs").line("fg").wait(1).keys("^c").line("jobs");
    let rest = "you$ echo $?; jobs\n148\n[1]+  Stopped                 tick\nyou$ fg\ntick\ntick 2\ntick 3\n^C\nyou$ jobs";
    check(&mut visit, &format!("{stopped}\n{rest}"));
}

#[test]
fn the_rest_of_a_line_goes_on_without_what_was_stopped() {
    let mut visit = Visit::new();
    visit.line("tick | cat; echo then").keys("^z");
    visit.line("while true; do sleep 9; done").keys("^z");
    visit.line("sleep 5 & jobs").line("bg").line("kill %1 %2");
    let shown = [
        "you$ tick | cat; echo then",
        "^Z",
        "[1]+  Stopped                 tick | cat",
        "then",
        "you$ while true; do sleep 9; done",
        "^Z",
        "[2]+  Stopped                 sleep 9",
        "you$ sleep 5 & jobs",
        "[3] 1006",
        "[1]-  Stopped                 tick | cat",
        "[2]+  Stopped                 sleep 9",
        "[3]   Running                 sleep 5 &",
        "you$ bg",
        "[2]+ sleep 9 &",
        "you$ kill %1 %2",
        "[1]+  Terminated              tick | cat",
        "[2]   Terminated              sleep 9",
    ];
    check(&mut visit, &shown.join("\n"));
}

#[test]
fn ctrl_z_says_what_it_cannot_stop_and_takes_back_in_a_line() {
    let mut visit = Visit::new();
    visit.line("x=$(sleep 5)").keys("^z");
    assert_eq!(visit.session.hint(), Some(Hint::NotStopped));
    visit.keys("^c");
    // In a line it takes back, as in bash.
    visit.keys("ab^z");
    assert_eq!(visit.session.hint(), None);
}
