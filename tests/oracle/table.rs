//! table.txt, the part of the oracle that is checked in: `accuracy/run --write` writes it.
//!
//! A line reads `rule x y` and then the references: `value first second` for one argument (of which `y` is none, or an integer
//! exponent), `value dx dy dxx dxy dyy` for two. A reference is `high:low`, a sum of two floats, or `high:low:exponent` where
//! no float is as large or small; `-` where there is none.

use super::reference::{Reference, scale};

/// A rule at a point.
#[derive(Clone, Debug)]
pub struct Point {
    pub rule: String,
    pub x: f64,
    pub y: f64,
    pub references: Vec<Option<Reference>>,
}

impl Point {
    #[allow(dead_code, reason = "the test reads, and the package accuracy writes")]
    pub fn read(line: &str) -> Self {
        let mut words = line.split(' ');
        let mut word = || words.next().expect("a word in table.txt");
        let number = |word: &str| word.parse::<f64>().expect("a number in table.txt");
        Self {
            rule: word().to_string(),
            x: number(word()),
            y: number(word()),
            references: words.map(read).collect(),
        }
    }

    #[allow(dead_code, reason = "the test reads, and the package accuracy writes")]
    pub fn write(&self) -> String {
        let mut line = format!("{} {:?} {:?}", self.rule, self.x, self.y);
        for reference in &self.references {
            line.push(' ');
            line.push_str(&reference.map_or("-".into(), write));
        }
        line
    }
}

fn read(word: &str) -> Option<Reference> {
    let (high, rest) = word.split_once(':')?;
    let (low, exponent) = rest.split_once(':').unwrap_or((rest, "0"));
    let number = |word: &str| word.parse::<f64>().expect("a number in table.txt");
    let (high, low) = (number(high), number(low));
    let exponent: i32 = exponent.parse().expect("an exponent in table.txt");
    if high == 0.0 {
        return Some(Reference::ZERO);
    }
    let own = ((high.to_bits() >> 52) & 0x7ff) as i32 - 1023;
    Some(Reference {
        high: scale(high, -own),
        low: scale(low, -own),
        exponent: exponent + own,
    })
}

fn write(reference: Reference) -> String {
    let Reference {
        high,
        low,
        exponent,
    } = reference;
    // The low part may not become subnormal.
    if (-900..=1023).contains(&exponent) {
        format!("{:?}:{:.3e}", scale(high, exponent), scale(low, exponent))
    } else {
        format!("{high:?}:{low:.3e}:{exponent}")
    }
}
