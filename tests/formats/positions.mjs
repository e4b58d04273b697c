/**
 * Every octet of a signed file with the name of the field that it belongs to, and the file with that octet changed.
 */

/** Fields of CMS (RFC 5652) in their order. What has no fields of its own here is one: its octets have its name. */
const algorithm = (name) => ({ name, fields: [{ name: `${name}: algorithm` }, { name: `${name}: parameters` }] });
const signer = {
  name: "SignerInfo",
  fields: [
    { name: "SignerInfo version" },
    { name: "sid", fields: [{ name: "sid: issuer" }, { name: "sid: serialNumber" }] },
    algorithm("SignerInfo digestAlgorithm"),
    { name: "signedAttrs" },
    algorithm("signatureAlgorithm"),
    { name: "signature" },
  ],
};
const content = { name: "eContent [0]", fields: [{ name: "eContent" }] };
const signedData = {
  name: "SignedData",
  fields: [
    { name: "SignedData version" },
    { name: "digestAlgorithms", fields: [algorithm("digestAlgorithms")] },
    { name: "encapContentInfo", fields: [{ name: "eContentType" }, content] },
    { name: "certificates" },
    { name: "signerInfos", fields: [signer] },
  ],
};
const contentInfo = {
  name: "ContentInfo",
  fields: [{ name: "contentType" }, { name: "content [0]", fields: [signedData] }],
};

/** The octets of an element's identifier and length, and where it ends. */
function header(octets, start) {
  const first = octets[start + 1];
  const count = first < 0x80 ? 0 : first & 0x7f;
  const length = count === 0 ? first : octets.readUIntBE(start + 2, count);
  return { content: start + 2 + count, end: start + 2 + count + length };
}

function nameElement(octets, start, schema, names) {
  const { content: inside, end } = header(octets, start);
  names.fill(schema.name, start, end);
  if (schema.fields === undefined) return end;
  names.fill(`${schema.name} (tag and length)`, start, inside);
  let place = inside;
  for (const field of schema.fields) {
    if (place >= end) break;
    place = nameElement(octets, place, field, names);
  }
  return end;
}

export function namesOfCms(octets) {
  const names = new Array(octets.length);
  nameElement(octets, 0, contentInfo, names);
  return names;
}

export function namesOfJws(octets) {
  const text = octets.toString("ascii");
  const [protectedPart, payload] = text.split(".");
  const afterPayload = protectedPart.length + 1 + payload.length;
  return Array.from(octets, (_, place) => {
    if (text[place] === ".") return "a full stop";
    if (place < protectedPart.length) return "protected header";
    if (place < afterPayload) return "payload";
    return place === octets.length - 1 ? "signature: its last character" : "signature";
  });
}

export function namesOfFlattened(octets) {
  const text = octets.toString("ascii");
  const names = new Array(octets.length).fill("JSON around the members");
  for (const member of ["payload", "protected", "signature"]) {
    const start = text.indexOf(`"${member}":"`) + member.length + 4;
    const end = text.indexOf('"', start);
    names.fill(member, start, end);
    if (member === "signature") names[end - 1] = "signature: its last character";
  }
  return names;
}

const ELEMENTS = ["様式ID", "様式バージョン", "STYLESHEET", "構成情報", "その他", "SignedInfo", "SignatureValue", "KeyInfo"];

/** Elements by their tags, which each document has once. */
export function namesOfXml(octets) {
  const names = new Array(octets.length).fill("around these elements, the time of signing (Id) among it");
  for (const element of ELEMENTS) {
    const start = octets.indexOf(`<${element}`);
    const close = `</${element}>`;
    names.fill(element, start, octets.indexOf(close) + Buffer.byteLength(close));
  }
  return names;
}

/**
 * The octets before and after Contents, and the fields of the signature in them. Only the lower digit of each of its octets
 * has a name.
 */
export function namesOfPdf(octets) {
  const names = new Array(octets.length).fill("all but Contents");
  const start = octets.indexOf("/Contents <") + "/Contents <".length;
  const end = octets.indexOf(">", start);
  names[start - 1] = names[end] = "brackets of Contents";
  const fields = namesOfCms(Buffer.from(octets.toString("latin1", start, end), "hex"));
  names.fill(undefined, start, end);
  fields.forEach((name, place) => (names[start + 2 * place + 1] = name));
  return names;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Its last bit changed. */
export const otherBit = (octet) => octet ^ 1;

/** A character of base64url with its last bit changed, any other octet likewise: a full stop becomes a slash. */
export function otherCharacter(octet) {
  const index = ALPHABET.indexOf(String.fromCharCode(octet));
  return index < 0 ? octet ^ 1 : ALPHABET.charCodeAt(index ^ 1);
}

const DIGITS = "0123456789ABCDEF";

/** A hexadecimal digit with its last bit changed, any other octet likewise. */
export function otherDigit(octet) {
  const value = DIGITS.indexOf(String.fromCharCode(octet));
  return value < 0 ? octet ^ 1 : DIGITS.charCodeAt(value ^ 1);
}

/** The file with one octet changed. */
export function changed(octets, place, other) {
  const copy = Buffer.from(octets);
  copy[place] = other(octets[place]);
  return copy;
}
