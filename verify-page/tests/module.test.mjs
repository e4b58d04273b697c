/**
 * The built module with signed files of every format: its values in JavaScript, and that it says what `shomei verify`
 * says.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const target = process.env.SHOMEI_TARGET ?? join(root, "target");
const built = join(target, "verify-page/module");
const AT = new Date().toISOString().replace(/\.\d+Z$/, "Z");

let module;
let folder;
let authorities;

/** A program's output and exit code. */
function run(program, args) {
  return new Promise((resolve) => {
    const options = { cwd: folder, maxBuffer: 1 << 24 };
    execFile(join(target, "debug", program), args, options, (error, out, problem) => resolve({ code: error?.code ?? 0, out, problem }));
  });
}

before(async () => {
  const glue = await readFile(join(built, "verification.js"), "utf8");
  module = new Function(`${glue}; return wasm_bindgen;`)();
  await module({ module_or_path: await readFile(join(built, "verification_bg.wasm")) });
  folder = await mkdtemp(join(tmpdir(), "shomei-signed-"));
  const made = await run("make-signed-files", ["--out", folder]);
  assert.equal(made.code, 0, made.problem);
  const certificates = await readdir(join(folder, "anchors/signature"));
  authorities = await Promise.all(certificates.map((name) => octets(join("anchors/signature", name))));
});

after(() => rm(folder, { recursive: true, force: true }));

const octets = async (name) => new Uint8Array(await readFile(join(folder, name)));

/** The report on a file; those beside it are read beforehand, as the page does. */
async function judge(name, { expect = null, beside = {} } = {}) {
  const files = new Map();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isFile()) files.set(entry.name, await octets(entry.name));
  }
  for (const [changed, content] of Object.entries(beside)) files.set(changed, content);
  const expectations = expect && (await octets(expect));
  const verification = new module.Verification("lab", authorities, expectations, AT);
  return verification.judge(name, files.get(name), (wanted) => files.get(wanted));
}

const thrown = (call) => Promise.resolve().then(call).then(() => assert.fail("nothing was thrown"), (error) => error);

test("every report is the one of the command line", async () => {
  const cases = [
    ["application.p7m"], ["application.p7m", "expect.json"], ["application.p7m", "other.json"],
    ["application.jws"], ["application.jws", "expect.json"], ["application.jws", "other.json"],
    ["changed.p7m"], ["note.txt.p7s"], ["note.txt.p7s", "expect.json"], ["files.jws"], ["kousei.xml"],
    ["moj.pdf"], ["pades.pdf"], ["pades.pdf", "expect.json"], ["changed.pdf"],
  ];
  for (const [name, expect] of cases) {
    const more = expect ? ["--expect", expect] : [];
    const { code, out } = await run("shomei", ["verify", name, "--world", "lab", "--anchors", "anchors", "--at", AT, "--json", ...more]);
    const judged = await judge(name, { expect });
    assert.deepEqual(JSON.parse(judged.json()), JSON.parse(out), `${name} ${expect}`);
    assert.equal(judged.verdict, { 1: "invalid", 3: "revocation-unknown" }[code], `${name} ${expect}`);
  }
});

test("a list makes a difference in the check of revocation and in nothing else", async () => {
  const common = ["--world", "lab", "--anchors", "anchors", "--at", AT, "--json", "--crl", "crl"];
  for (const [name, expect] of [["application.p7m", "expect.json"], ["application.jws", "expect.json"], ["kousei.xml"], ["pades.pdf"]]) {
    const { out } = await run("shomei", ["verify", name, ...common, ...(expect ? ["--expect", expect] : [])]);
    const judged = await judge(name, { expect });
    const [ours, theirs] = [judged.json(), out].map((text) => {
      const { verdict, checks, ...rest } = JSON.parse(text);
      return { ...rest, checks: checks.filter((check) => check.name !== "revocation") };
    });
    assert.deepEqual(ours, theirs, name);
  }
});

test("no verdict in any language calls a signature valid", async () => {
  for (const [name, expect] of [["application.p7m", "expect.json"], ["changed.p7m"], ["note.txt.p7s"]]) {
    const judged = await judge(name, { expect });
    for (const language of ["ja", "en", "easy"]) {
      for (const said of [judged.verdictWords(language), judged.html(language)]) {
        assert.doesNotMatch(said, /有効|Valid \(/, `${name} ${language}`);
      }
    }
  }
});

test("a file beside a signature decides", async () => {
  const other = new TextEncoder().encode("other");
  for (const [name, changed] of [["note.txt.p7s", "note.txt"], ["files.jws", "b.txt"], ["kousei.xml", "地図 1.pdf"]]) {
    assert.equal((await judge(name)).verdict, "revocation-unknown", name);
    assert.equal((await judge(name, { beside: { [changed]: other } })).verdict, "invalid", name);
    const missing = await thrown(() => judge(name, { beside: { [changed]: undefined } }));
    assert.deepEqual([missing.code, missing.file], ["file-missing", changed], name);
  }
});

test("what beside throws comes out as it was thrown", async () => {
  const verification = new module.Verification("lab", authorities, null, AT);
  const signature = await octets("note.txt.p7s");
  const problem = { code: "unreadable" };
  const error = await thrown(() => verification.judge("note.txt.p7s", signature, () => { throw problem; }));
  assert.equal(error, problem);
  assert.equal((await thrown(() => verification.judge("signature.der", signature, () => undefined))).code, "content-not-named");
});

test("refusals are plain objects without the members that do not apply", async () => {
  const create = (world, all, expect, at) => thrown(() => new module.Verification(world, all, expect, at));
  for (const [error, expected] of [
    [await create("lab", [], null, AT), { code: "no-authorities", detail: "lab" }],
    [await create("production", authorities, null, AT), { code: "bad-authority", index: 0 }],
    [await create("lab", authorities, new Uint8Array([0x7b, 0x7d, 0x7d]), AT), { code: "bad-expectations" }],
    [await create("lab", authorities, null, "now"), { code: "bad-time" }],
  ]) {
    const { detail, ...rest } = error;
    assert.ok(detail.length > 0);
    assert.deepEqual(expected.detail ? error : rest, expected);
  }
});
