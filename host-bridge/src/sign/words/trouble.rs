//! The window's ends without a signature, in English.

use crate::card::Trouble;

/// What happened, whether a try was lost, what to do next.
pub(super) const fn english(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Blocked => {
            "The signature password is locked, after too many wrong ones. Have it reset at your municipality's counter."
        }
        Trouble::TooManyWrong => {
            "Stopped after three wrong passwords, each of which cost a try. Find out the password, then run this again."
        }
        Trouble::NoCertificate => {
            "This card holds no signature certificate. No try was lost. Municipal counters issue one."
        }
        Trouble::Expired => {
            "The signature certificate has expired. No try was lost. Have it renewed at your municipality's counter."
        }
        Trouble::NotYetValid => {
            "The signature certificate is not valid yet. No try was lost. Look at this computer's date and time."
        }
        Trouble::UnknownCertificate => {
            "This card's certificate cannot be used. No try was lost. Make sure that it is a My Number Card."
        }
        Trouble::SelfCheck => {
            "The finished signature did not check. No try was lost. Put the card back and run this again."
        }
        Trouble::CardError => {
            "The card answered something unexpected. Put the card back and run this again; the window tells how many tries are left."
        }
        Trouble::UnfitFile => {
            "The file takes no further signature. No try was lost. Wait a moment and run this again; if it stays so, make the file anew."
        }
        Trouble::NotDelivered => "Signed, but not written. No try was lost.",
    }
}
