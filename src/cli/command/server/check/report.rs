//! The report of a check: what is well and what is not, and figures with their thresholds; in four forms.

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::cli::output::table::{Style, Table};
use crate::gofmt;
use crate::gojson;

pub(super) struct Report {
    /// What kind of check it is.
    suite: &'static str,
    /// What is checked.
    name: String,
    pub(super) oks: Vec<String>,
    pub(super) warnings: Vec<String>,
    pub(super) criticals: Vec<String>,
    pub(super) metrics: Vec<Metric>,
}

/// A figure. Thresholds are 0 where there are none.
#[derive(Clone, Default, Serialize)]
pub(super) struct Metric {
    #[serde(skip)]
    pub(super) help: String,
    pub(super) name: String,
    pub(super) value: f64,
    #[serde(rename = "warning")]
    pub(super) warn: f64,
    #[serde(rename = "critical")]
    pub(super) crit: f64,
    #[serde(skip_serializing_if = "gojson::is_default")]
    pub(super) unit: &'static str,
}

pub(super) enum Format<'a> {
    Nagios,
    Json,
    Text,
    Prometheus { namespace: &'a str },
}

impl Report {
    pub(super) fn new(suite: &'static str, name: &str) -> Report {
        let [oks, warnings, criticals] = Default::default();
        Report { suite, name: name.to_owned(), oks, warnings, criticals, metrics: Vec::new() }
    }

    pub(super) fn ok(&mut self, text: impl Into<String>) {
        self.oks.push(text.into());
    }

    pub(super) fn warning(&mut self, text: impl Into<String>) {
        self.warnings.push(text.into());
    }

    pub(super) fn critical(&mut self, text: impl Into<String>) {
        self.criticals.push(text.into());
    }

    /// Adds a text as what it is: critical, or else a warning, or else well.
    pub(super) fn graded(&mut self, text: String, is_critical: bool, is_warning: bool) {
        let texts = match (is_critical, is_warning) {
            (true, _) => &mut self.criticals,
            (false, true) => &mut self.warnings,
            (false, false) => &mut self.oks,
        };
        texts.push(text);
    }

    pub(super) fn is_well(&self) -> bool {
        self.warnings.is_empty() && self.criticals.is_empty()
    }

    /// Adds a figure without thresholds.
    pub(super) fn metric(&mut self, name: &str, value: f64, unit: &'static str, help: &str) {
        let (name, help) = (name.to_owned(), help.to_owned());
        self.metrics.push(Metric { help, name, value, unit, ..Metric::default() });
    }

    /// Adds a figure with thresholds.
    pub(super) fn measure(
        &mut self,
        name: &str,
        value: f64,
        unit: &'static str,
        thresholds: [f64; 2],
        help: &str,
    ) {
        let [warn, crit] = thresholds;
        let (name, help) = (name.to_owned(), help.to_owned());
        self.metrics.push(Metric { help, name, value, warn, crit, unit });
    }

    /// As Nagios names it, and its status.
    fn status(&self) -> (&'static str, i32) {
        match (self.criticals.is_empty(), self.warnings.is_empty()) {
            (false, _) => ("CRITICAL", 2),
            (true, false) => ("WARNING", 1),
            (true, true) => ("OK", 0),
        }
    }

    pub(super) fn exit_status(&self, format: &Format<'_>) -> i32 {
        match format {
            Format::Prometheus { .. } => 0,
            Format::Nagios | Format::Json | Format::Text => self.status().1,
        }
    }

    pub(super) fn render(&self, format: &Format<'_>) -> String {
        match format {
            Format::Nagios => self.nagios(),
            Format::Json => gojson::to_string_indent(self),
            Format::Text => self.text(),
            Format::Prometheus { namespace } => self.prometheus(namespace),
        }
    }

    fn nagios(&self) -> String {
        let mut parts = vec![self.status().0.to_owned(), self.name.clone()];
        for (sign, texts) in [("Crit", &self.criticals), ("Warn", &self.warnings), ("OK", &self.oks)] {
            parts.extend(texts.iter().map(|text| format!("{sign}:{text}")));
        }
        let metrics: Vec<String> = self.metrics.iter().map(Metric::nagios).collect();
        if !metrics.is_empty() {
            parts.push(format!("| {}", metrics.join(" ").trim()));
        }
        parts.join(" ")
    }

    fn text(&self) -> String {
        let mut text = format!("{}: {}\n\n", self.name, self.status().0);
        let mut details = Table::new("", &["Status", "Message"], Style::default());
        let states = [("OK", &self.oks), ("Warning", &self.warnings), ("Critical", &self.criticals)];
        for (status, message) in
            states.iter().flat_map(|(status, texts)| texts.iter().map(|text| (*status, text)))
        {
            details.row([status.into(), message.as_str().into()]);
        }
        if states.iter().any(|(_, texts)| !texts.is_empty()) {
            text += &format!("Status Detail\n\n{}", String::from_utf8_lossy(details.render().bytes()));
        }
        if !self.metrics.is_empty() {
            let headers =
                ["Metric", "Value", "Unit", "Critical Threshold", "Warning Threshold", "Description"];
            let mut table = Table::new("", &headers, Style::default());
            for metric in &self.metrics {
                let [value, crit, warn] = [metric.value, metric.crit, metric.warn].map(three_digits);
                table.row([
                    metric.name.as_str().into(),
                    value.into(),
                    metric.unit.into(),
                    crit.into(),
                    warn.into(),
                    metric.help.as_str().into(),
                ]);
            }
            text += &format!("\nCheck Metrics\n\n{}", String::from_utf8_lossy(table.render().bytes()));
        }
        text
    }

    fn prometheus(&self, namespace: &str) -> String {
        let item = label(&self.name.replace('"', "."));
        let full = |name: &str| match namespace {
            "" => format!("{}_{name}", self.suite),
            namespace => format!("{namespace}_{}_{name}", self.suite),
        };
        let (status, code) = self.status();
        let mut families = vec![(
            full("status_code"),
            format!("Nagios compatible status code for {}", self.suite),
            format!("{{item=\"{item}\",status=\"{status}\"}} {code}"),
        )];
        for metric in &self.metrics {
            let help = match metric.help.as_str() {
                "" => format!("Data about the NATS CLI check {}", self.suite),
                help => help.to_owned(),
            };
            let value = general(metric.value);
            families.push((full(&metric.name), help, format!("{{item=\"{item}\"}} {value}")));
        }
        families.sort();
        families
            .into_iter()
            .map(|(name, help, value)| format!("# HELP {name} {help}\n# TYPE {name} gauge\n{name}{value}\n"))
            .collect()
    }
}

impl Serialize for Report {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut report = serializer.serialize_struct("Report", 7)?;
        report.serialize_field("status", self.status().0)?;
        report.serialize_field("check_suite", self.suite)?;
        report.serialize_field("check_name", &self.name)?;
        for (name, texts) in [("warning", &self.warnings), ("critical", &self.criticals), ("ok", &self.oks)] {
            if !texts.is_empty() {
                report.serialize_field(name, texts)?;
            }
        }
        report.serialize_field("perf_data", &self.metrics)?;
        report.end()
    }
}

impl Metric {
    fn nagios(&self) -> String {
        let digits = if self.unit == "s" { 4 } else { 0 };
        let name =
            if self.name.contains([' ', '\t']) { format!("'{}'", self.name) } else { self.name.clone() };
        let number = |value: f64| format!("{value:.digits$}");
        let mut text = format!("{name}={}{}", number(self.value), self.unit);
        match (self.warn != 0.0, self.crit != 0.0) {
            (true, true) => text += &format!(";{};{}", number(self.warn), number(self.crit)),
            (true, false) => text += &format!(";{}", number(self.warn)),
            (false, true) => text += &format!(";;{}", number(self.crit)),
            (false, false) => {}
        }
        text
    }
}

/// With commas and exactly three digits behind the point, cut off there.
fn three_digits(value: f64) -> String {
    let text = value.to_string();
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let whole = whole.parse().map_or(whole.to_owned(), gofmt::comma);
    let cut: String = rest.chars().take(3).collect();
    format!("{whole}.{cut:0<3}")
}

/// As Go's `%g`: with an exponent where the number is far from zero on either side.
fn general(value: f64) -> String {
    let text = format!("{value:e}");
    match text.split_once('e') {
        Some((digits, exponent)) => match exponent.parse::<i32>().unwrap_or(0) {
            -4..21 => value.to_string(),
            power @ 21.. => format!("{digits}e+{power:02}"),
            power => format!("{digits}e-{:02}", -power),
        },
        None => value.to_string(),
    }
}

/// A text as the value of a label.
fn label(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n")
}
