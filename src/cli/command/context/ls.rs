//! `nats context ls`: the known contexts.

use super::contexts;
use crate::cli::context::Settings;
use crate::cli::failure::Outcome;
use crate::cli::running_command::RunningCommand;
use crate::gojson;

pub async fn ls(cmd: &RunningCommand) -> Outcome {
    let contexts = contexts(cmd);
    let selected = contexts.selected().unwrap_or_default();
    let mut known = Vec::new();
    for name in contexts.names() {
        match contexts.load(&name) {
            Ok(settings) => {
                let url =
                    if settings.url.is_empty() { Settings::DEFAULT_URL } else { &settings.url }.to_owned();
                known.push(Settings { name, url, ..settings });
            }
            Err(_) if cmd.flag("completion") => {}
            Err(error) => cmd.log(&format!("Could not load context {name}: {error}")),
        }
    }
    let starred = |name: &str| format!("{name}{}", if name == selected { "*" } else { "" });
    if cmd.flag("completion") {
        for context in &known {
            cmd.line(format!("{}:{}", starred(&context.name.replace(':', "\\:")), context.description));
        }
    } else if cmd.flag("json") {
        cmd.line(match known.as_slice() {
            [] => "null".to_owned(),
            known => gojson::to_string_indent(known),
        });
    } else if cmd.flag("names") {
        known.iter().for_each(|context| cmd.line(context.name.as_str()));
    } else if known.is_empty() {
        cmd.line("No known contexts");
    } else {
        let mut table = cmd.table("Known Contexts", &["Name", "Description"]);
        for context in &known {
            table.row([starred(&context.name).into(), context.description.clone().into()]);
        }
        cmd.line(table.render());
    }
    Ok(())
}
