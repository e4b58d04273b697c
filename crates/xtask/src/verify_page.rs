//! The offline verify page: one file with everything inside, under a policy that lets nothing in or out.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use crate::node::Node;
use crate::process::{root, say, target};
use crate::setup::Tools;
use crate::webassembly::{Compiler, Glue, Module, bundle};

const MODULE: Module =
    Module { package: "shomei-verify-page", out_name: "verification", glue: Glue::Inlined };

/// The page that is given away, in the build folder.
const PAGE: &str = "verify-page/shomei-verify.html";

/// The page's own scripts, in the order in which they need each other.
const SCRIPTS: [&str; 5] = ["words.js", "files.js", "judging.js", "showing.js", "page.js"];

/// Nothing is loaded, sent or embedded; only this very script and this very style are used.
const POLICY: &str = "default-src 'none'; script-src 'sha256-{script}' 'wasm-unsafe-eval'; style-src 'sha256-{style}'; \
                      img-src data:; base-uri 'none'; form-action 'none'";

/// Builds the page and says where it is.
pub fn build_alone(tools: &Tools) -> Result<()> {
    build(tools.webassembly, &tools.node)?;
    say(format!("The page is {}", target().join(PAGE).display()));
    Ok(())
}

/// Builds `target/verify-page/shomei-verify.html`, and beside it in `module/` what is inside, for tests.
pub fn build(compiler: Compiler, node: &Node) -> Result<()> {
    let module = target().join("verify-page/module");
    bundle(compiler, node, &MODULE, &module)?;
    let source = root().join("verify-page/page");
    let parts = Parts {
        template: read(&source.join("index.html"))?,
        style: read(&source.join("page.css"))?,
        report_style: read(&root().join("crates/envelope/src/render/report.css"))?,
        glue: read(&module.join("verification.js"))?,
        module: fs::read(module.join("verification_bg.wasm")).context("the module")?,
        scripts: SCRIPTS.iter().map(|name| read(&source.join(name))).collect::<Result<_>>()?,
    };
    fs::write(target().join(PAGE), parts.assemble()?).context("writing the verify page")
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

/// What the page is made of.
struct Parts {
    template: String,
    style: String,
    report_style: String,
    glue: String,
    module: Vec<u8>,
    scripts: Vec<String>,
}

impl Parts {
    fn assemble(&self) -> Result<String> {
        let style = format!("\n{}{}", self.report_style, self.style);
        let script = self.script();
        ensure!(!style.contains("</style"), "a style would end early");
        // What a browser reads as the start of a comment or of another script would end the script elsewhere, too.
        for ending in ["</script", "<!--", "<script", "\r"] {
            ensure!(!script.to_ascii_lowercase().contains(ending), "a script contains {ending:?}");
        }
        let policy = POLICY.replace("{script}", &sha256(&script)).replace("{style}", &sha256(&style));
        let mut page = self.template.clone();
        for (place, text) in [("{policy}", &policy), ("{style}", &style), ("{script}", &script)] {
            let (before, after) =
                page.split_once(place).with_context(|| format!("{place} is not in the page"))?;
            page = format!("{before}{text}{after}");
        }
        Ok(page)
    }

    /// One classic script that leaves no name behind.
    fn script(&self) -> String {
        let module = BASE64_STANDARD.encode(&self.module);
        let own = self.scripts.join("\n");
        format!("\n(() => {{\n\"use strict\";\n{}\nconst MODULE = \"{module}\";\n{own}}})();\n", self.glue)
    }
}

/// As a content security policy writes it (CSP Level 3 §2.3.1).
fn sha256(text: &str) -> String {
    BASE64_STANDARD.encode(Sha256::digest(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(script: &str) -> Parts {
        Parts {
            template: "<meta content=\"{policy}\"><style>{style}</style><script>{script}</script>".to_owned(),
            style: "b{}\n".to_owned(),
            report_style: "a{}\n".to_owned(),
            glue: "let wasm_bindgen;".to_owned(),
            module: b"wasm".to_vec(),
            scripts: vec![script.to_owned()],
        }
    }

    #[test]
    fn the_policy_names_what_is_inside() {
        let page = parts("start();").assemble().unwrap();
        let between =
            |start: &str, end: &str| page.split(start).nth(1).unwrap().split(end).next().unwrap().to_owned();
        let (style, script) = (between("<style>", "</style>"), between("<script>", "</script>"));
        assert_eq!(style, "\na{}\nb{}\n");
        assert!(script.contains("const MODULE = \"d2FzbQ==\";\nstart();"));
        assert!(page.contains(&format!("style-src 'sha256-{}';", sha256(&style))));
        assert!(page.contains(&format!("script-src 'sha256-{}' 'wasm-unsafe-eval';", sha256(&script))));
    }

    #[test]
    fn a_part_that_would_end_the_script_is_refused() {
        for script in ["\"</script>\"", "\"</SCRIPT\"", "\"<!--\"", "\"<script\"", "a\r\n"] {
            assert!(parts(script).assemble().is_err(), "{script}");
        }
    }
}
