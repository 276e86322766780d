//! What `nats consumer add` asks for, with the help that `?` shows. Source: natscli, cli/consumer_command.go.

/// A question and its help.
pub(super) type Explained = (&'static str, &'static str);

pub(super) const NAME: Explained = (
    "Consumer name",
    "This will be used for the name to be used when referencing this Consumer later. Settable using 'name' CLI argument",
);
pub(super) const TARGET: Explained = (
    "Delivery target (empty for Pull Consumers)",
    "Consumers can be in 'push' or 'pull' mode, in 'push' mode messages are dispatched in real time to a target NATS subject, this is that subject. Leaving this blank creates a 'pull' mode Consumer. Settable using --target and --pull",
);
pub(super) const GROUP: Explained = (
    "Delivery Queue Group",
    "When set push consumers will only deliver messages to subscriptions matching this queue group",
);
pub(super) const START: Explained = (
    "Start policy (all, new, last, subject, 1h, msg sequence)",
    "This controls how the Consumer starts out, does it make all messages available, only the latest, latest per subject, ones after a certain time or time sequence. Settable using --deliver",
);
pub(super) const ACKS: Explained = (
    "Acknowledgment policy",
    "Messages that are not acknowledged will be redelivered at a later time. 'none' means no acknowledgement is needed only 1 delivery ever, 'all' means acknowledging message 10 will also acknowledge 0-9 and 'explicit' means each has to be acknowledged specifically. Settable using --ack",
);
pub(super) const REPLAY: Explained = (
    "Replay policy",
    "Messages can be replayed at the rate they arrived in or as fast as possible. Settable using --replay",
);
pub(super) const FILTERS: Explained = (
    "Filter Stream by subjects (blank for all)",
    "Consumers can filter messages from the stream, this is a space or comma separated list that can include wildcards. Settable using --filter",
);
pub(super) const DELIVERIES: Explained = (
    "Maximum Allowed Deliveries",
    "When this is -1 unlimited attempts to deliver an un acknowledged message is made, when this is >0 it will be maximum amount of times a message is delivered after which it is ignored. Settable using --max-deliver.",
);
pub(super) const PENDING: Explained = (
    "Maximum Acknowledgments Pending",
    "The maximum number of messages without acknowledgement that can be outstanding, once this limit is reached message delivery will be suspended. Settable using --max-pending.",
);
pub(super) const HEARTBEAT: Explained = (
    "Idle Heartbeat",
    "When a Push consumer is idle for the given period an empty message with a Status header of 100 will be sent to the delivery subject, settable using --heartbeat",
);
pub(super) const BACKOFF: Explained = (
    "Backoff policy",
    "Adds a Backoff policy for use with delivery retries. Linear grows at equal intervals between min and max.",
);
pub(super) const SHORTEST: Explained = ("Minimum retry time", "Backoff policies range from min to max");
pub(super) const LONGEST: Explained = ("Maximum retry time", "Backoff policies range from min to max");
pub(super) const STEPS: Explained =
    ("Number of steps to generate in the policy", "Number of steps to create between min and max");
