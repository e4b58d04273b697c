//! What is measured: figures in the lines that `cargo xtask bench` reads.

mod envelopes;
mod figure;
mod length;
mod national;
mod opensc;
mod operations;
mod ours;
mod overhead;
mod theirs;
mod window;

pub use envelopes::envelope_figures;
pub(crate) use envelopes::{FORM_FILE, Kind, Made};
pub use figure::{Figure, Unit};
pub use length::card_of_usual_length;
pub use national::national_figures;
pub use opensc::opensc_figures;
pub use operations::exchange_figures;
pub use overhead::overhead_figure;
pub use window::window_figure;
