//! The shell as a program: `sh -c …`, `bash script`, `source`, for itself and for programs that start others.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::jobs::Jobs;
use super::run::run;
use super::state::Shell;
use crate::base::Stdio;
use crate::programs::{Invocation, Machine, Programs, Running, Status};

/// How many shells may run inside of each other.
const SHELLS_MAX: u32 = 20;

/// The installed programs, and the shell.
pub(super) struct WithShell {
    pub installed: Rc<dyn Programs>,
    /// The jobs of the terminal.
    pub jobs: Jobs,
}

impl Programs for WithShell {
    fn names(&self) -> Vec<(&'static str, &'static str)> {
        self.installed.names()
    }

    fn start(&self, invocation: Invocation) -> Option<Running> {
        match invocation.name.as_str() {
            "sh" | "bash" => {
                let jobs = self.jobs.clone();
                Some(Box::pin(async move { shell(invocation, jobs).await }))
            }
            _ => self.installed.start(invocation),
        }
    }
}

async fn shell(call: Invocation, jobs: Jobs) -> Status {
    let Invocation { name, args, mut variables, folder, stdio, machine } = call;
    let level = variables.get("SHLVL").and_then(|level| level.parse().ok()).unwrap_or(1_u32);
    if level > SHELLS_MAX {
        stdio
            .stderr
            .line(&format!("{name}: more than {SHELLS_MAX} shells inside of each other are not simulated"));
        return 1;
    }
    variables.insert("SHLVL".to_owned(), (level + 1).to_string());
    let shell = Shell::inner(machine, jobs, &variables, folder);
    let mut args = args.into_iter().peekable();
    while let Some(option) = args.next_if(|arg| arg.starts_with('-') && arg != "-c" && arg.len() > 1) {
        if let Err(text) = shell.set_options(&option) {
            stdio.stderr.line(&format!("{name}: {text}"));
            return 2;
        }
        if option.contains('c') {
            return command(args.collect(), &name, &shell, stdio).await;
        }
    }
    match args.next() {
        Some(option) if option == "-c" => command(args.collect(), &name, &shell, stdio).await,
        Some(file) => {
            let text = match shell.machine.files.read(&shell.path(&file)) {
                Ok(text) => text,
                Err(error) => {
                    stdio.stderr.line(&format!("{name}: {file}: {error}"));
                    return 127;
                }
            };
            shell.state_mut().positional = args.collect();
            shell.state_mut().name = file;
            run(&String::from_utf8_lossy(&text), &shell, stdio).await
        }
        None => {
            let Ok(text) = stdio.stdin.all().await else { return crate::programs::INTERRUPTED };
            run(&String::from_utf8_lossy(&text), &shell, stdio).await
        }
    }
}

/// `-c text name argument …`
async fn command(args: Vec<String>, name: &str, shell: &Shell, stdio: Stdio) -> Status {
    let mut args = args.into_iter();
    let Some(text) = args.next() else {
        stdio.stderr.line(&format!("{name}: -c: option requires an argument"));
        return 2;
    };
    shell.state_mut().name = args.next().unwrap_or_else(|| name.to_owned());
    shell.state_mut().positional = args.collect();
    run(&text, shell, stdio).await
}

impl Shell {
    /// The shell of a terminal, with these exported variables.
    pub fn new(mut machine: Machine, variables: &BTreeMap<String, String>) -> Shell {
        let jobs = Jobs::new(&machine.meter);
        machine.installed = Rc::new(WithShell { installed: machine.installed, jobs: jobs.clone() });
        Shell::bare(machine, jobs, variables)
    }

    /// A shell that runs as a program in a terminal that has these jobs.
    fn inner(machine: Machine, jobs: Jobs, variables: &BTreeMap<String, String>, folder: String) -> Shell {
        let mut shell = Shell::bare(machine, jobs, variables);
        shell.is_interactive = false;
        shell.state_mut().folder = folder;
        shell
    }
}
