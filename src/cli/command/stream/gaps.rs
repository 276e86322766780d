//! `nats stream gaps`: where messages are missing in a stream.

use super::pick;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::progress::Progress;
use crate::cli::running_command::RunningCommand;
use crate::gofmt::{comma, count, ibytes};

const WARNING: &str = "WARNING: Detecting gaps in a stream consumes the entire stream and can be resource intensive on the Server, Client and Network.\n";

pub async fn run(cmd: &RunningCommand) -> Outcome {
    let (jetstream, picked) = pick::stream(cmd).await?;
    let (name, state) = (&picked.name, picked.load(&jetstream).await?.state);
    let none = format!("No deleted messages in {name}");
    if state.num_deleted == 0 {
        if cmd.flag("json") {
            cmd.line("{}");
        }
        cmd.line(none);
        return Ok(());
    }
    if !cmd.flag("force") {
        cmd.line(WARNING);
        let (messages, bytes) = (comma(state.messages as i64), ibytes(state.bytes));
        let question =
            format!("Really detect gaps in stream {name} with {messages} messages and {bytes} bytes");
        let sure = cmd.confirm(&question, false).await;
        if !sure.map_err(|failure| failure.within("could not obtain confirmation"))? {
            return Ok(());
        }
    }
    let state = jetstream.stream_deletions(name).await.map_err(Failure::api)?.state;
    let gaps = runs(&state.deleted);
    if cmd.flag("json") {
        cmd.line(serde_json::to_string_pretty(&gaps).unwrap_or_default());
        return Ok(());
    }
    if cmd.flag("progress") {
        let progress = Progress::new(cmd, state.last_seq);
        progress.reach(state.last_seq);
        progress.beside(async {}).await;
        cmd.line("");
    }
    let title = match gaps.len() {
        0 => {
            cmd.line(none);
            return Ok(());
        }
        1 => format!("1 gap found in Stream {name}"),
        many => format!("{} gaps found in Stream {name}", count(many as u64)),
    };
    let mut table = cmd.table(title, &["First Message", "Last Message"]);
    gaps.iter().for_each(|(first, last)| table.row(vec![count(*first).into(), count(*last).into()]));
    cmd.print(table.render());
    Ok(())
}

/// The first and last of each run of sequences that follow each other, of sequences in order.
fn runs(sequences: &[u64]) -> Vec<(u64, u64)> {
    sequences.chunk_by(|one, next| *next == one + 1).map(|run| (run[0], run[run.len() - 1])).collect()
}
