//! Configuration with a watcher: follow it, check it, and have a default for what is deleted.

use async_nats::jetstream::kv::{Config, Entry, Operation, Store, Watch};
use async_nats::Error;
use futures_util::TryStreamExt;

#[tokio::main]
async fn main() -> Result<(), Error> {
    let url = std::env::var("NATS_URL").unwrap_or("nats://127.0.0.1:4222".into());
    let js = async_nats::jetstream::new(async_nats::connect(url).await?);
    let bucket = Config { bucket: "lesson-config".into(), history: 5, ..Default::default() };
    let done = lesson(&js.create_key_value(bucket).await?).await;
    js.delete_key_value("lesson-config").await?;
    done
}

async fn lesson(kv: &Store) -> Result<(), Error> {
    kv.put("web.port", "8080".into()).await?;
    kv.put("web.theme", "light".into()).await?;
    kv.put("mail.host", "mx1".into()).await?;

    // The watcher gives all that is so now, then each change.
    let mut watcher = kv.watch_with_history("web.>").await?;
    let mut now = Settings::default();
    while !now.follow(&mut watcher).await? {}
    now.show("begin");

    kv.put("web.theme", "dark".into()).await?;
    kv.put("mail.host", "mx2".into()).await?; // not our business
    now.follow(&mut watcher).await?;
    now.show("changed");
    let broken = kv.put("web.port", "80x80".into()).await?;
    now.follow(&mut watcher).await?;
    now.show("broken");
    // Back to the last good value, as far as the history goes.
    let good = kv.entry_for_revision("web.port", 1).await?.ok_or("revision 1 is gone")?;
    kv.update("web.port", good.value, broken).await?;
    now.follow(&mut watcher).await?;
    now.show("back");
    kv.delete("web.theme").await?;
    now.follow(&mut watcher).await?;
    now.show("deleted");
    Ok(())
}

/// What the program runs with.
struct Settings {
    port: u16,
    theme: String,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { port: 80, theme: "plain".into() }
    }
}

impl Settings {
    /// Takes over the next entry. True once all that was so has come.
    async fn follow(&mut self, watcher: &mut Watch) -> Result<bool, Error> {
        let entry = watcher.try_next().await?.ok_or("the watcher has ended")?;
        self.apply(&entry);
        Ok(entry.seen_current)
    }

    /// Takes one entry over, unless it makes no sense.
    fn apply(&mut self, entry: &Entry) {
        let value = String::from_utf8_lossy(&entry.value);
        match (entry.key.as_str(), entry.operation) {
            ("web.port", Operation::Put) => match value.parse() {
                Ok(port) => self.port = port,
                Err(_) => println!("{value} is no port"),
            },
            ("web.port", _) => self.port = Settings::default().port,
            ("web.theme", Operation::Put) => self.theme = value.into_owned(),
            ("web.theme", _) => self.theme = Settings::default().theme,
            _ => {}
        }
    }

    fn show(&self, what: &str) {
        println!("{what}: port {}, theme {}", self.port, self.theme);
    }
}
