//! `nats server check kv`: whether a bucket is there, how many values it holds, and whether a key has one.

use super::report::Report;
use super::{Checked, connect};
use crate::cli::running_command::RunningCommand;
use crate::client::kv::KeyValue;
use crate::client::{Error, JetStream};

pub(super) async fn check(cmd: &RunningCommand, report: &mut Report) -> Checked {
    let connection = connect(cmd, "connection failed").await?;
    let bucket = cmd.text("bucket");
    let store = match KeyValue::open(&JetStream::new(&connection), bucket).await {
        Ok(store) => store,
        Err(Error::BucketNotFound) => return Err(format!("bucket {bucket} not found")),
        Err(error) => return Err(format!("could not load bucket: {error}")),
    };
    report.ok(format!("bucket {bucket}"));
    let status = store.status().await.map_err(|error| format!("could not obtain bucket status: {error}"))?;
    let values = status.state.messages;
    let [warn, crit] = ["values-warn", "values-critical"].map(|flag| u64::try_from(cmd.call.int(flag)).ok());
    let thresholds = [warn, crit].map(|limit| limit.unwrap_or(0) as f64);
    report.measure("values", values as f64, "", thresholds, "How many values are stored in the bucket");
    let key = cmd.text("key");
    if !key.is_empty() {
        match store.get(key).await {
            Ok(_) => report.ok(format!("key {key} found")),
            Err(Error::KeyNotFound) => report.critical(format!("key {key} not found")),
            Err(error) => report.critical(format!("key {key} not loaded: {error}")),
        }
    }
    if warn.is_some() || crit.is_some() {
        // A critical threshold below the other one turns the comparison round.
        let is_turned = crit < warn;
        let reached = |limit: Option<u64>| {
            limit.is_some_and(|limit| if is_turned { values <= limit } else { values >= limit })
        };
        report.graded(format!("{values} values"), reached(crit), reached(warn));
    }
    report.metric("bytes", status.state.bytes as f64, "B", "Bytes stored in the bucket");
    report.metric("replicas", status.config.num_replicas as f64, "", "");
    Ok(())
}
