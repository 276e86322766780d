//! `play lesson`: checks lessons for their authors, and grades answers for those who teach.

use std::fmt::Write;
use std::process::{Command, ExitCode, Stdio};

use playground::lesson::Lesson;
use playground::lesson_check::{self, Finding, Grade};
use playground::transcript::from_documentation;

use super::read;

/// The program that plays transcripts on the real tools, from the folder of the project.
const RECORDER: &str = "tests/oracle";

/// Status where a file cannot be read, or is no lesson.
const NO_LESSON: u8 = 2;

/// More that may be wrong with the text of a lesson, or why that cannot be found out.
type MoreFindings = fn(markdown: &str) -> Result<Vec<Finding>, String>;

/// Says what is wrong with lessons, as compilers do: `FILE:LINE: PROBLEM`.
pub(crate) fn check(files: &[&str], more: MoreFindings) -> ExitCode {
    let mut wrong = 0;
    for file in files {
        let Some(markdown) = read(file) else { return ExitCode::from(NO_LESSON) };
        let mut findings = lesson_check::check(&markdown);
        match more(&markdown) {
            Ok(more) => findings.extend(more),
            Err(error) => {
                eprintln!("play: {error}");
                return ExitCode::from(NO_LESSON);
            }
        }
        for finding in &findings {
            println!("{file}:{}: {}", finding.line, finding.problem);
        }
        wrong += usize::from(!findings.is_empty());
    }
    println!("{} right, {wrong} wrong", files.len() - wrong);
    if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What the real tools print otherwise. They are played by the project's recorder, which installs them.
pub(crate) fn played_by_real_tools(markdown: &str) -> Result<Vec<Finding>, String> {
    let copy = std::env::temp_dir().join(format!("lesson-{}.md", std::process::id()));
    std::fs::write(&copy, from_documentation(markdown))
        .map_err(|error| format!("{}: {error}", copy.display()))?;
    let recorder =
        Command::new("python3").arg(RECORDER).arg("print").arg(&copy).stderr(Stdio::inherit()).output();
    // A copy that cannot be removed harms nobody.
    let _ = std::fs::remove_file(&copy);
    let recorder = recorder.map_err(|error| format!("python3, which the recorder needs: {error}"))?;
    if !recorder.status.success() {
        return Err(format!("the recorder ({RECORDER}, in a clone of the project) failed"));
    }
    Ok(lesson_check::compare_with_real(markdown, &String::from_utf8_lossy(&recorder.stdout)))
}

/// How the grade of an answer is told.
type Report = fn(answers: &[(&str, Grade)]) -> String;

/// Grades answers. Status 1 where one of them has not done all steps.
pub(crate) fn grade(file: &str, answers: &[&str], report: Report) -> ExitCode {
    let Some(markdown) = read(file) else { return ExitCode::from(NO_LESSON) };
    let lesson = match Lesson::parse(&markdown) {
        Ok(lesson) => lesson,
        Err(errors) => {
            errors.iter().for_each(|error| eprintln!("play: {file}: {error}"));
            return ExitCode::from(NO_LESSON);
        }
    };
    let mut grades = Vec::new();
    for answer in answers {
        let Some(transcript) = read(answer) else { return ExitCode::from(NO_LESSON) };
        grades.push((*answer, lesson_check::grade(lesson.clone(), &transcript)));
    }
    print!("{}", report(&grades));
    let all_done = grades.iter().all(|(_, grade)| grade.done() == grade.steps.len());
    if all_done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// For people: what is not done, by the ids of the steps.
pub(crate) fn list(answers: &[(&str, Grade)]) -> String {
    let mut text = String::new();
    for (answer, grade) in answers {
        let open = grade.steps.iter().filter(|step| !step.is_done).map(|step| step.id.as_str());
        let open: Vec<&str> = open.collect();
        let _ = write!(text, "{answer}: {} of {} steps done", grade.done(), grade.steps.len());
        let _ = match open.as_slice() {
            [] => writeln!(text),
            open => writeln!(text, "; not done: {}", open.join(", ")),
        };
    }
    text
}

/// For spreadsheets (RFC 4180): a column a step, 1 where it is done.
pub(crate) fn table(answers: &[(&str, Grade)]) -> String {
    let steps = answers.first().map(|(_, grade)| grade.steps.as_slice()).unwrap_or_default();
    let mut text = "answer,done".to_owned();
    steps.iter().for_each(|step| _ = write!(text, ",{}", step.id));
    text.push_str("\r\n");
    for (answer, grade) in answers {
        let _ = write!(text, "\"{}\",{}", answer.replace('"', "\"\""), grade.done());
        grade.steps.iter().for_each(|step| _ = write!(text, ",{}", u8::from(step.is_done)));
        text.push_str("\r\n");
    }
    text
}
