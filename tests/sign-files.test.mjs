/**
 * The release host signs files of this computer under a real display and PC/SC service, and others judge what it made.
 */
import assert from "node:assert/strict";
import { createHash, X509Certificate } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { compactVerify } from "jose";

import { setDesk } from "./environment/desk.mjs";
import { FileSigning } from "./environment/file-signing.mjs";
import { enterPassword, pause, readToTheEnd, sayNo } from "./environment/filing.mjs";
import { built, complete } from "./environment/programs.mjs";
import { keyIsClosed } from "./environment/second-client.mjs";

/** Codes of `shomei-host sign`; see docs/sign-files.md. */
const SIGNED = 0;
const FAILED = 1;
const UNFIT = 2;
const ENDED = 3;
/** `shomei verify`: the signature is intact, and bound to nobody. */
const NOT_BOUND = 4;

const FILES = { "申請書.txt": "みほん市長あて\n", "地図 1.txt": "", "data.bin": Buffer.from([0, 255, 10, 13]) };
const NAMES = Object.keys(FILES);
const PICTURES = join(built.target, "sign-files");

let desk;

before(async () => {
  desk = await setDesk({ site: null, browser: null });
  await mkdir(PICTURES, { recursive: true });
});
after(() => desk.clear());

/** A folder with the files, removed when the test ends. */
async function folderOf(context, files = FILES) {
  const folder = await mkdtemp(join(tmpdir(), "shomei-files-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)));
  return folder;
}

function sign(folder, ...args) {
  return new FileSigning(desk.environment, folder, args);
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

test("cades: each file has its signature, made under one password after a wrong one", async (context) => {
  const folder = await folderOf(context);
  const signing = sign(folder, ...NAMES, "--format", "cades");
  const window = await signing.window();
  await picture(window, "cades");
  await readToTheEnd(window);
  await picture(window, "cades-end");
  await enterPassword(window, "WRONG123");
  await pause(1500);
  await enterPassword(window, desk.world.signaturePassword);
  const { code, made, error } = await signing.end();
  assert.equal(code, SIGNED, error);
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
  const signing = sign(folder, ...NAMES, "--format", "jades");
  const { code, made, error } = await finish(signing, await signing.window());
  assert.equal(code, SIGNED, error);
  assert.deepEqual(made, ["files.jws"]);
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

test("a no in the window leaves nothing and loses no try", async (context) => {
  const folder = await folderOf(context);
  const signing = sign(folder, ...NAMES, "--format", "cades");
  await sayNo(await signing.window());
  const { code, made, error } = await signing.end();
  assert.deepEqual([code, made], [ENDED, []]);
  assert.match(error, /署名しませんでした。パスワードの残り回数は減っていません。/);
  assert.deepEqual((await readdir(folder)).sort(), NAMES.toSorted());
});

test("Ctrl-C frees the card and leaves nothing", async (context) => {
  const folder = await folderOf(context);
  const signing = sign(folder, "data.bin", "--format", "cades");
  const window = await signing.window();
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
  const folder = await folderOf(context, { "a.txt": "a", "a.txt.p7s": "old" });
  const { code, error } = await sign(folder, "a.txt", "--format", "cades").end();
  assert.equal(code, UNFIT);
  assert.match(error, /a\.txt\.p7s がすでにあります/);
  assert.equal(await readFile(join(folder, "a.txt.p7s"), "utf8"), "old");
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
