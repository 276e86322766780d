//! The scenarios that come with the program: races and their repairs, to be looked at and changed.

/// A scenario that comes with the program.
#[derive(Clone, Copy, Debug)]
pub struct ReadyScenario {
    /// As in addresses.
    pub name: &'static str,
    pub markdown: &'static str,
}

macro_rules! ready {
    ($($name:literal),* $(,)?) => {
        &[$(ReadyScenario { name: $name, markdown: include_str!(concat!("scenarios/", $name, ".md")) }),*]
    };
}

/// All of them; each race is followed by its repair.
pub const READY: &[ReadyScenario] = ready![
    "lost-update-put",
    "lost-update-update",
    "check-then-act-put",
    "check-then-act-create",
    "lock-create",
    "lock-holder-dies",
    "lease-holder-dies",
    "lease-without-fencing",
    "lease-pause",
    "lease-fencing",
    "others-lock",
    "others-lock-conditional",
    "aba-value",
    "aba-revision",
    "semaphore",
    "leader-handover",
    "watcher",
    "reply-lost",
    "reply-lost-value",
];

impl ReadyScenario {
    /// Its heading.
    pub fn title(&self) -> &'static str {
        self.markdown.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or(self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::Scenario;
    use std::collections::BTreeSet;

    #[test]
    fn each_scenario_of_the_folder_is_ready_and_has_a_title() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/explore/scenarios");
        let files =
            std::fs::read_dir(folder).expect("the folder is there").map(|file| file.expect("a file").path());
        let files: BTreeSet<String> = files
            .filter(|path| path.extension().is_some_and(|it| it == "md"))
            .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
            .collect();
        assert_eq!(READY.iter().map(|it| it.name.to_owned()).collect::<BTreeSet<_>>(), files);
        for ready in READY {
            assert_ne!(ready.title(), ready.name);
            assert!(Scenario::parse(ready.markdown).is_ok(), "{}", ready.name);
        }
    }
}
