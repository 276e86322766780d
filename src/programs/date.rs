//! `date`: the clock of the world, in the zone of its terminals.

use jiff::fmt::strtime::{BrokenDownTime, Config, PosixCustom};
use jiff::{Span, Timestamp, ZonedDateTime};

use super::options::Options;
use super::program::{Complaint, Invocation, Machine, Outcome, Running};
use crate::base::TimeZone;

pub(super) fn run(call: Invocation) -> Running {
    Box::pin(async move { call.end(print(&call)) })
}

/// The time now, as `watch` shows it.
pub(super) fn short(machine: &Machine) -> String {
    now(machine, &machine.zone).strftime("%a %b %e %H:%M:%S %Y").to_string()
}

fn now(machine: &Machine, zone: &TimeZone) -> ZonedDateTime {
    let nanos = i128::from(machine.clock.now().nanos());
    Timestamp::from_nanosecond(nanos).unwrap_or(Timestamp::MAX).to_zoned_datetime(zone.clone())
}

/// A time in seconds since 1970 in a format of `date`; the time now without one.
pub(super) fn at(call: &Invocation, seconds: Option<i64>, format: &str) -> Result<String, Complaint> {
    let zone = zone(call);
    let time = match seconds.map(Timestamp::from_second) {
        Some(Ok(time)) => time.to_zoned_datetime(zone),
        Some(Err(_)) => return Err(Complaint::new("the time is out of range", 1)),
        None => now(&call.machine, &zone),
    };
    formatted(format, &time)
}

/// The zone of the variables, or that of the machine.
fn zone(call: &Invocation) -> TimeZone {
    match call.variables.get("TZ") {
        Some(name) => TimeZone::get(name).unwrap_or(TimeZone::UTC),
        None => call.machine.zone.clone(),
    }
}

fn print(call: &Invocation) -> Outcome {
    let long = [("utc", 'u'), ("universal", 'u'), ("date", 'd'), ("iso-8601", 'I'), ("rfc-3339", 'T')];
    // -I takes its value without a blank.
    let (iso, args): (Vec<String>, Vec<String>) =
        call.args.iter().cloned().partition(|arg| arg.starts_with("-I") || arg.starts_with("--iso-8601"));
    let options = Options::read(&args, "ud:RT:", &long, 1)?;
    let zone = if options.has('u') { TimeZone::UTC } else { zone(call) };
    let mut time = now(&call.machine, &zone);
    if let Some(text) = options.value('d') {
        let parsed = parse(text, &time);
        time = parsed.ok_or_else(|| Complaint::new(format!("invalid date ‘{text}’"), 1))?;
    }
    let format = match (&options.rest[..], iso.first(), options.value('T')) {
        ([format], _, _) if format.starts_with('+') => format[1..].to_owned(),
        ([other, ..], ..) => {
            return Err(Complaint::new(format!("invalid date ‘{other}’: the clock cannot be set"), 1));
        }
        (_, Some(iso), _) => {
            match iso.trim_start_matches("-I").trim_start_matches("--iso-8601").trim_start_matches('=') {
                "" | "date" => "%Y-%m-%d".to_owned(),
                "hours" => "%Y-%m-%dT%H%:z".to_owned(),
                "minutes" => "%Y-%m-%dT%H:%M%:z".to_owned(),
                "ns" => "%Y-%m-%dT%H:%M:%S,%N%:z".to_owned(),
                _ => "%Y-%m-%dT%H:%M:%S%:z".to_owned(),
            }
        }
        (_, _, Some("date")) => "%Y-%m-%d".to_owned(),
        (_, _, Some("ns")) => "%Y-%m-%d %H:%M:%S.%N%:z".to_owned(),
        (_, _, Some(_)) => "%Y-%m-%d %H:%M:%S%:z".to_owned(),
        _ if options.has('R') => "%a, %d %b %Y %H:%M:%S %z".to_owned(),
        _ => "%a %b %e %H:%M:%S %Z %Y".to_owned(),
    };
    call.stdio.stdout.line(&formatted(&format, &time)?);
    Ok(0)
}

fn formatted(format: &str, time: &ZonedDateTime) -> Result<String, Complaint> {
    let nanos = format!("{:09}", time.subsec_nanosecond());
    let mut plain = String::new();
    let mut chars = format.chars();
    while let Some(char) = chars.next() {
        let rest = chars.as_str();
        let digits = rest.starts_with(|char: char| ('1'..='9').contains(&char)) && rest[1..].starts_with('N');
        if char == '%' && digits {
            let count: usize = rest[..1].parse().unwrap_or(9);
            plain.push_str(&nanos[..count]);
            chars.nth(1);
        } else if char == '%' && rest.starts_with('N') {
            plain.push_str(&nanos);
            chars.next();
        } else if char == '%' && rest.starts_with('%') {
            plain.push_str("%%");
            chars.next();
        } else {
            plain.push(char);
        }
    }
    let config = Config::new().custom(PosixCustom::new()).lenient(true);
    BrokenDownTime::from(time)
        .to_string_with_config(&config, &plain)
        .map_err(|_| Complaint::new(format!("the format {format} is not simulated"), 1))
}

/// `@seconds`, ISO times, `yesterday`, `+1 hour`, `2 days ago`
fn parse(text: &str, now: &ZonedDateTime) -> Option<ZonedDateTime> {
    let zone = now.time_zone().clone();
    let text = text.trim();
    if let Some(seconds) = text.strip_prefix('@') {
        let seconds: f64 = seconds.parse().ok()?;
        return Some(Timestamp::from_nanosecond((seconds * 1e9) as i128).ok()?.to_zoned_datetime(zone));
    }
    if let Ok(time) = text.parse::<Timestamp>() {
        return Some(time.to_zoned_datetime(zone));
    }
    if let Ok(time) = text.parse::<jiff::civil::DateTime>() {
        return time.to_zoned_datetime(zone).ok();
    }
    match text {
        "now" | "" => return Some(now.clone()),
        "today" => return Some(now.clone()),
        "yesterday" => return now.checked_sub(Span::new().days(1)).ok(),
        "tomorrow" => return now.checked_add(Span::new().days(1)).ok(),
        _ => {}
    }
    // A time, and what is added to it.
    for (at, _) in text.match_indices(' ') {
        let (first, rest) = (&text[..at], text[at..].trim());
        if !rest.is_empty()
            && first.contains('-')
            && let Some(time) =
                first.parse::<Timestamp>().ok().map(|time| time.to_zoned_datetime(zone.clone())).or_else(
                    || first.parse::<jiff::civil::DateTime>().ok()?.to_zoned_datetime(zone.clone()).ok(),
                )
            && let Some(time) = parse(rest, &time)
        {
            return Some(time);
        }
    }
    let is_ago = text.ends_with(" ago");
    let mut words = text.trim_end_matches(" ago").split_whitespace();
    let (first, unit) = (words.next()?, words.next()?);
    let count: i64 = first.trim_start_matches('+').parse().ok()?;
    if words.next().is_some() {
        return None;
    }
    let count = if is_ago { -count } else { count };
    let span = match unit.trim_end_matches('s') {
        "second" | "sec" => Span::new().try_seconds(count),
        "minute" | "min" => Span::new().try_minutes(count),
        "hour" => Span::new().try_hours(count),
        "day" => Span::new().try_days(count),
        "week" => Span::new().try_weeks(count),
        "month" => Span::new().try_months(count),
        "year" => Span::new().try_years(count),
        _ => return None,
    };
    now.checked_add(span.ok()?).ok()
}
