//! Where in a stream `nats sub` begins.

use crate::cli::failure::Failure;
use crate::cli::running_command::RunningCommand;
use crate::cli::values::parse_duration;
use crate::gofmt::Nanos;
use crate::jsapi::DeliverPolicy;

/// Where in the stream to begin.
pub(super) enum Start {
    Sequence(u64),
    /// With what is as old at most.
    Since(Nanos),
    Policy(DeliverPolicy),
}

/// Where the flags say that it begins: the first of them in this order.
pub(super) fn start(cmd: &RunningCommand) -> Result<Option<Start>, Failure> {
    let policies = [("last", DeliverPolicy::Last), ("all", DeliverPolicy::All), ("new", DeliverPolicy::New)];
    Ok(Some(if cmd.call.uint("start-sequence") > 0 {
        Start::Sequence(cmd.call.uint("start-sequence"))
    } else if let Some((_, policy)) = policies.into_iter().find(|(flag, _)| cmd.flag(flag)) {
        Start::Policy(policy)
    } else if !cmd.text("since").is_empty() {
        Start::Since(Nanos(parse_duration(cmd.text("since")).map_err(Failure::error)?))
    } else if cmd.flag("last-per-subject") {
        Start::Policy(DeliverPolicy::LastPerSubject)
    } else {
        return Ok(None);
    }))
}
