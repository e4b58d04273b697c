/**
 * `docs/formats.md` out of what judges said.
 */

const HEAD = `# Formats and who else can judge them

What we sign, judged by programs of others, and the fields in which each of them accepts a change all the same. This page is
written by a test (\`node --test tests/formats.test.mjs\`), which changes one bit of an octet after the other, of long fields only
of the first and then of every 16th or 64th, and asks the judge about each file. In base64url and hexadecimal it is the last bit
of a digit. To write the page anew, set \`SHOMEI_BLESS=1\`.

**\`shomei verify\` refuses every one of these changes**, in the fields that no signature covers among them: it reads a format in one
form, writes it again and compares. The one exception is what stands around the signed part of an e-Gov form, and is nobody's: it
may change, is never shown as signed, and the report lists it as not covered. A judge that accepts a change in a field that no
signature covers is not at fault: its standard lets it. But two files would then be one signature, and a log, an archive or a search
for duplicates would see two.

Where a field stands in the list, at least one octet of it was changed and accepted. In every other field, every
change that was tried was refused; of the octets of a long field that were not tried this says nothing.

| format | judge | accepts what we sign | octets tried | accepts a change of |
|---|---|---|---|---|
`;

const TAIL = `
## How each judge is asked

| judge | how |
|---|---|
| OpenSSL | \`openssl cms -verify -cades -x509_strict -inform DER -binary -CAfile AUTHORITY\` |
| pyHanko | \`async_validate_cms_signature\` with the authority as the only root: intact, valid and trusted |
| PKI.js | \`SignedData.verify\` with the chain; it does not read the attribute signing-certificate-v2. Octets of the certificate are tried in \`cades-detached\` alone |
| jose | \`compactVerify\`, \`flattenedVerify\` with the signer's key and RS256 alone; it does not look for files |
| pyHanko, of a PDF | \`validate_pdf_signature\`, likewise, and over the whole file |
| pdfsig | "Signature is Valid." and "Total document signed"; it checks no chain, as its library does not know the profile's critical policy |
| joserfc | \`deserialize_compact\`, \`deserialize_json\`, likewise |
| JDK | \`XMLSignature.validate\` with the key of the certificate in the file: it checks no chain |
| xmlsec1 | \`xmlsec1 --verify --trusted-pem AUTHORITY --id-attr:ID 構成情報\`; it takes the fragment's percent-encoding literally, so that it is asked about the same form signed with the fragment in plain letters |
| shomei verify | in the lab's world with its revocation lists |
`;

/** The whole page. Each row: format, judge, whether it accepts the good file, every which octet, accepted fields. */
export function page(rows) {
  const line = ({ format, judge, accepts, step, fields }) => {
    const tried = step === undefined ? "all that another judge of the format is asked about" : `each; of long fields every ${step}th`;
    const list = fields.length === 0 ? "–" : fields.join("; ");
    return `| \`${format}\` | ${judge} | ${accepts ? "yes" : "**no**"} | ${tried} | ${list} |\n`;
  };
  return HEAD + rows.map(line).join("") + TAIL;
}
