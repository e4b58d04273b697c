/**
 * A JOSE library by other hands judges what `cargo test -p shomei-envelope` left in the build folder.
 */
import assert from "node:assert/strict";
import { X509Certificate, createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { compactVerify, decodeProtectedHeader, flattenedVerify } from "jose";

import { built } from "./environment/programs.mjs";

const read = (name) => readFile(join(built.target, "jades", name));
const compact = (await read("compact.jws")).toString("ascii");
const flattened = JSON.parse(await read("flattened.json"));
const content = await read("content.json");

const header = decodeProtectedHeader(compact);
const der = Buffer.from(header.x5c[0], "base64");
const key = new X509Certificate(der).publicKey;
const algorithms = { algorithms: ["RS256"] };

/** Another character of the same alphabet. */
const other = (character) => (character === "A" ? "B" : "A");
const changedAt = (text, place) => text.slice(0, place) + other(text[place]) + text.slice(place + 1);

test("both serializations are accepted and hold the document", async () => {
  const fromCompact = await compactVerify(compact, key, algorithms);
  const fromFlattened = await flattenedVerify(flattened, key, algorithms);
  assert.deepEqual(Buffer.from(fromCompact.payload), content);
  assert.deepEqual(Buffer.from(fromFlattened.payload), content);
  assert.deepEqual(fromCompact.protectedHeader, fromFlattened.protectedHeader);
  assert.equal([flattened.protected, flattened.payload, flattened.signature].join("."), compact);
  assert.equal(JSON.parse(content).container, "jades");
});

test("the header is the five parameters of the form", () => {
  assert.deepEqual(Object.keys(header), ["alg", "iat", "typ", "x5c", "x5t#S256"]);
  assert.equal(header.alg, "RS256");
  assert.equal(header.typ, "shomei-application+jose");
  assert.ok(Number.isSafeInteger(header.iat));
  assert.equal(header.x5c.length, 1);
  assert.equal(header["x5t#S256"], createHash("sha256").update(der).digest("base64url"));
});

test("every changed character is refused", async () => {
  // The last character of the signature carries bits that stand for nothing, and most readers pass over them.
  for (let place = 0; place < compact.length - 1; place += 1) {
    if (compact[place] === ".") continue;
    await assert.rejects(compactVerify(changedAt(compact, place), key, algorithms), `character ${place}`);
  }
  for (const member of ["protected", "payload", "signature"]) {
    const text = flattened[member];
    for (let place = 0; place < text.length - 1; place += 1) {
      const changed = { ...flattened, [member]: changedAt(text, place) };
      await assert.rejects(flattenedVerify(changed, key, algorithms), `${member}, character ${place}`);
    }
  }
});
