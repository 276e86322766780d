//! Redirections: the standard streams of a command.

use std::rc::Rc;

use super::descriptors::{Descriptor, Descriptors};
use super::outcome::Stop;
use super::state::Shell;
use super::syntax::{Redirection, Streams};
use crate::base::files::{FileWriter, NULL_DEVICE};
use crate::base::{FileError, Out, Stdin, Stdio};

/// Why a command does not run: its redirection failed, which was said.
pub(super) struct NotOpened;

/// The streams of a command.
pub(super) struct Redirected {
    pub io: Stdio,
    /// Those from 3 on, if they are others than before.
    pub descriptors: Option<Descriptors>,
}

impl Redirected {
    fn set(&mut self, shell: &Shell, streams: Streams, descriptor: Option<Descriptor>) -> Result<(), String> {
        match (streams, descriptor) {
            (Streams::Other(number), descriptor) => {
                let all = self.descriptors.get_or_insert_with(|| (*shell.state().descriptors).clone());
                all.set(number, descriptor);
            }
            (Streams::Stdin, Some(Descriptor::Read(stdin))) => self.io.stdin = stdin,
            (Streams::Stdin, None) => self.io.stdin = Stdin::of([]),
            (Streams::Stdin, Some(Descriptor::Write(_))) => return Err("Bad file descriptor".to_owned()),
            (streams, Some(Descriptor::Write(out))) => set(&mut self.io, streams, out),
            (streams, None) => set(&mut self.io, streams, Out::Null(shell.machine.meter.clone())),
            (_, Some(Descriptor::Read(_))) => return Err("Bad file descriptor".to_owned()),
        }
        Ok(())
    }
}

impl Shell {
    /// The streams of a command with these redirections.
    pub(super) async fn redirected(
        &self,
        redirections: &[Redirection],
        io: &Stdio,
    ) -> Result<Result<Redirected, NotOpened>, Stop> {
        let unnamed = |error| (String::new(), error);
        let mut new = Redirected { io: io.clone(), descriptors: None };
        for redirection in redirections {
            let opened = match redirection {
                Redirection::HereDocument { streams, text } => {
                    let text = self.value(text, &new.io).await?.0;
                    new.set(self, *streams, Some(Descriptor::Read(Stdin::of(text)))).map_err(unnamed)
                }
                Redirection::HereString { streams, text } => {
                    let text = self.value(text, &new.io).await?.0 + "\n";
                    new.set(self, *streams, Some(Descriptor::Read(Stdin::of(text)))).map_err(unnamed)
                }
                Redirection::Read { streams, file } => {
                    let (name, _) = self.value(file, &new.io).await?;
                    let opened = self.open_to_read(&name, &new.io).map_err(|error| error.to_string());
                    let opened =
                        opened.and_then(|stdin| new.set(self, *streams, Some(Descriptor::Read(stdin))));
                    opened.map_err(|error| (name, error))
                }
                Redirection::Write { streams, file, append } => {
                    let (name, _) = self.value(file, &new.io).await?;
                    let opened =
                        self.open_to_write(&name, *append, &new.io).map_err(|error| error.to_string());
                    let opened = opened.and_then(|out| new.set(self, *streams, Some(Descriptor::Write(out))));
                    opened.map_err(|error| (name, error))
                }
                Redirection::Duplicate { streams, from } => {
                    let found = match &new.descriptors {
                        Some(all) => all.get(*from, &new.io),
                        None => self.state().descriptors.get(*from, &new.io),
                    };
                    let set = match found {
                        Some(found) => new.set(self, *streams, Some(found)),
                        None => Err("Bad file descriptor".to_owned()),
                    };
                    set.map_err(|error| (from.to_string(), error))
                }
                Redirection::Close(streams) => new.set(self, *streams, None).map_err(unnamed),
            };
            if let Err((name, error)) = opened {
                io.stderr.line(&format!("bash: {name}: {error}"));
                return Ok(Err(NotOpened));
            }
        }
        Ok(Ok(new))
    }

    fn open_to_read(&self, name: &str, io: &Stdio) -> Result<Stdin, FileError> {
        if matches!(name, "/dev/stdin" | "/dev/tty") {
            return Ok(io.stdin.clone());
        }
        if name.is_empty() {
            return Err(FileError::NotFound);
        }
        let path = self.path(name);
        Ok(Stdin::of(match self.machine.device(&path) {
            Some(bytes) => bytes,
            None => self.machine.files.read(&path)?,
        }))
    }

    fn open_to_write(&self, name: &str, append: bool, io: &Stdio) -> Result<Out, FileError> {
        let path = self.path(name);
        Ok(match path.as_str() {
            _ if name.is_empty() => return Err(FileError::NotFound),
            NULL_DEVICE => Out::Null(self.machine.meter.clone()),
            "/dev/stdout" => io.stdout.clone(),
            "/dev/stderr" | "/dev/tty" => io.stderr.clone(),
            path => Out::File(FileWriter::open(&self.machine.files, path, append)?),
        })
    }
}

fn set(io: &mut Stdio, streams: Streams, out: Out) {
    match streams {
        Streams::Stdin | Streams::Other(_) => {}
        Streams::Stdout => io.stdout = out,
        Streams::Stderr => io.stderr = out,
        Streams::Both => (io.stdout, io.stderr) = (out.clone(), out),
    }
}

impl Shell {
    /// `exec` without a command: what follows has these streams.
    pub(super) fn keep_streams(&self, before: &Stdio, after: &Stdio, descriptors: Option<Descriptors>) {
        let mut all = descriptors.unwrap_or_else(|| (*self.state().descriptors).clone());
        all.replace(before, after);
        self.state_mut().descriptors = Rc::new(all);
    }

    /// Opens streams until the result is dropped.
    pub(super) fn lend_descriptors(&self, descriptors: Option<Descriptors>) -> Option<LentDescriptors<'_>> {
        let new = Rc::new(descriptors?);
        let before = std::mem::replace(&mut self.state_mut().descriptors, new);
        Some(LentDescriptors { shell: self, before })
    }
}

/// Streams that are open for one command.
pub(super) struct LentDescriptors<'a> {
    shell: &'a Shell,
    before: Rc<Descriptors>,
}

impl Drop for LentDescriptors<'_> {
    fn drop(&mut self) {
        self.shell.state_mut().descriptors = std::mem::take(&mut self.before);
    }
}
