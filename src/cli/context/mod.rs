//! Contexts: named settings of connections, kept in files below `~/.config/nats`, of which one may be selected.

mod files;
mod settings;

pub use files::{ContextError, Contexts};
pub use settings::Settings;

use super::call::Call;

/// What a command connects with: the settings of its context, changed by its flags and variables.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// Empty without one.
    pub name: String,
    pub settings: Settings,
}

/// A context is named or selected that is not there; its text is what is printed.
pub struct NotFound(pub String);

impl Context {
    /// The context that a command names, or the one that is selected. A selection that cannot be read is taken back.
    pub fn of(call: &Call, contexts: &Contexts) -> Result<Context, NotFound> {
        let named = call.text("context");
        let loaded = if call.flag("no-context") {
            Ok(Context { name: named.to_owned(), settings: Settings::default() })
        } else {
            load(named, contexts)
        };
        let mut context = match loaded {
            Ok(context) => context,
            // One that is there and cannot be read is as good as an empty one.
            Err(_) if contexts.is_known(named) => Context { name: named.to_owned(), ..Context::default() },
            Err(_) => {
                let selected = crate::gofmt::quote(contexts.selected().unwrap_or_default());
                let _ = contexts.unselect();
                let lost = format!("The selected context {selected} was not found, unselecting it\n\n");
                return Err(NotFound(lost));
            }
        };
        context.settings.override_by(call);
        if context.settings.url.is_empty() {
            context.settings.url = Settings::DEFAULT_URL.to_owned();
        }
        Ok(context)
    }
}

/// Loads a context by its name or by the path of its file; the selected one where the name is empty.
fn load(named: &str, contexts: &Contexts) -> Result<Context, ContextError> {
    if named.ends_with(".json")
        && let Some((name, settings)) = contexts.load_file(named)
    {
        return Ok(Context { name, settings: settings? });
    }
    let name = match named {
        "" => contexts.selected().unwrap_or_default(),
        named => named.to_owned(),
    };
    let settings = if name.is_empty() { Settings::default() } else { contexts.load(&name)? };
    Ok(Context { name, settings })
}
