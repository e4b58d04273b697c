//! Facts 15 to 20 and 31: counters, tries, changes.

use crate::conversation::play;

#[test]
fn fact_15_asking_costs_nothing() {
    let cases = [
        ("the PIN", "pin 9000, query 63C3, query 63C3, query 63C3, query 63C3"),
        ("the password", "password 9000, query 63C5, query 63C5"),
        ("the password by its short identifier", "0020009B 63C5, query 63C5"),
    ];
    play("jpki 9000", &cases);
}

#[test]
fn fact_16_the_pin_has_three_tries_then_not_even_the_right_one_counts() {
    let cases =
        [("all of them", "pin 9000, 9999 63C2, 9999 63C1, 9999 63C0, 9999 6984, 1234 6984, query 63C0")];
    play("jpki 9000", &cases);
}

#[test]
fn fact_17_the_signature_password_has_five_and_the_pin_its_own() {
    let cases = [(
        "all of them",
        "password 9000, XXXXXX 63C4, XXXXXX 63C3, XXXXXX 63C2, XXXXXX 63C1, XXXXXX 63C0, ABC123 6984, \
         pin 9000, query 63C3",
    )];
    play("jpki 9000", &cases);
}

#[test]
fn fact_18_a_right_one_fills_the_counter() {
    let cases = [
        ("the PIN", "pin 9000, 9999 63C2, 9999 63C1, 1234 9000, 9999 63C2"),
        ("the password", "password 9000, XXXXXX 63C4, XXXXXX 63C3, ABC123 9000, XXXXXX 63C4"),
        (
            "and a wrong one closes what a right one opened",
            "password 9000, ABC123 9000, query 9000, XXXXXX 63C4, signature-certificate 9000, read 6982",
        ),
    ];
    play("jpki 9000", &cases);
}

#[test]
fn fact_19_no_bytes_ask_1_to_16_are_a_try_and_more_are_refused() {
    let cases = [
        ("none", "pin 9000, query 63C3"),
        ("one", "pin 9000, 002000800131 63C2"),
        ("sixteen", "pin 9000, 002000801031313131313131313131313131313131 63C2"),
        ("seventeen", "pin 9000, 00200080113131313131313131313131313131313131 6700, query 63C3"),
    ];
    play("jpki 9000", &cases);
}

#[test]
fn fact_20_bytes_are_compared_exactly() {
    let cases = [
        ("letters are not folded, and a fold is a try", "password 9000, abc123 63C4, query 63C4"),
        ("a beginning is not enough", "pin 9000, 0020008003313233 63C2"),
        ("filler is not ignored", "pin 9000, 002000800831323334FFFFFFFF 63C2"),
    ];
    play("jpki 9000", &cases);
}

#[test]
fn fact_31_a_password_changes_only_while_it_stands_verified() {
    let cases = [
        ("not before", "pin 9000, 002401800435363738 6982, 1234 9000"),
        ("not by the other one", "password 9000, ABC123 9000, pin 9000, 002401800435363738 6982"),
        ("not to nothing", "pin 9000, 1234 9000, 00240180 6700, 1234 9000"),
        (
            "not to 17 bytes",
            "pin 9000, 1234 9000, 00240180113131313131313131313131313131313131 6700, 1234 9000",
        ),
        (
            "then only the new one is right",
            "pin 9000, 1234 9000, 002401800435363738 9000, query 9000, 1234 63C2, 002000800435363738 9000",
        ),
        ("by short identifier", "0020009B06414243313233 9000, 0024019B065A5A5A393939 9000, ABC123 63C4"),
        (
            "in the input-support application too",
            "input-support 9000, forms-pin 9000, 002401800435363738 6982, 1234 9000, \
             002401800435363738 9000, 1234 63C2",
        ),
    ];
    play("jpki 9000", &cases);
}
