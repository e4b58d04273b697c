import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";

import { FOR_THE_PAGE } from "../background/signing.js";

const file = (/** @type {string} */ name) => new URL(`../${name}`, import.meta.url);
const text = (/** @type {string} */ name) => readFile(file(name), "utf8");
const json = async (/** @type {string} */ name) => JSON.parse(await text(name));

test("the manifest asks for native messaging and memory, and for nothing else", async () => {
  const manifest = await json("manifest.json");
  assert.deepEqual(manifest.permissions, ["nativeMessaging", "storage"]);
  for (const absent of [
    "key",
    "host_permissions",
    "optional_permissions",
    "optional_host_permissions",
    "web_accessible_resources",
    "externally_connectable",
    "update_url",
  ]) {
    assert.equal(manifest[absent], undefined, absent);
  }
});

test("the door stands in municipal and government pages only, in their top frame", async () => {
  const { content_scripts } = await json("manifest.json");
  assert.deepEqual(content_scripts, [
    {
      matches: ["https://*.lg.jp/*", "https://*.go.jp/*"],
      js: ["content/door.js"],
      run_at: "document_start",
      all_frames: false,
    },
  ]);
});

test("the extension's pages and background may reach no network", async () => {
  const policy = (await json("manifest.json")).content_security_policy.extension_pages;
  assert.match(policy, /^default-src 'none';/);
  assert.match(policy, /connect-src 'none'/);
  assert.doesNotMatch(policy, /unsafe|https?:|\*/);
});

test("the door is a classic script of ASCII, under 4 KB", async () => {
  const source = await text("content/door.js");
  assert.ok(Buffer.byteLength(source) < 4096, `${Buffer.byteLength(source)} bytes`);
  assert.match(source, /^[\n\x20-\x7e]*$/);
  assert.doesNotMatch(source, /^\s*(import|export)\b/m);
});

test("the door leaves nothing in the page: no globals, no elements, no storage", async () => {
  const source = await text("content/door.js");
  assert.match(source, /^\(\(\) => \{/m, "everything is inside one function");
  assert.doesNotMatch(source, /localStorage|sessionStorage|createElement|dataset|classList|globalThis|innerHTML/);
});

test("Japanese and English say the same things", async () => {
  const [japanese, english] = [await json("_locales/ja/messages.json"), await json("_locales/en/messages.json")];
  assert.deepEqual(Object.keys(japanese).sort(), Object.keys(english).sort());
});

test("every message that the status page names exists", async () => {
  const messages = await json("_locales/ja/messages.json");
  const named = [...(await text("pages/status.html")).matchAll(/data-message="(\w+)"/g)].map((match) => match[1] ?? "");
  for (const state of ["ready", "missing", "forbidden", "crashed", "outdated", "newer"]) {
    named.push(`${state}Title`, `${state}Meaning`);
  }
  assert.deepEqual(named.filter((name) => !(name in messages)), []);
});

test("the store description fits in 132 characters", async () => {
  for (const language of ["ja", "en"]) {
    const { description } = await json(`_locales/${language}/messages.json`);
    assert.ok([...description.message].length <= 132, language);
  }
});

test("every code that a page can hear is one of the protocol's", async () => {
  const codes = new Set([...(await text("../crates/protocol/src/code.rs")).matchAll(/^ {4}\w+ "([a-z-]+)"$/gm)].map((match) => match[1]));
  const own = [...(await text("content/door.js")).matchAll(/(?:code: |refuse\(\w+, \w+, )"([a-z-]+)"/g)];
  for (const name of ["listen", "signing", "messages", "host"]) {
    own.push(...(await text(`background/${name}.js`)).matchAll(/refusal\("([a-z-]+)"\)/g));
  }
  const heard = [...FOR_THE_PAGE, ...own.map((match) => match[1] ?? "")];
  assert.ok(own.length > 8);
  assert.deepEqual(heard.filter((code) => !codes.has(code)), []);
});

test("the README names the id of the development key", async () => {
  const key = Buffer.from(await text("development-key.txt"), "base64");
  const digest = createHash("sha256").update(key).digest("hex").slice(0, 32);
  const id = [...digest].map((digit) => String.fromCharCode(97 + parseInt(digit, 16))).join("");
  assert.ok((await text("README.md")).includes(id), id);
});

test("no shipped script evaluates text, reaches the network or writes to disk", async () => {
  const folders = ["background", "content", "pages"];
  for (const folder of folders) {
    for (const name of (await readdir(file(folder))).filter((each) => each.endsWith(".js"))) {
      const source = await text(`${folder}/${name}`);
      assert.doesNotMatch(source, /\beval\(|new Function|\bfetch\(|XMLHttpRequest|WebSocket|storage\.(local|sync)/, name);
    }
  }
});
