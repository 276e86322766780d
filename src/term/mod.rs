//! A terminal that has never heard of NATS: a line editor and a screen.
//!
//! - Input: `key` (what was pressed) > `keymap` (what that means) > `editor` (what it does to the `line`, the `history`, a
//!   running `search` or the completion `menu`). `paste` picks commands out of a pasted page.
//! - Output: bytes > `utf8` > `ansi` (text, styles, cursor) > `row` (one line) > `screen` (a block for each command). `export` writes
//!   down what several screens have shown.
//!
//! Nothing here asks a clock or draws anything.

pub mod key;
pub mod keymap;
pub mod text;

pub mod history;
pub mod kill;
pub mod line;
pub mod menu;
pub mod search;
pub mod undo;

pub mod ansi;
pub mod export;
pub mod row;
pub mod screen;
pub mod style;
pub mod utf8;

pub mod editor;
pub mod paste;

pub use editor::{Editor, Response, View};
pub use key::{Code, Key};
pub use screen::Screen;
