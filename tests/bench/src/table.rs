//! What was measured, as rows: each with the value of every client, its goal, and whether that was met.

use crate::program::Client;

/// What a figure is to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Goal {
    /// At most so many times that of the client by hand with equal guards.
    AtMostTimes(f64),
    /// At least so many times that.
    AtLeastTimes(f64),
    /// At most so many more than the barest client by hand has.
    AtMostMore(f64),
    /// At most so much.
    AtMost(f64),
    /// None: it stands there to be read beside others.
    None,
}

/// A figure of all clients.
#[derive(Debug, Clone)]
pub struct Row {
    /// Which figure, in words.
    pub figure: String,
    /// What is counted or measured.
    pub unit: &'static str,
    /// The values, in the order of [`Client::ALL`].
    pub values: [Option<f64>; 4],
    /// The client's value over that of the guarded one, where it was measured in pairs: the median of the pairs' ratios.
    pub paired: Option<f64>,
    /// What is wanted.
    pub goal: Goal,
}

impl Row {
    /// A figure without pairs.
    pub fn new(figure: impl Into<String>, unit: &'static str, values: [Option<f64>; 4], goal: Goal) -> Self {
        Self { figure: figure.into(), unit, values, paired: None, goal }
    }

    /// The client's value over another's.
    pub fn ratio(&self, to: Client) -> Option<f64> {
        let place = Client::ALL.iter().position(|client| *client == to)?;
        let values = self.values[0].zip(self.values[place]).map(|(own, other)| own / other);
        if to == Client::Guarded { self.paired.or(values) } else { values }
    }

    /// What the guards cost by hand: the guarded client's value over the barest one's.
    pub fn price_of_guards(&self) -> Option<f64> {
        self.values[1].zip(self.values[2]).map(|(guarded, barest)| guarded / barest)
    }

    /// Whether the goal was met; none, if there is no goal or no figure.
    pub fn is_met(&self) -> Option<bool> {
        match self.goal {
            Goal::AtMostTimes(most) => self.ratio(Client::Guarded).map(|ratio| ratio <= most),
            Goal::AtLeastTimes(least) => self.ratio(Client::Guarded).map(|ratio| ratio >= least),
            Goal::AtMostMore(more) => self.values[0].zip(self.values[2]).map(|(own, barest)| own <= barest + more),
            Goal::AtMost(most) => self.values[0].map(|own| own <= most),
            Goal::None => None,
        }
    }

    /// Whether it is a budget, and more than that.
    pub fn exceeds_budget(&self) -> bool {
        matches!(self.goal, Goal::AtMost(_) | Goal::AtMostMore(_)) && self.is_met() == Some(false)
    }

    fn cells(&self) -> [String; 9] {
        let [client, guarded, barest, progenitor] = self.values.map(number);
        let verdict = match self.is_met() {
            Some(true) => "met",
            Some(false) => "**missed**",
            None if self.goal == Goal::None => "",
            None => "not measured",
        };
        let figure = if self.unit.is_empty() { self.figure.clone() } else { format!("{}, {}", self.figure, self.unit) };
        [
            figure,
            client,
            guarded,
            barest,
            progenitor,
            ratio(self.ratio(Client::Guarded)),
            ratio(self.price_of_guards()),
            goal(self.goal),
            verdict.to_owned(),
        ]
    }
}

/// The rows as a table of Markdown, which is aligned and can be read on a terminal.
pub fn markdown(rows: &[Row]) -> String {
    let head =
        ["figure", "client", "by hand", "barest", "progenitor", "client ÷ by hand", "price of guards", "goal", ""];
    let mut lines = vec![head.map(str::to_owned)];
    lines.extend(rows.iter().map(Row::cells));
    let width =
        |column: usize| lines.iter().map(|cells| cells[column].chars().count()).max().unwrap_or_default().max(3);
    let widths: [usize; 9] = std::array::from_fn(width);
    let rule = (0..9).map(|column| {
        let (dashes, end) = (widths[column] - 1, if is_number(column) { ":" } else { "-" });
        format!("{}{end}", "-".repeat(dashes))
    });
    let rule: Vec<String> = rule.collect();
    let mut text = String::new();
    for (place, cells) in lines.iter().enumerate() {
        let padded = cells.iter().enumerate().map(|(column, cell)| {
            let width = widths[column];
            if is_number(column) { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
        });
        text.push_str(&format!("| {} |\n", padded.collect::<Vec<_>>().join(" | ")));
        if place == 0 {
            text.push_str(&format!("| {} |\n", rule.join(" | ")));
        }
    }
    text
}

fn is_number(column: usize) -> bool {
    (1..7).contains(&column)
}

/// Digits in groups of three; with decimals where there are few digits.
fn number(value: Option<f64>) -> String {
    let Some(value) = value else { return "–".to_owned() };
    let decimals = match value {
        value if value.fract() == 0.0 || value >= 1000.0 => 0,
        value if value >= 100.0 => 1,
        _ => 2,
    };
    let text = format!("{value:.decimals$}");
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + rest
}

fn ratio(ratio: Option<f64>) -> String {
    ratio.map_or("–".to_owned(), |ratio| format!("{ratio:.3}"))
}

fn goal(goal: Goal) -> String {
    match goal {
        Goal::AtMostTimes(most) => format!("≤ {most:.2} × by hand"),
        Goal::AtLeastTimes(least) => format!("≥ {least:.2} × by hand"),
        Goal::AtMostMore(more) => format!("≤ barest + {more:.0}"),
        Goal::AtMost(most) => format!("≤ {}", number(Some(most))),
        Goal::None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(values: [f64; 4], goal: Goal) -> Row {
        Row::new("it", "bytes", values.map(Some), goal)
    }

    #[test]
    fn a_goal_is_held_against_the_baseline_that_it_names() {
        let values = [104.0, 100.0, 99.0, 1.0];
        for (goal, is_met) in [
            (Goal::AtMostTimes(1.04), Some(true)),
            (Goal::AtMostTimes(1.03), Some(false)),
            (Goal::AtLeastTimes(1.04), Some(true)),
            (Goal::AtLeastTimes(1.05), Some(false)),
            (Goal::AtMostMore(5.0), Some(true)),
            (Goal::AtMostMore(4.0), Some(false)),
            (Goal::AtMost(104.0), Some(true)),
            (Goal::AtMost(103.0), Some(false)),
            (Goal::None, None),
        ] {
            assert_eq!(row(values, goal).is_met(), is_met, "{goal:?}");
        }
    }

    #[test]
    fn only_what_is_counted_by_itself_is_a_budget() {
        let exceeds = |goal| row([104.0, 100.0, 99.0, 1.0], goal).exceeds_budget();
        assert!(exceeds(Goal::AtMost(103.0)) && exceeds(Goal::AtMostMore(4.0)));
        assert!(!exceeds(Goal::AtMost(104.0)) && !exceeds(Goal::AtMostTimes(1.03)));
    }

    #[test]
    fn the_ratio_of_pairs_counts_where_there_is_one() {
        let paired = Row { paired: Some(1.5), ..row([1.0; 4], Goal::AtMostTimes(1.03)) };
        assert_eq!(paired.is_met(), Some(false));
    }

    #[test]
    fn what_was_not_measured_is_neither_met_nor_missed() {
        let row = Row::new("it", "", [Some(1.0), None, None, None], Goal::AtMostTimes(1.03));
        assert_eq!(row.is_met(), None);
        assert!(markdown(&[row]).contains("not measured"));
    }

    #[test]
    fn numbers_are_grouped_and_small_ones_have_decimals() {
        let text = [1_234_567.0, 999.0, 123.45, 0.5].map(|value| number(Some(value)));
        assert_eq!(text, ["1,234,567", "999", "123.5", "0.50"]);
    }
}
