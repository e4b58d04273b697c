//! The rows as a table for people.

use super::row::Row;

/// Figure, ours, what it stands beside, ratio.
type Cells = [String; 4];

/// The lines of the table, its head first. A figure with a peer and a limit takes two.
pub fn lines(rows: &[Row]) -> Vec<String> {
    let head = ["figure", "ours", "peer or limit", "ratio"].map(str::to_owned);
    let cells: Vec<Cells> = std::iter::once(head).chain(rows.iter().flat_map(cells)).collect();
    let mut widths = [0; 4];
    for row in &cells {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    cells.iter().map(|row| line(row, widths)).collect()
}

fn line(row: &Cells, widths: [usize; 4]) -> String {
    let padded = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
    padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
}

fn cells(row: &Row) -> Vec<Cells> {
    let name = row.peer_name.as_deref().unwrap_or_default();
    let peer = row.peer.map(|peer| (format!("{name} {}", number(peer)), ratio(row.ours, peer)));
    let over = if row.is_over() { " over" } else { "" };
    let limit = row
        .limit
        .map(|limit| (format!("limit {}", number(limit)), format!("{}{over}", ratio(row.ours, limit))));
    let mut beside: Vec<_> = peer.into_iter().chain(limit).collect();
    if beside.is_empty() {
        beside.push(("–".to_owned(), "–".to_owned()));
    }
    let ours = format!("{} {}", number(row.ours), row.unit);
    beside.into_iter().map(|(beside, ratio)| [row.figure.clone(), ours.clone(), beside, ratio]).collect()
}

fn ratio(ours: f64, other: f64) -> String {
    if other == 0.0 { "–".to_owned() } else { format!("{:.2}", ours / other) }
}

/// Counts are whole, times are not.
fn number(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}

#[cfg(test)]
mod tests {
    use super::super::row::parse;
    use super::*;

    #[test]
    fn a_row_stands_beside_its_peer_and_its_limit() {
        let rows = parse(concat!(
            r#"{"figure":"filing","ours":18,"peer":36,"peerName":"somebody","limit":17,"unit":"exchanges"}"#,
            "\n",
            r#"{"figure":"window","ours":2.756,"unit":"ms"}"#,
            "\n",
            r#"{"figure":"own","ours":5,"limit":20,"unit":"µs"}"#,
        ));
        let expected = [
            "figure  ours          peer or limit  ratio",
            "filing  18 exchanges  somebody 36    0.50",
            "filing  18 exchanges  limit 17       1.06 over",
            "window  2.76 ms       –              –",
            "own     5 µs          limit 20       0.25",
        ];
        assert_eq!(lines(&rows.unwrap()), expected);
    }
}
