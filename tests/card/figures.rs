//! The budget of exchanges, each of which costs 10 to 60 ms on a contactless reader.

#[cfg(test)]
mod tests {
    use shomei_tests::figures::{card_of_usual_length, exchange_figures};
    use shomei_tests::{CARD, issue};

    #[test]
    fn no_operation_takes_more_exchanges_than_it_may() {
        let world = issue().unwrap();
        let card = card_of_usual_length(&world.path().join(CARD)).unwrap();
        let figures = exchange_figures(card.path()).unwrap();
        assert_eq!(figures.iter().filter(|figure| figure.is_limited()).count(), 9);
        for figure in figures {
            assert!(!figure.is_over(), "{}", figure.to_line().unwrap());
        }
    }
}
