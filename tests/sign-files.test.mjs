/**
 * The release host signs files of this computer under a real display and PC/SC service, and others judge what it made.
 */
import assert from "node:assert/strict";
import { createHash, X509Certificate } from "node:crypto";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";

import { compactVerify } from "jose";

import { setDesk } from "./environment/desk.mjs";
import { FileSigning } from "./environment/file-signing.mjs";
import { enterPassword, pause, readToTheEnd, sayNo } from "./environment/filing.mjs";
import { built, complete, root } from "./environment/programs.mjs";
import { keyIsClosed } from "./environment/second-client.mjs";

/** Codes of `shomei-host sign`; see docs/sign-files.md. */
const SIGNED = 0;
const FAILED = 1;
const UNFIT = 2;
const ENDED = 3;
/** `shomei verify`: the signature is intact, and bound to nobody. */
const NOT_BOUND = 4;

const FILES = { "申請書.txt": "みほん市長あて\n", "地図.txt": Buffer.from([0, 255, 10, 13]) };
const NAMES = Object.keys(FILES);
/** The examples of docs/sign-files.md, in their order: what is typed, and what is printed. */
const DOCUMENT = await readFile(join(root, "docs/sign-files.md"), "utf8");
const [CADES, JADES, EGOV, PDF, DECLINED, EXISTS] = [...DOCUMENT.matchAll(/```console\n\$ shomei-host sign ([^\n]*)\n([^`]*)```/g)].map(
  ([, line, printed]) => ({ args: line.split(" "), printed }),
);
const PICTURES = join(built.target, "sign-files");

let desk;
const begun = [];

before(async () => {
  desk = await setDesk({ site: null, browser: null });
  await mkdir(PICTURES, { recursive: true });
});
// One that a failed test left behind would keep the next ones away.
afterEach(() => begun.splice(0).forEach((signing) => signing.child.kill()));
after(() => desk.clear());

/** A folder with the files, removed when the test ends. */
async function folderOf(context, files = FILES) {
  const folder = await mkdtemp(join(tmpdir(), "shomei-files-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)));
  return folder;
}

function sign(folder, ...args) {
  const signing = new FileSigning(desk.environment, folder, args);
  begun.push(signing);
  return signing;
}

/** Reads to the end, enters the password, and waits for the program. */
async function finish(signing, window) {
  await readToTheEnd(window);
  await enterPassword(window, desk.world.signaturePassword);
  return signing.end();
}

/** What `shomei verify` says of each file: its exit code is for the worst. */
async function verify(files) {
  const sources = ["--world", "lab", "--anchors", desk.world.anchors, "--crl", desk.world.lists];
  for (const file of files) {
    const failure = await complete(built.verify, ["verify", file, ...sources]).then(() => null, (error) => error);
    assert.match(failure?.message ?? "it passed", new RegExp(`ended with ${NOT_BOUND}:`));
  }
}

function picture(window, name) {
  return window.area().then((area) => desk.display.picture(join(PICTURES, `${name}.png`), area));
}

/** Types an example of the document. */
function begin(folder, { args }) {
  return sign(folder, ...args);
}

/** Holds what was printed to what the document shows. */
function assertPrinted({ printed }, { made, error }) {
  assert.equal([error, ...made.map((name) => `${name}\n`)].join(""), printed);
}

test("cades: each file has its signature, made under one password after a wrong one", async (context) => {
  const folder = await folderOf(context);
  const signing = begin(folder, CADES);
  const window = await signing.window();
  await picture(window, "cades");
  await readToTheEnd(window);
  await picture(window, "cades-end");
  await enterPassword(window, "WRONG123");
  await pause(1500);
  await enterPassword(window, desk.world.signaturePassword);
  const ended = await signing.end();
  const { code, made, error } = ended;
  assert.equal(code, SIGNED, error);
  assertPrinted(CADES, ended);
  assert.deepEqual(made, NAMES.map((name) => `${name}.p7s`));
  assert.ok(await keyIsClosed(desk.environment), "another program finds the key closed");
  assert.deepEqual((await readdir(folder)).sort(), [...NAMES, ...made].sort());
  const options = ["-verify", "-cades", "-x509_strict", "-inform", "DER", "-binary", "-CAfile", desk.world.authority];
  for (const name of NAMES) {
    const [content, signature] = [join(folder, name), join(folder, `${name}.p7s`)];
    await complete("openssl", ["cms", ...options, "-in", signature, "-content", content, "-out", "/dev/null"]);
  }
  await verify(made.map((name) => join(folder, name)));
});

test("jades: one signature names and covers all files", async (context) => {
  const folder = await folderOf(context);
  const signing = begin(folder, JADES);
  const ended = await finish(signing, await signing.window());
  assert.equal(ended.code, SIGNED, ended.error);
  assertPrinted(JADES, ended);
  const jws = await readFile(join(folder, "files.jws"), "utf8");
  const header = JSON.parse(Buffer.from(jws.split(".")[0], "base64url"));
  const certificate = new X509Certificate(Buffer.from(header.x5c[0], "base64"));
  const { payload } = await compactVerify(jws, certificate.publicKey, { crit: { sigD: true } });
  assert.equal(payload.length, 0);
  assert.deepEqual(header.sigD.pars.map(decodeURIComponent), NAMES);
  for (const [place, name] of NAMES.entries()) {
    const text = Buffer.from(FILES[name]).toString("base64url");
    assert.equal(header.sigD.hashV[place], createHash("sha256").update(text).digest("base64url"), name);
  }
  await verify([join(folder, "files.jws")]);
});

const MAP = "地図 1.txt";
const KOUSEI = `<?xml version="1.0" encoding="UTF-8"?>
<DataRoot>
\t<様式ID>999000000000000001</様式ID>
\t<様式バージョン>0001</様式バージョン>
\t<STYLESHEET>999000000000000001.xsl</STYLESHEET>
\t<構成情報 ID="構成情報">
\t\t<管理情報><手続名称>みほん届出</手続名称><氏名>山田　太郎</氏名></管理情報>
\t\t<添付書類属性情報><添付書類ファイル名称>${MAP}</添付書類ファイル名称></添付書類属性情報>
\t</構成情報>
\t<署名情報></署名情報>
</DataRoot>
`;

test("egov: the form is shown field by field, and signed with the files that it names", async (context) => {
  const folder = await folderOf(context, { [MAP]: "地図", "kousei.xml": KOUSEI });
  const [good, changed] = ["signed", "changed"].map((name) => join(folder, name));
  await Promise.all([good, changed].map((judged) => mkdir(judged)));
  const signing = begin(folder, EGOV);
  const window = await signing.window();
  await window.press("Next");
  await pause(300);
  await picture(window, "egov");
  const ended = await finish(signing, window);
  assert.equal(ended.code, SIGNED, ended.error);
  assertPrinted(EGOV, ended);
  const signed = await readFile(join(good, "kousei.xml"), "utf8");
  await writeFile(join(changed, "kousei.xml"), signed.replace("山田", "川田"));
  await Promise.all([good, changed].map((judged) => copyFile(join(folder, MAP), join(judged, MAP))));
  const judge = join(root, "crates/envelope/src/egov/tests/Judge.java");
  const options = { env: { ...process.env, LC_ALL: "C.UTF-8" } };
  const verdicts = await complete("java", [judge, folder], options);
  assert.equal(verdicts, "changed invalid\nsigned valid\n");
  await verify([join(good, "kousei.xml")]);
});

for (const [profile, subFilter] of Object.entries({ pades: "ETSI.CAdES.detached", moj: "adbe.pkcs7.detached" })) {
  test(`pdf: a new file holds the signature, by the profile ${profile}`, async (context) => {
    const original = await readFile(join(root, "crates/cli/tests/verify/page.pdf"));
    const folder = await folderOf(context, { "委任状.pdf": original });
    const moj = profile === "moj";
    const signing = moj ? begin(folder, PDF) : sign(folder, "委任状.pdf", "--format", "pdf");
    const window = await signing.window();
    if (moj) await picture(window, "pdf");
    const ended = await finish(signing, window);
    assert.equal(ended.code, SIGNED, ended.error);
    assertPrinted(PDF, ended);
    const file = join(folder, "委任状-signed.pdf");
    const signed = await readFile(file, "latin1");
    assert.ok(signed.startsWith(original.toString("latin1")) && signed.includes(`/SubFilter /${subFilter}`));
    const changed = join(folder, "changed.pdf");
    await writeFile(changed, signed.replace("(MIHON)", "(NIHON)"), "latin1");
    assert.match(await complete("pdfsig", ["-nocert", file]), /Total document signed\n.*Signature is Valid/);
    assert.doesNotMatch(await complete("pdfsig", ["-nocert", changed]).catch(String), /Signature is Valid/);
    await verify([file]);
  });
}

test("a no in the window leaves nothing and loses no try", async (context) => {
  const folder = await folderOf(context);
  const signing = begin(folder, DECLINED);
  await sayNo(await signing.window());
  const ended = await signing.end();
  assert.equal(ended.code, ENDED);
  assertPrinted(DECLINED, ended);
  assert.deepEqual((await readdir(folder)).sort(), NAMES.toSorted());
});

test("Ctrl-C frees the card and leaves nothing", async (context) => {
  const folder = await folderOf(context);
  const signing = sign(folder, ...NAMES, "--format", "cades");
  const window = await signing.window();
  const limits = await readFile(`/proc/${signing.child.pid}/limits`, "utf8");
  assert.match(limits, /Max core file size +0 +0 /, "no core file, whatever ends it");
  await readToTheEnd(window);
  await window.type("ABC123");
  signing.interrupt();
  assert.ok(await keyIsClosed(desk.environment));
  const { code, error } = await signing.end();
  assert.equal(code, ENDED);
  assert.match(error, /中断しました/);
  assert.deepEqual((await readdir(folder)).sort(), NAMES.toSorted());
});

test("what exists is not overwritten, which is said before any window", async (context) => {
  const folder = await folderOf(context, { "申請書.txt": "a", "申請書.txt.p7s": "old" });
  const ended = await begin(folder, EXISTS).end();
  assert.equal(ended.code, UNFIT);
  assertPrinted(EXISTS, ended);
  assert.equal(await readFile(join(folder, "申請書.txt.p7s"), "utf8"), "old");
});

test("a file that changes after the window showed it is not signed", async (context) => {
  const folder = await folderOf(context);
  const signing = sign(folder, ...NAMES, "--format", "cades");
  const window = await signing.window();
  await writeFile(join(folder, NAMES[0]), "something else");
  await readToTheEnd(window);
  await enterPassword(window, desk.world.signaturePassword);
  await pause(2500);
  await picture(window, "changed");
  await window.press("Return");
  const { code, error } = await signing.end();
  assert.equal(code, FAILED);
  assert.match(error, /申請書\.txt が、画面に出したあとで変わりました/);
  assert.deepEqual((await readdir(folder)).sort(), NAMES.toSorted());
});
