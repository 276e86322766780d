//! Upper and lower case of Latin, Greek and Cyrillic letters. Other scripts with cases are left as they are: the standard
//! library's tables for all of them would be a fortieth of the page.

pub fn lower(text: &str) -> String {
    text.chars().map(lower_letter).collect()
}

pub fn upper(text: &str) -> String {
    let mut upper = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            'ß' => upper.push_str("SS"),
            _ => upper.push(upper_letter(letter)),
        }
    }
    upper
}

fn lower_letter(letter: char) -> char {
    shifted(
        letter,
        match letter {
            'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ρ' | 'Σ'..='Ϋ' | 'А'..='Я' => 32,
            'Ѐ'..='Џ' => 80,
            'Ÿ' => -121,
            _ => i32::from(paired(letter) == Some(true)),
        },
    )
}

fn upper_letter(letter: char) -> char {
    shifted(
        letter,
        match letter {
            'a'..='z' | 'à'..='ö' | 'ø'..='þ' | 'α'..='ρ' | 'σ'..='ϋ' | 'а'..='я' => -32,
            'ς' => -31,
            'ѐ'..='џ' => -80,
            'ÿ' => 121,
            _ => -i32::from(paired(letter) == Some(false)),
        },
    )
}

fn shifted(letter: char, by: i32) -> char {
    u32::from(letter).checked_add_signed(by).and_then(char::from_u32).unwrap_or(letter)
}

/// Whether a letter is the upper one, where upper and lower letters stand in turn.
fn paired(letter: char) -> Option<bool> {
    let is_even = u32::from(letter).is_multiple_of(2);
    match letter {
        'İ' | 'ı' => None,
        'Ā'..='ķ' | 'Ŋ'..='ŷ' | 'Ѡ'..='ҁ' | 'Ҋ'..='ҿ' | 'Ӑ'..='ԯ' | 'Ḁ'..='ẕ' | 'Ạ'..='ỿ' => {
            Some(is_even)
        }
        'Ĺ'..='ň' | 'Ź'..='ž' => Some(!is_even),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_are_those_of_the_standard_library() {
        let ranges = ['\0'..='\u{17e}', 'Α'..='ώ', 'Ѐ'..='ҿ', 'Ӑ'..='ԯ', 'Ḁ'..='ẕ', 'Ạ'..='ỿ'];
        for letter in ranges.into_iter().flatten().filter(|letter| !"İıŉµΰΐΆΈΉΊΌΎΏάέήίόύώ".contains(*letter))
        {
            assert_eq!(lower(&letter.to_string()), letter.to_lowercase().to_string());
            assert_eq!(upper(&letter.to_string()), letter.to_uppercase().to_string());
        }
        assert_eq!(upper("Straße, ΤΕΛΟΣ, не, 中"), "STRASSE, ΤΕΛΟΣ, НЕ, 中");
        assert_eq!(lower("İ Ы"), "İ ы");
    }
}
