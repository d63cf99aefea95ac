//! The figures as a picture: time and memory against operations, on scales that double by equal steps, so that what grows
//! evenly is a straight line.

use std::fmt::Write as _;

use crate::measure::{Kind, Measured};
use crate::report::{MEMORY, TIME};

/// Where a panel begins and how large it is, in pixels.
const PANEL: Panel = Panel { left: 70.0, top: 60.0, width: 330.0, height: 260.0 };
/// From the left of one panel to the left of the next.
const STEP: f64 = 450.0;

struct Panel {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

/// A panel's title, its figures, and the goal at each size.
struct Subject {
    title: &'static str,
    figure: fn(&Measured) -> f64,
    goal: fn(f64) -> f64,
    goal_name: &'static str,
}

const SUBJECTS: [Subject; 2] = [
    Subject {
        title: "Time computed, seconds",
        figure: |figure| figure.computed / 1e3,
        goal: |operations| operations * TIME / 1e3,
        goal_name: "1.5 ms an operation",
    },
    Subject { title: "Peak memory, MiB", figure: |figure| figure.peak, goal: |_| MEMORY, goal_name: "1 GiB" },
];

/// The picture, as SVG.
pub fn draw(figures: &[Measured]) -> String {
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 900 400\" font-family=\"sans-serif\" font-size=\"13\">\n\
        <title>Making the client: time and memory against operations</title>\n\
        <rect width=\"900\" height=\"400\" fill=\"#ffffff\"/>\n",
    );
    for (number, subject) in SUBJECTS.iter().enumerate() {
        panel(&mut svg, figures, subject, PANEL.left + STEP * number as f64);
    }
    svg.push_str("</svg>\n");
    svg
}

/// A scale on which each power of ten has the same length.
struct Scale {
    least: f64,
    most: f64,
}

impl Scale {
    /// A scale that these figures fit on, from one power of ten to another.
    fn of(figures: impl Iterator<Item = f64>) -> Self {
        let figures: Vec<f64> = figures.filter(|figure| *figure > 0.0).map(f64::log10).collect();
        let least = figures.iter().copied().fold(f64::INFINITY, f64::min).floor();
        let most = figures.iter().copied().fold(f64::NEG_INFINITY, f64::max).ceil();
        Self { least, most: most.max(least + 1.0) }
    }

    /// Where a figure is, from 0 to 1.
    fn place(&self, figure: f64) -> f64 {
        (figure.log10() - self.least) / (self.most - self.least)
    }

    /// The powers of ten.
    fn steps(&self) -> impl Iterator<Item = f64> {
        (self.least as i32..=self.most as i32).map(|power| 10f64.powi(power))
    }
}

fn panel(svg: &mut String, figures: &[Measured], subject: &Subject, left: f64) {
    let Panel { top, width, height, .. } = PANEL;
    let sizes = || figures.iter().map(|figure| figure.operations as f64);
    let across = Scale::of(sizes());
    let up = Scale::of(figures.iter().map(subject.figure).chain(sizes().map(subject.goal)));
    let x = |operations: f64| left + width * across.place(operations);
    let y = |figure: f64| top + height * (1.0 - up.place(figure));
    // Writing to a text does not fail.
    let mut line = |text: String| {
        let _ = writeln!(svg, "{text}");
    };
    line(format!("<text x=\"{left}\" y=\"30\" font-size=\"16\">{}</text>", subject.title));
    for step in across.steps() {
        let (at, bottom) = (x(step), top + height);
        line(format!("<path d=\"M{at:.1} {top}V{bottom}\" stroke=\"#dddddd\"/>"));
        line(format!("<text x=\"{at:.1}\" y=\"{}\" text-anchor=\"middle\">{step}</text>", bottom + 20.0));
    }
    for step in up.steps() {
        let at = y(step);
        line(format!("<path d=\"M{left} {at:.1}H{}\" stroke=\"#dddddd\"/>", left + width));
        line(format!("<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{step}</text>", left - 8.0, at + 4.0));
    }
    let middle = left + width / 2.0;
    line(format!("<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">operations</text>", top + height + 40.0));
    let goal: Vec<String> = sizes().map(|size| format!("{:.1},{:.1}", x(size), y((subject.goal)(size)))).collect();
    line(format!(
        "<polyline points=\"{}\" fill=\"none\" stroke=\"#999999\" stroke-dasharray=\"5 4\"/>",
        goal.join(" ")
    ));
    for (number, kind) in Kind::ALL.into_iter().enumerate() {
        let colour = ["#0b6e99", "#c2571a"][number];
        let of_kind: Vec<&Measured> = figures.iter().filter(|figure| figure.kind == kind).collect();
        let place = |figure: &&Measured| (x(figure.operations as f64), y((subject.figure)(figure)));
        let points: Vec<String> = of_kind.iter().map(place).map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        line(format!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
            points.join(" ")
        ));
        for (x, y) in of_kind.iter().map(place) {
            line(format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"{colour}\"/>"));
        }
        let (text, at) = (kind.name().replace('-', " "), top + 18.0 + 18.0 * number as f64);
        line(format!("<text x=\"{}\" y=\"{at}\" fill=\"{colour}\">{text}</text>", left + 10.0));
    }
    let at = top + 54.0;
    line(format!("<text x=\"{}\" y=\"{at}\" fill=\"#777777\">goal: {}</text>", left + 10.0, subject.goal_name));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_is_a_point_within_the_picture() {
        let figure = |operations: usize, kind| {
            let computed = operations as f64;
            Measured { operations, kind, computed, elapsed: computed, peak: computed }
        };
        let figures: Vec<Measured> =
            Kind::ALL.into_iter().flat_map(|kind| [50, 500, 5000].map(|operations| figure(operations, kind))).collect();
        let svg = draw(&figures);
        let places: Vec<f64> =
            svg.split("cx=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok()).collect();
        assert_eq!(places.len(), 2 * figures.len());
        assert!(places.iter().all(|place| (0.0..900.0).contains(place)), "{places:?}");
    }
}
