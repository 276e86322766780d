//! Redirections: the standard streams of a command.

use super::outcome::Stop;
use super::state::Shell;
use super::syntax::{Redirection, Streams};
use crate::base::files::{FileWriter, NULL_DEVICE};
use crate::base::{FileError, Out, Stdin, Stdio};

/// Why a command does not run: its redirection failed, which was said.
pub(super) struct NotOpened;

impl Shell {
    /// The streams of a command with these redirections.
    pub(super) async fn redirected(
        &self,
        redirections: &[Redirection],
        io: &Stdio,
    ) -> Result<Result<Stdio, NotOpened>, Stop> {
        let mut new = io.clone();
        for redirection in redirections {
            let opened = match redirection {
                Redirection::HereDocument(word) => {
                    new.stdin = Stdin::of(self.value(word, &new).await?.0);
                    Ok(())
                }
                Redirection::HereString(word) => {
                    new.stdin = Stdin::of(self.value(word, &new).await?.0 + "\n");
                    Ok(())
                }
                Redirection::Read(word) => {
                    let (name, _) = self.value(word, &new).await?;
                    self.open_to_read(&name, &mut new).map_err(|error| (name, error))
                }
                Redirection::Write { streams, file, append } => {
                    let (name, _) = self.value(file, &new).await?;
                    self.open_to_write(&name, *append, *streams, &mut new).map_err(|error| (name, error))
                }
                Redirection::StderrToStdout => {
                    new.stderr = new.stdout.clone();
                    Ok(())
                }
                Redirection::StdoutToStderr => {
                    new.stdout = new.stderr.clone();
                    Ok(())
                }
                Redirection::Close(streams) => {
                    match streams {
                        Streams::Stdin => new.stdin = Stdin::of([]),
                        streams => set(&mut new, *streams, Out::Null(self.machine.meter.clone())),
                    }
                    Ok(())
                }
            };
            if let Err((name, error)) = opened {
                io.stderr.line(&format!("bash: {name}: {error}"));
                return Ok(Err(NotOpened));
            }
        }
        Ok(Ok(new))
    }

    fn open_to_read(&self, name: &str, io: &mut Stdio) -> Result<(), FileError> {
        if matches!(name, "/dev/stdin" | "/dev/tty") {
            return Ok(());
        }
        if name.is_empty() {
            return Err(FileError::NotFound);
        }
        io.stdin = Stdin::of(self.machine.files.read(&self.path(name))?);
        Ok(())
    }

    fn open_to_write(
        &self,
        name: &str,
        append: bool,
        streams: Streams,
        io: &mut Stdio,
    ) -> Result<(), FileError> {
        let path = self.path(name);
        let out = match path.as_str() {
            _ if name.is_empty() => return Err(FileError::NotFound),
            NULL_DEVICE => Out::Null(self.machine.meter.clone()),
            "/dev/stdout" => io.stdout.clone(),
            "/dev/stderr" | "/dev/tty" => io.stderr.clone(),
            path => Out::File(FileWriter::open(&self.machine.files, path, append)?),
        };
        set(io, streams, out);
        Ok(())
    }
}

fn set(io: &mut Stdio, streams: Streams, out: Out) {
    match streams {
        Streams::Stdin => {}
        Streams::Stdout => io.stdout = out,
        Streams::Stderr => io.stderr = out,
        Streams::Both => (io.stdout, io.stderr) = (out.clone(), out),
    }
}
