//! The module of the offline verify page: a thin layer between JavaScript values and the crates that hold the rules.
//!
//! Nothing here asks anybody about revocation: its answer is always unknown, and so no verdict is ever
//! [`Valid`](shomei_envelope::Verdict::Valid). Files and the time come from the page.

mod refusal;
mod verification;

use js_sys::{Function, Uint8Array};
use refusal::Refusal;
use shomei_envelope::render::{self, Language};
use shomei_envelope::{Report, Unopened};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};

/// What files are judged by: authorities, expectations and a time. It holds for any number of files.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Verification(verification::Verification);

/// The report on one file, in the reader's language and as often as it is asked for.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Judged(Report);

#[wasm_bindgen]
impl Verification {
    /// `world` is `production`, `jlis-test` or `lab`; `authorities` are certificates of signature authorities in DER, and
    /// in the world `production` come to those that are built in; `expectations` is a file as `shomei verify --expect`
    /// takes it; `at` is `YYYY-MM-DDThh:mm:ssZ`.
    ///
    /// # Errors
    /// Throws `{code, detail, index?}`: `unknown-world`, `no-authorities`, `bad-authority` with its index,
    /// `bad-expectations`, `bad-time`.
    #[wasm_bindgen(constructor)]
    pub fn new(
        world: &str,
        authorities: Vec<Uint8Array>,
        expectations: Option<Vec<u8>>,
        at: &str,
    ) -> Result<Self, JsValue> {
        let authorities: Vec<Vec<u8>> = authorities.iter().map(Uint8Array::to_vec).collect();
        let inputs = verification::Verification::new(world, &authorities, expectations.as_deref(), at);
        Ok(Self(inputs?))
    }

    /// The report on the file of this name. `beside` is asked for each file that its signatures are over, by name, and
    /// returns a Uint8Array, or `undefined` where there is no such file.
    ///
    /// # Errors
    /// Throws `{code, detail, file?}`: the codes of unusable files in `docs/report.schema.json`, `file-missing` with the
    /// file's name; and whatever `beside` throws.
    pub fn judge(&self, name: &str, octets: &[u8], beside: &Function) -> Result<Judged, JsValue> {
        let file = |name: &str| {
            let answer = beside.call1(&JsValue::NULL, &name.into())?;
            match answer.dyn_into::<Uint8Array>() {
                Ok(octets) => Ok(octets.to_vec()),
                Err(_) => Err(Refusal::missing(name).into()),
            }
        };
        self.0.judge(name, octets, file).map(Judged).map_err(|unopened| match unopened {
            Unopened::Signature(error) => Refusal::from(&error).into(),
            Unopened::Beside(thrown) => thrown,
        })
    }
}

#[wasm_bindgen]
impl Judged {
    /// `invalid` or `revocation-unknown`.
    #[wasm_bindgen(getter)]
    pub fn verdict(&self) -> String {
        self.0.verdict().name().to_owned()
    }

    /// The verdict in words. `language` is `ja`, `en` or `easy`; any other word counts as `ja`.
    #[wasm_bindgen(js_name = verdictWords)]
    pub fn verdict_words(&self, language: &str) -> String {
        render::verdict(self.0.verdict(), language_of(language)).to_owned()
    }

    /// The report as one `article` of HTML, in which everything from outside is escaped.
    pub fn html(&self, language: &str) -> String {
        render::fragment(&self.0, language_of(language))
    }

    /// The report as JSON, as `shomei verify --json` prints it.
    pub fn json(&self) -> String {
        shomei_application::json::to_canonical_string(&self.0.to_json())
    }
}

fn language_of(name: &str) -> Language {
    Language::ALL.into_iter().find(|language| language.name() == name).unwrap_or(Language::Japanese)
}
