//! Keeping over a storage that can fail, and stories of what may happen to what is kept.

mod disk;
mod stories;
mod tab;
mod torture;
