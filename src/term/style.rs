//! How text looks: the attributes and colours of "select graphic rendition" (ECMA-48, SGR).

/// How text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    pub colour: Colour,
    pub background: Colour,
    pub bold: bool,
    pub dim: bool,
    pub italic: bool,
    pub underline: bool,
    pub inverse: bool,
    pub struck: bool,
}

/// A colour of text or background.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    #[default]
    Default,
    /// 0 to 7 the plain colours from black to white, 8 to 15 the bright ones, then xterm's cube and greys.
    Indexed(u8),
    Rgb(u8, u8, u8),
}

impl Style {
    /// The style after a "select graphic rendition" sequence with these numbers.
    pub(super) fn select(mut self, numbers: &[u16]) -> Style {
        let mut numbers = numbers.iter().copied();
        while let Some(number) = numbers.next() {
            match number {
                0 => self = Style::default(),
                1 => self.bold = true,
                2 => self.dim = true,
                3 => self.italic = true,
                4 => self.underline = true,
                7 => self.inverse = true,
                9 => self.struck = true,
                22 => (self.bold, self.dim) = (false, false),
                23 => self.italic = false,
                24 => self.underline = false,
                27 => self.inverse = false,
                29 => self.struck = false,
                30..=37 | 90..=97 => self.colour = plain_colour(number - 30),
                40..=47 | 100..=107 => self.background = plain_colour(number - 40),
                38 => self.colour = extended_colour(&mut numbers).unwrap_or(self.colour),
                48 => self.background = extended_colour(&mut numbers).unwrap_or(self.background),
                39 => self.colour = Colour::Default,
                49 => self.background = Colour::Default,
                _ => {}
            }
        }
        self
    }

    /// The sequence that makes plain text look so; empty for plain text.
    pub fn sequence(self) -> String {
        let mut numbers: Vec<String> = Vec::new();
        let flags = [
            (self.bold, 1),
            (self.dim, 2),
            (self.italic, 3),
            (self.underline, 4),
            (self.inverse, 7),
            (self.struck, 9),
        ];
        numbers.extend(flags.iter().filter(|(set, _)| *set).map(|(_, number)| number.to_string()));
        for (colour, plain) in [(self.colour, 30), (self.background, 40)] {
            match colour {
                Colour::Default => {}
                Colour::Indexed(index @ 0..8) => numbers.push((plain + u32::from(index)).to_string()),
                Colour::Indexed(index @ 8..16) => {
                    numbers.push((plain + 60 + u32::from(index) - 8).to_string())
                }
                Colour::Indexed(index) => numbers.push(format!("{};5;{index}", plain + 8)),
                Colour::Rgb(red, green, blue) => {
                    numbers.push(format!("{};2;{red};{green};{blue}", plain + 8))
                }
            }
        }
        if numbers.is_empty() { String::new() } else { format!("\x1b[{}m", numbers.join(";")) }
    }
}

/// 0 to 7, or 60 to 67 for the bright ones.
fn plain_colour(number: u16) -> Colour {
    Colour::Indexed(if number < 8 { number as u8 } else { (number - 60 + 8) as u8 })
}

fn extended_colour(numbers: &mut impl Iterator<Item = u16>) -> Option<Colour> {
    let mut byte = || numbers.next().and_then(|number| u8::try_from(number).ok());
    match byte()? {
        5 => Some(Colour::Indexed(byte()?)),
        2 => Some(Colour::Rgb(byte()?, byte()?, byte()?)),
        _ => None,
    }
}
