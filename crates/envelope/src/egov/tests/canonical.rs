//! Canonical XML 1.0 §3, the examples of the recommendation, without comments.

use super::*;
use bergshamra_c14n::C14nMode;

/// The canonical form of a whole document, as [`tree::read`] lets it in.
pub(super) fn whole(text: &str) -> Result<Vec<u8>, EnvelopeError> {
    let document = tree::read(text)?;
    let prefixes: [&str; 0] = [];
    Ok(bergshamra_c14n::canonicalize_doc(&document, C14nMode::Inclusive, None, &prefixes).unwrap())
}

const INSTRUCTIONS: &str = r#"<?xml version="1.0"?>

<?xml-stylesheet   href="doc.xsl"
   type="text/xsl"   ?>

DTD

<doc>Hello, world!<!-- Comment 1 --></doc>

<?pi-without-data     ?>

<!-- Comment 2 -->

<!-- Comment 3 -->
"#;
const WHITE_SPACE: &str = "<doc>
   <clean>   </clean>
   <dirty>   A   B   </dirty>
   <mixed>
      A
      <clean>   </clean>
      B
      <dirty>   A   B   </dirty>
      C
   </mixed>
</doc>";
const TAGS: &str = r#"DTD<doc>
   <e1   />
   <e2   ></e2>
   <e3   name = "elem3"   id="elem3"   />
   <e4   name="elem4"   id="elem4"   ></e4>
   <e5 a:attr="out" b:attr="sorted" attr2="all" attr="I'm"
      xmlns:b="http://www.ietf.org"
      xmlns:a="http://www.w3.org"
      xmlns="http://example.org"/>
   <e6 xmlns="" xmlns:a="http://www.w3.org">
      <e7 xmlns="http://www.ietf.org">
         <e8 xmlns="" xmlns:a="http://www.w3.org">
            <e9 xmlns="" xmlns:a="http://www.ietf.org"/>
         </e8>
      </e7>
   </e6>
</doc>"#;
const CANONICAL_TAGS: &str = r#"<doc>
   <e1></e1>
   <e2></e2>
   <e3 id="elem3" name="elem3"></e3>
   <e4 id="elem4" name="elem4"></e4>
   <e5 xmlns="http://example.org" xmlns:a="http://www.w3.org" xmlns:b="http://www.ietf.org" attr="I'm" attr2="all" b:attr="sorted" a:attr="out"></e5>
   <e6 xmlns:a="http://www.w3.org">
      <e7 xmlns="http://www.ietf.org">
         <e8 xmlns="">
            <e9 xmlns:a="http://www.ietf.org"></e9>
         </e8>
      </e7>
   </e6>
</doc>"#;
const CHARACTERS: &str = r#"DTD<doc>
   <text>First line&#x0d;&#10;Second line</text>
   <value>&#x32;</value>
   <compute><![CDATA[value>"0" && value<"10" ?"valid":"error"]]></compute>
   <compute expr='value>"0" &amp;&amp; value&lt;"10" ?"valid":"error"'>valid</compute>
   <norm attr=' &apos;   &#x20;&#13;&#xa;&#9;   &apos; '/>
   <normNames attr='   A   &#x20;&#13;&#xa;&#9;   B   '/>
   <normId id=' &apos;   &#x20;&#13;&#xa;&#9;   &apos; '/>
</doc>"#;
const CANONICAL_CHARACTERS: &str = r#"<doc>
   <text>First line&#xD;
Second line</text>
   <value>2</value>
   <compute>value&gt;"0" &amp;&amp; value&lt;"10" ?"valid":"error"</compute>
   <compute expr="value>&quot;0&quot; &amp;&amp; value&lt;&quot;10&quot; ?&quot;valid&quot;:&quot;error&quot;">valid</compute>
   <norm attr=" '    &#xD;&#xA;&#x9;   ' "></norm>
   <normNames attr="   A    &#xD;&#xA;&#x9;   B   "></normNames>
   <normId id=" '    &#xD;&#xA;&#x9;   ' "></normId>
</doc>"#;
const ENTITIES: &str = r#"<!DOCTYPE doc [
<!ATTLIST doc attrExtEnt ENTITY #IMPLIED>
<!ENTITY ent1 "Hello">
<!ENTITY ent2 SYSTEM "world.txt">
<!ENTITY entExt SYSTEM "earth.gif" NDATA gif>
<!NOTATION gif SYSTEM "viewgif.exe">
]>
<doc attrExtEnt="entExt">
   &ent1;, &ent2;!
</doc>"#;
const SUBSET: &str = r#"DTD<doc xmlns="http://www.ietf.org" xmlns:w3c="http://www.w3.org">
   <e1>
      <e2 xmlns="" xml:space="preserve">
         <e3 id="E3"/>
      </e2>
   </e1>
</doc>"#;

/// The examples that have a DTD are refused with it. Without it, they read as if it declared nothing: no default
/// attribute in §3.3, no white space taken from attributes in §3.4.
#[test]
fn the_examples_of_the_recommendation_come_out_as_it_says() {
    let none = "";
    let external = r#"<!DOCTYPE doc SYSTEM "doc.dtd">"#;
    let defaults = r#"<!DOCTYPE doc [<!ATTLIST e9 attr CDATA "default">]>"#;
    let types = "<!DOCTYPE doc [\n<!ATTLIST normId id ID #IMPLIED>\n]>";
    let refused = |offset| Err(EnvelopeError::DocumentType { offset });
    let instructions = "<?xml-stylesheet href=\"doc.xsl\"\n   type=\"text/xsl\"   ?>\n<doc>Hello, world!</doc>\n<?pi-without-data?>";
    let latin = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><doc>&#169;</doc>";
    let encoding = Err(EnvelopeError::Encoding { found: "ISO-8859-1".to_owned() });
    for (section, document, dtd, expected) in [
        ("3.1", INSTRUCTIONS, external, refused(82)),
        ("3.1", INSTRUCTIONS, none, Ok(instructions)),
        ("3.2", WHITE_SPACE, none, Ok(WHITE_SPACE)),
        ("3.3", TAGS, defaults, refused(0)),
        ("3.3", TAGS, none, Ok(CANONICAL_TAGS)),
        ("3.4", CHARACTERS, types, refused(0)),
        ("3.4", CHARACTERS, none, Ok(CANONICAL_CHARACTERS)),
        ("3.5", ENTITIES, none, refused(0)),
        ("3.6", latin, none, encoding),
        ("3.6", "<doc>&#169;</doc>", none, Ok("<doc>©</doc>")),
        ("3.7", SUBSET, types, refused(0)),
    ] {
        let found = whole(&document.replace("DTD", dtd));
        assert_eq!(found.as_deref(), expected.as_ref().map(|text| text.as_bytes()), "§{section} {dtd}");
    }
}

/// §3.7 selects single nodes by XPath, which is never done here; its element e3 alone shows what a subtree inherits.
#[test]
fn a_subtree_takes_namespaces_and_attributes_of_xml_from_around_it() {
    let text = SUBSET.replace("DTD", "");
    let document = tree::read(&text).unwrap();
    let nodes = tree::root(&document).unwrap().tree();
    let forms: Vec<String> =
        nodes.map(|node| String::from_utf8(node.canonical().unwrap()).unwrap()).collect();
    assert_eq!(forms[3], r#"<e3 xmlns:w3c="http://www.w3.org" id="E3" xml:space="preserve"></e3>"#);
    assert!(forms[1].starts_with(r#"<e1 xmlns="http://www.ietf.org" xmlns:w3c="http://www.w3.org">"#));
    assert!(forms[2].starts_with(r#"<e2 xmlns:w3c="http://www.w3.org" xml:space="preserve">"#));
}
