//! A world in a link: its journal, deflated, in the alphabet of addresses (RFC 4648, section 5).
//!
//! The fragment `#v1=…` holds the text of a [`Journal`] without its first word. Links that a released version has made
//! have to open for ever.

use std::io::Write;

use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use flate2::write::DeflateEncoder;
use flate2::{Compression, Decompress, FlushDecompress, Status};

use super::journal::{Journal, MARK, Unreadable};

/// The longest fragment that is read, in characters.
const LONGEST_LINK: usize = 512 * 1024;

/// The longest text that a fragment may hold, in bytes, so that a small link cannot fill the memory.
const LONGEST_TEXT: usize = 4 << 20;

/// Bytes that are unpacked at a time.
const PIECE: usize = 16 * 1024;

/// Without padding; what browsers take, is taken.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The fragment of an address that holds a journal.
pub fn pack(journal: &Journal) -> String {
    let text = journal.write();
    format!("#v1={}", BASE64.encode(deflate(&text.as_bytes()[MARK.len()..])))
}

/// The fragment of an address that holds a text, of this kind: `#KIND1=…`.
pub fn pack_text(kind: &str, text: &str) -> String {
    format!("#{kind}1={}", BASE64.encode(deflate(text.as_bytes())))
}

/// The text in the fragment of an address of this kind.
///
/// # Errors
/// It is of another kind, cut, changed, too long or of a later version.
pub fn unpack_text(kind: &str, fragment: &str) -> Result<String, Unreadable> {
    let rest =
        fragment.strip_prefix('#').and_then(|rest| rest.strip_prefix(kind)).ok_or(Unreadable::Foreign)?;
    match rest.split_once('=').ok_or(Unreadable::Foreign)? {
        ("1", packed) => text(packed),
        (version, _) if version.parse::<u64>().is_ok_and(|version| version > 1) => Err(Unreadable::Newer),
        _ => Err(Unreadable::Foreign),
    }
}

/// The journal in the fragment of an address.
pub fn unpack(fragment: &str) -> Result<Journal, Unreadable> {
    let (version, packed) =
        fragment.strip_prefix("#v").and_then(|rest| rest.split_once('=')).ok_or(Unreadable::Foreign)?;
    if version != "1" {
        let is_newer = version.parse::<u64>().is_ok_and(|version| version > 1);
        return Err(if is_newer { Unreadable::Newer } else { Unreadable::Foreign });
    }
    let text = text(packed)?;
    Journal::read(&format!("{MARK}{text}"))
}

/// The text in a fragment; that is foreign if it was cut or changed.
fn text(packed: &str) -> Result<String, Unreadable> {
    if packed.len() > LONGEST_LINK {
        return Err(Unreadable::TooLong);
    }
    let packed = packed.replace('+', "-").replace('/', "_").replace(|c: char| c.is_ascii_whitespace(), "");
    let deflated = BASE64.decode(packed).map_err(|_| Unreadable::Foreign)?;
    String::from_utf8(inflate(&deflated)?).map_err(|_| Unreadable::Foreign)
}

fn deflate(text: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    let deflated = encoder.write_all(text).and_then(|()| encoder.finish());
    deflated.expect("a Vec takes everything")
}

/// All of it has to be one deflated text. It is unpacked piece by piece, so that one that is too long takes no memory.
fn inflate(deflated: &[u8]) -> Result<Vec<u8>, Unreadable> {
    let mut inflater = Decompress::new(false);
    let mut text = Vec::new();
    let mut piece = [0; PIECE];
    loop {
        let (read, written) = (inflater.total_in(), inflater.total_out());
        let rest = &deflated[read as usize..];
        let status = inflater.decompress(rest, &mut piece, FlushDecompress::None);
        let status = status.map_err(|_| Unreadable::Foreign)?;
        let new = (inflater.total_out() - written) as usize;
        if text.len() + new > LONGEST_TEXT {
            return Err(Unreadable::TooLong);
        }
        text.extend_from_slice(&piece[..new]);
        match status {
            Status::StreamEnd if inflater.total_in() == deflated.len() as u64 => return Ok(text),
            Status::StreamEnd => return Err(Unreadable::Foreign),
            _ if new == 0 && inflater.total_in() == read => return Err(Unreadable::Foreign),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A journal of the first version with every kind of act, and the link that holds it.
    const WORKED: &str = "nats-kv 1 1795395723000 7 120\n900 ^1\n700 $1 nats-server -js\n\
        1500 $2 nats kv add B --ttl 30s --history 3\n2100 $2 nats kv put B key 'a value'\n800 @10000\n900 +client1\n\
        0 $3 nats kv watch B\n3000 $2 nats kv del B key\n1200 $2 y\n700 =3 żółć\n10 #4 kv-walkthrough\n300 !1\n100 !0\n\
        2500 @15000\n1000 $2 printf 'a\\nb\\\\' | nats kv put B k\n50 ^3\n400 -3\n0 >2\n";
    const WORKED_LINK: &str = "#v1=XY_BSsNAEIbv8xR_aSEHWZjZ7RJzsEieIxTWZjVpQlqSTUrAkxcfyKs37XtJEhH1-s_M938jkDixJrGxNsyMGKKZEmbshWJmbASNC53qfDv4FurYkdgp13OOaoDLc6RQKoQahjsoVZRdOLUjDG\
        n5u3vuA1JUfkTkMLi69xHdMuNemHkpvjnUpW-CEGNjfg4vLhwKpDRb_gLmvl6AJHqZjLP3ncH1_ePt-vL5SsJYb1EN6uLqKhTtqX8qJhBWQpPfiknbWcJOEvJdcW7LJjwiclnzkGURnv9_QZaxN7RlhjLE2Gn6Ag";

    /// A journal of the second version: two widths, and two clients from outside, one of which was still there.
    const WIDE_LINK: &str = "#v1=tZBRS8MwFIV9zq84lIIOVklS6tgmPkxERJg-qE9FieudieuSmqSTof42H_xj0oqKP8CnA_c73HPulRCjcZGPi5HMOecYQUjOxpzjVrAR50gFrIohC-Q3\
        5JE9BiY4XkUumSg6LnuO1QaqqjBDlmkTovNb5MiyisLCmyYaZ7H7rFWECaidfSCPqJUFmQcdt1i4ul3bMISyFYJ2Pn4bFHRrK09Vj6I2Pm6z-Ozgloia1rtM\
        cuwxjkOB44v5_OT4Ci_Jhvy9C5RMlqoONEysWlMySYJ2TTJMNKmKfEgm0bcddHeeQuPs7_Ct9KW9PJufdsryfvvl9Qzp-c3-bH9FWxQdUWW58_Fe2t5VfNWQ\
        _1ZDcI6B6ITj9YCzP9-vwxRL52FgLNK9QE_IB1NU7sfRtBEz2NQgNR2wxHLeF_69rFaRILs0bfpM2YUdSfYJ";

    fn wide() -> String {
        const HELLO: &str =
            r#"CONNECT {"verbose":false,"name":"shop","headers":true,"no_responders":true}\r\nPING\r\n"#;
        format!(
            "nats-kv 2 1795395723000 7 120\n900 ^1\n700 $1 nats-server -js\n10 |132\n\
            1500 $2 nats kv add B --history 3 --description 'what is longer than eighty columns, and shorter than a hundred and thirty-two of them'\n\
            20 (\n0 <1 {HELLO}\n30 <1 PUB $KV.B.key 5\\r\\na\\\\\0\u{ff}\\n\\r\\n\n5 (\n0 <2 {HELLO}\n100 )1\n1000 |60\n\
            0 $2 nats kv ls; for i in $(seq 3); do nats kv put B n$i $i; done\n300 <2 PUB $KV.B.late 2\\r\\nhi\\r\\n\n2000 >2\n"
        )
    }

    #[test]
    fn links_of_every_version_hold_what_they_were_made_of() {
        for (link, journal) in [
            ("#v1=M1QwNLc0NbY0NTcyNjAw4DI1MjZQsDPiAgA", "nats-kv 1 1795395723000\n5230 >2\n"),
            (WORKED_LINK, WORKED),
            (WIDE_LINK, &wide()),
            (
                "#v1=M1IwNLc0NbY0NTcyNjAw4DJXUDFSyEssKVbILlPIKVZw4jLQNjQyVogz4rI0MFCwM-ICAA",
                "nats-kv 2 1795395723000\n7 $2 nats kv ls B\n0+123 ^2\n900 >2\n",
            ),
        ] {
            let packed = link.strip_prefix("#v1=").expect("a link of the first version");
            assert_eq!(text(packed).as_deref().ok(), journal.strip_prefix(MARK));
            let read = Journal::read(journal).expect("a journal");
            assert_eq!(unpack(link), Ok(read.clone()));
            assert_eq!(unpack(&pack(&read)), Ok(read));
        }
    }

    #[test]
    fn links_that_are_cut_or_changed_are_not_taken_for_others() {
        for end in 0..WORKED_LINK.len() - 1 {
            assert_eq!(unpack(&WORKED_LINK[..end]), Err(Unreadable::Foreign), "cut at {end}");
        }
        for wrong in ["", "#", "#v", "#v1", "#v0=abc", "#v1=!!!!", "#v1=AAAA", "#1=abc", "#step-3"] {
            assert_eq!(unpack(wrong), Err(Unreadable::Foreign), "{wrong}");
        }
        assert_eq!(unpack("#v12=abc"), Err(Unreadable::Newer));
    }

    #[test]
    fn a_text_in_a_link_comes_back_and_is_not_taken_for_another_kind() {
        let packed = pack_text("race", "# Zwei\n```race\na$ true\n```\n");
        assert!(packed.starts_with("#race1="), "{packed}");
        assert_eq!(unpack_text("race", &packed).as_deref(), Ok("# Zwei\n```race\na$ true\n```\n"));
        assert_eq!(unpack_text("other", &packed), Err(Unreadable::Foreign));
        assert_eq!(unpack_text("race", "#race2=abc"), Err(Unreadable::Newer));
        assert_eq!(unpack_text("race", &packed[..packed.len() - 3]), Err(Unreadable::Foreign));
        assert_eq!(unpack(&packed), Err(Unreadable::Foreign));
    }

    #[test]
    fn a_small_link_cannot_fill_the_memory() {
        let bomb = BASE64.encode(deflate(&vec![b' '; 64 << 20]));
        assert!(bomb.len() < LONGEST_LINK, "{} characters", bomb.len());
        assert_eq!(unpack(&format!("#v1={bomb}")), Err(Unreadable::TooLong));
    }
}
