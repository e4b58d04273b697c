//! `docs/report.schema.json` with the validator of others, Python's `jsonschema`.

use std::process::Command;

const PROGRAM: &str = "import json, sys, jsonschema\n\
    schema = json.load(open(sys.argv[1]))\n\
    del schema['oneOf']\n\
    schema['$ref'] = '#/$defs/' + sys.argv[2]\n\
    validator = jsonschema.Draft202012Validator(schema)\n\
    for line in open(sys.argv[3]):\n\
    \x20   validator.validate(json.loads(line))";

/// Whether each of these lines keeps to a definition of the schema.
pub(crate) fn check(definition: &str, lines: &str) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("lines");
    std::fs::write(&file, lines).unwrap();
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/report.schema.json");
    let run = |python: &str| {
        Command::new(python)
            .args(["-c", PROGRAM, schema, definition])
            .arg(&file)
            .output()
            .map_err(|error| error.to_string())
            .and_then(|output| match output.status.success() {
                true => Ok(()),
                false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
            })
    };
    // The first may be another than the system's, without the package python3-jsonschema.
    if let Err(error) = run("python3") {
        run("/usr/bin/python3").unwrap_or_else(|other| panic!("{error}\n{other}"));
    }
}
