import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const packed = join(process.env.SHOMEI_TARGET ?? join(root, "target"), "wasm/package");

/** What a visitor of a form loads before anything is signed, in octets after gzip. */
const MAX_PACKED = 130_000;

test("the module is small enough to load with a form", async () => {
  const octets = gzipSync(await readFile(join(packed, "shomei_module_bg.wasm")), { level: 9 }).length;
  assert.ok(octets <= MAX_PACKED, `${octets} octets after gzip, at most ${MAX_PACKED}`);
});

const DEFINITION = join(root, "crates/application/procedures/juminhyo-utsushi.json");

const FILLED = {
  "applicant-name": "山田 太郎",
  "applicant-address": "千葉県みほん市本町１丁目２番３号",
  "applicant-birth": "1985-04-01",
  "applicant-telephone": "043-000-1234",
  scope: "household",
  householder: "omit",
  domicile: "omit",
  copies: "1",
  purpose: "勤務先への提出",
  "submit-to": "株式会社みほん",
  delivery: "mail",
};

const ISSUED = {
  challenge: {
    value: "A".repeat(43),
    createdAt: "2026-11-23T03:00:00Z",
    expiresAt: "2026-11-23T03:30:00Z",
  },
  recipient: { id: "129992", name: "みほん市", origin: "https://shinsei.city.mihon.lg.jp" },
  procedure: { id: "juminhyo-utsushi", version: "1", sha256: null },
  filing: ["members that the document does not need are the site's own affair", 0.5, null],
};

let module;
let definition;

/** The module as a page loads it, but from a file; the form of a page is the object of its answers here. */
before(async () => {
  module = await import(join(packed, "shomei_module.js"));
  await module.default({ module_or_path: await readFile(join(packed, "shomei_module_bg.wasm")) });
  definition = await readFile(DEFINITION, "utf8");
  globalThis.FormData = class {
    constructor(form) {
      this.form = form;
    }
    entries() {
      return Object.entries(this.form).values();
    }
  };
});

/** What the module throws. */
function thrown(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  return assert.fail("nothing was thrown");
}

test("a filled form and what the server issued become a document", () => {
  const document = JSON.parse(module.buildDocument(FILLED, definition, ISSUED, "cades"));
  assert.equal(document.recipient.origin, ISSUED.recipient.origin);
  assert.equal(document.challenge.value, ISSUED.challenge.value);
});

test("what is wrong with a form comes as plain values", () => {
  assert.deepEqual(module.checkForm(FILLED, definition), []);
  assert.deepEqual(module.checkForm({ ...FILLED, copies: "many" }, definition), [
    { place: "copies", code: "number" },
  ]);
});

test("a refusal is a plain object without the members that do not apply", () => {
  const wrong = { ...FILLED, copies: "0" };
  for (const [call, expected] of [
    [() => module.buildDocument(FILLED, definition, ISSUED, "pades"), { code: "format-not-for-pages" }],
    [() => module.checkForm(FILLED, "{}"), { code: "bad-definition", path: "/schema" }],
    [
      () => module.buildDocument(wrong, definition, ISSUED, "cades"),
      { code: "bad-form", violations: [{ place: "copies", code: "below" }] },
    ],
  ]) {
    assert.deepEqual(thrown(call), expected);
  }
});

test("what the server issued is refused when a member is missing or is no text", () => {
  const { challenge, recipient } = ISSUED;
  const cases = {
    nothing: undefined,
    "a text": "challenge",
    "no challenge": { recipient },
    "no recipient": { challenge },
    "a challenge that is a text": { challenge: "challenge", recipient },
    "a value that is a number": { challenge: { ...challenge, value: 1 }, recipient },
    "a time that is a Date": { challenge: { ...challenge, createdAt: new Date(0) }, recipient },
    "no name": { challenge, recipient: { ...recipient, name: null } },
    "a procedure without version": { challenge, recipient, procedure: { id: "juminhyo-utsushi" } },
    "a digest that is a number": { ...ISSUED, procedure: { ...ISSUED.procedure, sha256: 0 } },
    "a procedure that is a text": { challenge, recipient, procedure: "juminhyo-utsushi" },
  };
  for (const [name, issued] of Object.entries(cases)) {
    assert.deepEqual(thrown(() => module.buildDocument(FILLED, definition, issued, "cades")), { code: "bad-challenge" }, name);
  }
  assert.ok(module.buildDocument(FILLED, definition, { challenge, recipient }, "cades"), "no procedure");
});

test("an envelope that is none is refused", () => {
  const document = module.buildDocument(FILLED, definition, ISSUED, "cades");
  assert.deepEqual(thrown(() => module.checkReply(document, new Uint8Array(), definition)), { code: "bad-envelope" });
});

test("envelopes that cannot be one are refused by their places", () => {
  assert.deepEqual(thrown(() => module.mergeEnvelopes([])), { code: "wrong-signers" });
  const none = [Uint8Array.of(0x30)];
  assert.deepEqual(thrown(() => module.mergeEnvelopes(none)), { code: "bad-envelope", path: "/0" });
});
