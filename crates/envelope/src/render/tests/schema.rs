//! `docs/report.schema.json`: every report keeps to it, and it lists exactly the codes that there are.

use super::samples::{
    self, CHECKS, COMPARED, EXPECTATIONS, FORMATS, ITEMS, REASONS, SEXES, VERDICTS, WORLDS,
};
use crate::testing::validate;
use shomei_application::json::{self, Object, Value};

const SCHEMA: &str = include_str!("../../../../../docs/report.schema.json");

fn definitions() -> Object {
    let schema = json::parse(SCHEMA.as_bytes(), SCHEMA.len()).unwrap();
    schema.as_object().unwrap().get("$defs").unwrap().as_object().unwrap().clone()
}

fn listed(definition: &str) -> Vec<String> {
    let definitions = definitions();
    let codes = definitions.get(definition).unwrap().as_object().unwrap().get("enum").unwrap();
    codes.as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_schema_lists_exactly_the_codes_that_there_are() {
    let distinct = |codes: Vec<&str>| {
        let mut distinct: Vec<String> = Vec::new();
        for code in codes {
            if !distinct.iter().any(|known| known == code) {
                distinct.push(code.to_owned());
            }
        }
        distinct
    };
    let expectations: Vec<String> = EXPECTATIONS.iter().map(ToString::to_string).collect();
    let (failures, gaps, parts) = (samples::failures(), samples::gaps(), samples::not_covered());
    let table: [(&str, Vec<&str>); 12] = [
        ("format", FORMATS.iter().map(|one| one.name()).collect()),
        ("world", WORLDS.iter().map(|one| one.name()).collect()),
        ("verdict", VERDICTS.iter().map(|one| one.name()).collect()),
        ("checkName", CHECKS.iter().map(|one| one.name()).collect()),
        ("failureCode", failures.iter().map(|one| one.code()).collect()),
        ("gapCode", gaps.iter().map(|one| one.code()).collect()),
        ("expectation", expectations.iter().map(String::as_str).collect()),
        ("revocationReason", REASONS.map(|one| one.code()).to_vec()),
        ("notCoveredCode", parts.iter().map(|one| one.code()).collect()),
        ("sex", SEXES.iter().map(|one| one.code()).collect()),
        ("item", ITEMS.iter().map(|one| one.name()).collect()),
        ("comparisonOutcome", COMPARED.iter().map(|one| one.name()).collect()),
    ];
    for (definition, codes) in table {
        let (mut listed, mut known) = (listed(definition), distinct(codes));
        listed.sort();
        known.sort();
        assert_eq!(listed, known, "{definition}");
    }
}

#[test]
fn every_object_of_the_schema_refuses_other_members() {
    fn objects(value: &Value, found: &mut Vec<Object>) {
        if let Some(object) = value.as_object() {
            if object.get("type").and_then(Value::as_str) == Some("object") {
                found.push(object.clone());
            }
            object.iter().for_each(|(_, value)| objects(value, found));
        }
        value.as_array().into_iter().flatten().for_each(|value| objects(value, found));
    }
    let mut found = Vec::new();
    objects(&definitions().into(), &mut found);
    assert!(found.len() > 15);
    for object in found {
        let more = object.get("additionalProperties").and_then(Value::as_boolean);
        assert_eq!(more, Some(false), "{object:?}");
    }
}

#[test]
fn every_report_keeps_to_the_schema_and_another_does_not() {
    let reports: Vec<String> =
        samples::all().iter().map(|report| json::to_canonical_string(&report.to_json())).collect();
    assert_eq!(validate(&reports), vec![true; reports.len()]);
    let broken = [
        reports[0].replacen("\"verdict\":\"valid\"", "\"verdict\":\"good\"", 1),
        reports[0].replacen("\"verdict\":\"valid\",", "", 1),
        reports[0].replacen("\"verdict\"", "\"more\":1,\"verdict\"", 1),
        reports[0].replacen("\"outcome\":\"passed\"", "\"outcome\":\"failed\"", 1),
        reports[0].replacen("\"outcome\":\"passed\"", "\"outcome\":\"passed\",\"reasons\":[{}]", 1),
        reports[0].replacen("\"at\":\"2", "\"at\":\"two", 1),
    ];
    for report in &broken {
        assert_ne!(*report, reports[0]);
    }
    assert_eq!(validate(&broken), [false; 6]);
}
