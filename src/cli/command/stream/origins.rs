//! The streams that `nats stream add` copies from: by their names, which are then asked about, or as JSON.

use crate::base::Time;
use crate::cli::failure::Failure;
use crate::cli::running_command::RunningCommand;
use crate::gofmt::{atoi, quote, time};
use crate::gojson;
use crate::jsapi::{ExternalStream, StreamConfig, StreamSource, SubjectTransform};

/// The questions of one kind of origin. Source: natscli, `askMirror` and `askSource`.
struct Wording {
    /// `mirror` or `source`.
    kind: &'static str,
    /// Stands in questions about the origin as a whole.
    name: String,
    /// As `name`, of what it starts with.
    adjusted: String,
    durable: String,
    sequence: String,
    time: String,
    domain: String,
    domain_delivery: String,
    api: String,
    account_delivery: String,
}

impl Wording {
    fn mirror() -> Wording {
        Wording {
            kind: "mirror",
            name: "mirror".to_owned(),
            adjusted: "mirror".to_owned(),
            durable: "Configure a custom durable consumer".to_owned(),
            sequence: "Mirror Start Sequence".to_owned(),
            time: "Mirror Start Time (YYYY:MM:DD HH:MM:SS)".to_owned(),
            domain: "Foreign JetStream domain name".to_owned(),
            domain_delivery: "Delivery prefix".to_owned(),
            api: "Foreign account API prefix".to_owned(),
            account_delivery: "Foreign account delivery prefix".to_owned(),
        }
    }

    fn source(name: &str) -> Wording {
        Wording {
            kind: "source",
            name: quote(name),
            adjusted: format!("source {}", quote(name)),
            durable: format!("Configure a custom durable consumer for {}", quote(name)),
            sequence: format!("{name} Source Start Sequence"),
            time: format!("{name} Source UTC Time Stamp (YYYY:MM:DD HH:MM:SS)"),
            domain: format!("{name} Source foreign JetStream domain name"),
            domain_delivery: format!("{name} Source foreign JetStream domain delivery prefix"),
            api: format!("{name} Source foreign account API prefix"),
            account_delivery: format!("{name} Source foreign account delivery prefix"),
        }
    }
}

/// Sets the streams that are copied. With `defaults` nothing is asked about them.
pub(super) async fn set(
    cmd: &RunningCommand,
    defaults: bool,
    config: &mut StreamConfig,
) -> Result<(), Failure> {
    let mirror = cmd.text("mirror");
    if !mirror.is_empty() {
        config.mirror = Some(origin(cmd, defaults, mirror, &Wording::mirror()).await?);
    }
    for source in cmd.call.texts("source") {
        let source = origin(cmd, defaults, &source, &Wording::source(&source)).await?;
        config.sources.push(source);
    }
    Ok(())
}

async fn origin(
    cmd: &RunningCommand,
    defaults: bool,
    text: &str,
    wording: &Wording,
) -> Result<StreamSource, Failure> {
    let kind = wording.kind;
    if text.starts_with('{') && text.ends_with('}') {
        let source: Result<StreamSource, _> = gojson::from_slice(text.as_bytes());
        let source = source.map_err(|error| Failure::error(format!("invalid {kind}: {error}")))?;
        return match source.name.is_empty() {
            true => Err(Failure::error(format!("invalid {kind}: name is required"))),
            false => Ok(source),
        };
    }
    let mut origin = StreamSource { name: text.to_owned(), ..StreamSource::default() };
    if !defaults {
        ask(cmd, &mut origin, wording).await?;
    }
    Ok(origin)
}

async fn ask(cmd: &RunningCommand, origin: &mut StreamSource, wording: &Wording) -> Result<(), Failure> {
    let failed = |failure: Failure| failure.within(&format!("Could not request {} details", wording.kind));
    if cmd.confirm(&wording.durable, false).await.map_err(failed)? {
        let what = format!("nats stream add --{} with a custom durable consumer", wording.kind);
        return Err(Failure::NotSimulated(what));
    }
    if cmd.confirm(&format!("Adjust {} start", wording.adjusted), false).await.map_err(failed)? {
        ask_start(cmd, origin, wording).await?;
    }
    let transforms = format!("Adjust {} filter and transform", wording.adjusted);
    if cmd.confirm(&transforms, false).await.map_err(failed)? {
        ask_transforms(cmd, origin, wording.kind).await?;
    }
    let import = |from: &str| format!("Import {} from a different {from}", wording.name);
    if cmd.confirm(&import("JetStream domain"), false).await.map_err(failed)? {
        let domain = (wording.domain.as_str(), "The domain name from where to import the JetStream API");
        let domain = cmd.input(domain, None).await.map_err(failed)?;
        let prefix = (wording.domain_delivery.as_str(), "Optional prefix of the delivery subject");
        let deliver = cmd.input(prefix, Some("")).await.map_err(failed)?;
        origin.external = Some(ExternalStream { api: format!("$JS.{domain}.API"), deliver });
    } else if cmd.confirm(&import("account"), false).await.map_err(failed)? {
        let api = "The prefix where the foreign account JetStream API has been imported";
        let api = cmd.input((wording.api.as_str(), api), None).await.map_err(failed)?;
        let help = "The prefix where the foreign account JetStream delivery subjects has been imported";
        let prefix = (wording.account_delivery.as_str(), help);
        let deliver = cmd.input(prefix, None).await.map_err(failed)?;
        origin.external = Some(ExternalStream { api, deliver });
    }
    Ok(())
}

/// Asks for a sequence and a time; of a mirror, for a time only where no sequence is given.
async fn ask_start(
    cmd: &RunningCommand,
    origin: &mut StreamSource,
    wording: &Wording,
) -> Result<(), Failure> {
    let sequence = (wording.sequence.as_str(), "Start mirroring at a specific sequence");
    let typed = cmd.input(sequence, Some("0")).await.map_err(|failure| failure.within("Invalid sequence"))?;
    let sequence = atoi(&typed).map_err(|wrong| Failure::error(format!("Invalid sequence: {wrong}")))?;
    origin.opt_start_seq = sequence as u64;
    let is_mirror = wording.kind == "mirror";
    if is_mirror && sequence != 0 {
        return Ok(());
    }
    let help = match is_mirror {
        true => "Start replicating as a specific time stamp in UTC time",
        false => "Start replicating as a specific time stamp",
    };
    let typed = cmd.input((wording.time.as_str(), help), Some("")).await;
    let typed = typed.map_err(|failure| failure.within("could not request start time"))?;
    if !typed.is_empty() {
        origin.opt_start_time = Some(start_time(&typed)?);
    }
    Ok(())
}

async fn ask_transforms(cmd: &RunningCommand, origin: &mut StreamSource, kind: &str) -> Result<(), Failure> {
    loop {
        let filter = format!("Filter {kind} by subject (hit enter to finish)");
        let filter = (filter.as_str(), "Only replicate data matching this subject");
        let source = cmd.input(filter, Some("")).await;
        let source = source.map_err(|failure| failure.within("could not request filter"))?;
        if source.is_empty() {
            return Ok(());
        }
        let help = "Transform the subjects using this destination (hit enter for no transformation)";
        let destination = cmd.input(("Subject transform destination", help), Some("")).await;
        let destination =
            destination.map_err(|failure| failure.within("could not request transform destination"))?;
        origin.subject_transforms.push(SubjectTransform { src: source, dest: destination });
    }
}

/// A time as `2006:01:02 15:04:05`, in UTC.
fn start_time(text: &str) -> Result<Time, Failure> {
    let usual = format!("{}Z", text.replacen(':', "-", 2).replacen(' ', "T", 1));
    time::parse(&usual).map_err(|_| {
        let layout = "2006:01:02 15:04:05";
        let why =
            format!("parsing time {0} as {1}: cannot parse {0} as \"2006\"", quote(text), quote(layout));
        Failure::error(format!("invalid time format: {why}"))
    })
}
