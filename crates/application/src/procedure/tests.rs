use super::*;

#[test]
fn the_shipped_definition_is_sound() {
    let definition = ProcedureDefinition::parse(JUMINHYO_UTSUSHI.as_bytes()).unwrap();
    assert_eq!(definition.id, "juminhyo-utsushi");
}
