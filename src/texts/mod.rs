//! What is said to people, in each language: a folder a language, with messages as Fluent has them (`*.ftl`) and lessons
//! (`lessons/*.md`). The build script lists the folders, so that a new folder is a new language. What commands print
//! stands elsewhere, since the real tools speak English only. So do the programs that lessons end with (`code/LESSON/`).

mod argument;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};

pub use argument::Argument;

/// The folder of a language.
struct Folder {
    /// Its name: the language, as in HTML's `lang`.
    code: &'static str,
    /// The texts of its Fluent files.
    messages: &'static [&'static str],
    /// The names of its lessons without their ending, and their texts.
    lessons: &'static [(&'static str, &'static str)],
}

/// The folder of a lesson with its programs.
struct CodeFolder {
    /// The lesson's name.
    lesson: &'static str,
    /// The names of its files, and their texts.
    files: &'static [(&'static str, &'static str)],
}

include!(concat!(env!("OUT_DIR"), "/folders.rs"));

type Bundle = FluentBundle<FluentResource>;

/// The messages of each language that was spoken so far.
static BUNDLES: [OnceLock<Bundle>; FOLDERS.len()] = [const { OnceLock::new() }; FOLDERS.len()];

/// A language that the program speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Language {
    /// The place of its folder among all.
    place: usize,
}

impl Language {
    /// The one that every text was written in first.
    pub const ENGLISH: Language = Language { place: 0 };

    /// All of them, English first.
    pub fn all() -> impl Iterator<Item = Language> {
        (0..FOLDERS.len()).map(|place| Language { place })
    }

    /// The language with this code.
    pub fn find(code: &str) -> Option<Language> {
        Language::all().find(|language| language.code() == code)
    }

    /// As in HTML's `lang`.
    pub fn code(self) -> &'static str {
        self.folder().code
    }

    /// The language's name in that language.
    pub fn name(self) -> &'static str {
        self.text("language_name").unwrap_or(self.code())
    }

    /// The names and texts of its lessons, in their order.
    pub fn lessons(self) -> &'static [(&'static str, &'static str)] {
        self.folder().lessons
    }

    /// A text without arguments. `None` if there is none of that name.
    pub fn text(self, id: &str) -> Option<&'static str> {
        match self.resolve(id, None)? {
            Cow::Borrowed(text) => Some(text),
            Cow::Owned(_) => None,
        }
    }

    /// A text with its arguments, or the attribute `attribute` of a text named `text.attribute`. `None` if there is none of that name.
    pub fn format<'a>(
        self,
        id: &str,
        arguments: impl IntoIterator<Item = (&'a str, Argument<'a>)>,
    ) -> Option<String> {
        let arguments: FluentArgs<'_> = arguments.into_iter().collect();
        self.resolve(id, Some(&arguments)).map(Cow::into_owned)
    }

    fn resolve(self, id: &str, arguments: Option<&FluentArgs<'_>>) -> Option<Cow<'static, str>> {
        let bundle = BUNDLES[self.place].get_or_init(|| read(self.folder()).0);
        let (name, attribute) =
            id.split_once('.').map_or((id, None), |(name, attribute)| (name, Some(attribute)));
        let message = bundle.get_message(name)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        Some(bundle.format_pattern(pattern, arguments, &mut Vec::new()))
    }

    fn folder(self) -> &'static Folder {
        &FOLDERS[self.place]
    }
}

/// The text of a file that belongs to the programs of a lesson.
pub fn code(lesson: &str, file: &str) -> Option<&'static str> {
    let folder = CODE.iter().find(|folder| folder.lesson == lesson)?;
    folder.files.iter().find(|(name, _)| *name == file).map(|(_, text)| *text)
}

/// The messages of a folder, and what is wrong with them.
fn read(folder: &Folder) -> (Bundle, Vec<String>) {
    let mut problems = Vec::new();
    let locale = folder.code.parse().unwrap_or_else(|error| {
        problems.push(format!("{} is no language: {error}", folder.code));
        Default::default()
    });
    let mut bundle = Bundle::new_concurrent(vec![locale]);
    // All that is put into a text is in the same direction of writing, and no invisible marks are to be copied with it.
    bundle.set_use_isolating(false);
    for text in folder.messages {
        let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, errors)| {
            problems.extend(errors.iter().map(ToString::to_string));
            resource
        });
        if let Err(errors) = bundle.add_resource(resource) {
            problems.extend(errors.iter().map(ToString::to_string));
        }
    }
    (bundle, problems)
}
