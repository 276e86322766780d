//! Checksums of files: `sha256sum`, `sha512sum`, `md5sum`.

use md5::Md5;
use sha2::{Digest, Sha256, Sha512};

use super::options::Options;
use super::program::{Complaint, Invocation, Outcome, Running};

/// The checksum of bytes, in hexadecimal digits.
type Checksum = fn(&[u8]) -> String;

pub(super) fn sha256(call: Invocation) -> Running {
    Box::pin(async move { call.end(checksums(&call, hex::<Sha256>).await) })
}

pub(super) fn sha512(call: Invocation) -> Running {
    Box::pin(async move { call.end(checksums(&call, hex::<Sha512>).await) })
}

pub(super) fn md5(call: Invocation) -> Running {
    Box::pin(async move { call.end(checksums(&call, hex::<Md5>).await) })
}

fn hex<D: Digest>(bytes: &[u8]) -> String {
    D::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn checksums(call: &Invocation, checksum: Checksum) -> Outcome {
    let long = [("check", 'c'), ("quiet", 'q'), ("status", 's'), ("binary", 'b'), ("text", 't')];
    let options = Options::read(&call.args, "cqsbt", &long, 1)?;
    let names = if options.rest.is_empty() { vec!["-".to_owned()] } else { options.rest.clone() };
    let mut status = 0;
    for name in &names {
        let bytes = match call.input(name).await? {
            Ok(bytes) => bytes,
            Err(error) => {
                status = call.complain(&format!("{name}: {error}"), 1);
                continue;
            }
        };
        match options.has('c') {
            true => status = status.max(check(call, &options, name, &bytes, checksum).await?),
            false => {
                let mode = if options.has('b') { '*' } else { ' ' };
                call.stdio.stdout.line(&format!("{} {mode}{name}", checksum(&bytes)));
            }
        }
    }
    Ok(status)
}

/// Compares the files of a list with their checksums.
async fn check(
    call: &Invocation,
    options: &Options,
    list: &str,
    bytes: &[u8],
    checksum: Checksum,
) -> Outcome {
    let (mut failed, mut unread, mut wrong, mut read) = (0, 0, 0, 0);
    for line in String::from_utf8_lossy(bytes).lines() {
        let parts =
            line.split_once([' ', '\t']).map(|(sum, name)| (sum, name.trim_start_matches([' ', '*'])));
        let Some((sum, name)) = parts.filter(|(sum, _)| sum.len() == checksum(b"").len()) else {
            wrong += 1;
            continue;
        };
        read += 1;
        let says = |text: &str| match options.has('s') {
            true => {}
            false => call.stdio.stdout.line(&format!("{name}: {text}")),
        };
        match call.input(name).await? {
            Err(error) => {
                call.complain(&format!("{name}: {error}"), 1);
                says("FAILED open or read");
                unread += 1;
            }
            Ok(bytes) if checksum(&bytes).eq_ignore_ascii_case(sum) => {
                if !options.has('q') {
                    says("OK");
                }
            }
            Ok(_) => {
                says("FAILED");
                failed += 1;
            }
        }
    }
    let list = if list == "-" { "'standard input'" } else { list };
    if read == 0 {
        return Err(Complaint::new(format!("{list}: no properly formatted checksum lines found"), 1));
    }
    let warn = |count: u32, one: &str, many: &str| {
        if count > 0 && !options.has('s') {
            let text = if count == 1 { one } else { many };
            call.complain(&format!("WARNING: {count} {text}"), 1);
        }
    };
    warn(wrong, "line is improperly formatted", "lines are improperly formatted");
    warn(unread, "listed file could not be read", "listed files could not be read");
    warn(failed, "computed checksum did NOT match", "computed checksums did NOT match");
    Ok(i32::from(failed + unread > 0))
}
