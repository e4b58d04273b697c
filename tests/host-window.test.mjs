/**
 * The release host under a real display and PC/SC service: from frames and a typed password to a signed application,
 * and every other way an operation can end.
 */
import assert from "node:assert/strict";
import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";

import { refusals } from "./environment/bad-input.mjs";
import { HostWindow } from "./environment/display.mjs";
import { setDesk } from "./environment/desk.mjs";
import { currentDocument } from "./environment/document.mjs";
import { pause, enterPassword, readToTheEnd, sayNo } from "./environment/filing.mjs";
import { installedHost } from "./environment/host-installation.mjs";
import { signedDocument } from "./environment/judge.mjs";
import { keyIsClosed } from "./environment/second-client.mjs";
import { within } from "./environment/programs.mjs";

const ORIGIN = "https://shinsei.city.mihon.lg.jp";
/** How soon bad input must be answered, in milliseconds. */
const REFUSED_WITHIN = 100;
/** How soon the card must be free after an operation ended from outside. */
const FREE_WITHIN = 1000;
/** The host gives even the shortest-lived challenge a minute, so that its end can be read. */
const LONGEST_LIFE = 60_000;

let desk;
let installed;

before(async () => {
  desk = await setDesk({ site: null, browser: null });
  installed = await installedHost(desk.environment);
});
// A host that a failed test left behind would keep the next ones away.
afterEach(() => installed.release());
after(() => desk.clear());

async function assertFree(host, { gone = true } = {}) {
  if (gone) await within(host.ended, "the end of the host", FREE_WITHIN);
  assert.ok(await keyIsClosed(desk.environment), "another program finds the key closed");
}

test("a typed password gives a signed application", async () => {
  const document = await currentDocument();
  const { host, window } = await installed.ask(document);
  await readToTheEnd(window);
  await enterPassword(window, desk.world.signaturePassword);
  const reply = await host.reply();
  assert.equal(reply.reply, "signed");
  const file = join(desk.world.folder, "window.p7m");
  await writeFile(file, Buffer.from(reply.envelope, "base64"));
  assert.equal(await signedDocument(desk.world, file), document);
  await host.stop();
  await assertFree(host);
});

test("keys typed while the window opens do not reach the password field", async () => {
  const host = installed.start();
  host.send({ id: "ask", command: "sign", protocol: 1, origin: ORIGIN, document: await currentDocument() });
  const window = await new HostWindow(desk.environment).appear();
  await enterPassword(window, "TYPED4THEPAGE");
  await readToTheEnd(window);
  await enterPassword(window, desk.world.signaturePassword);
  assert.equal((await host.reply()).reply, "opened");
  assert.equal((await host.reply()).reply, "signed");
  await host.stop();
});

test("a wrong password is told and may be mended, without a second window", async () => {
  const { host, window } = await installed.ask(await currentDocument());
  await readToTheEnd(window);
  await enterPassword(window, "WRONG123");
  await pause(1500);
  await enterPassword(window, desk.world.signaturePassword);
  assert.equal((await host.reply()).reply, "signed");
  await host.stop();
  await assertFree(host);
});

test("a four-digit PIN is not sent to the card", async () => {
  const { host, window } = await installed.ask(await currentDocument());
  await readToTheEnd(window);
  await desk.reader.count();
  await enterPassword(window, "1234");
  await pause(700);
  assert.equal((await desk.reader.count()).exchanges, 0);
  await sayNo(window);
  assert.equal((await host.reply()).code, "cancelled");
  await host.stop();
});

const ENDINGS = {
  "the browser goes away": async ({ host }) => host.hangUp(),
  "the page cancels": async ({ host }) => {
    host.send({ id: "stop", command: "cancel", target: "ask" });
    const replies = [(await host.reply()).reply, await host.reply()];
    assert.equal(replies[0], "cancelling");
    assert.equal(replies[1].code, "cancelled");
    host.hangUp();
  },
  "the resident says no": async ({ host, window }) => {
    await sayNo(window);
    assert.equal((await host.reply()).code, "cancelled");
    host.hangUp();
  },
};

for (const [name, end] of Object.entries(ENDINGS)) {
  test(`the card is free within a second when ${name}`, async () => {
    const asked = await installed.ask(await currentDocument());
    await readToTheEnd(asked.window);
    await asked.window.type("ABC123");
    const begun = performance.now();
    await end(asked);
    assert.ok(await keyIsClosed(desk.environment));
    assert.ok(performance.now() - begun < FREE_WITHIN + 500, "the card is free");
    await within(asked.host.ended, "the end of the host", 5000);
  });
}

test("the end of the challenge's life ends the operation", async () => {
  const { host } = await installed.ask(await currentDocument({ secondsLeft: 20 - 15 * 60 }));
  const reply = await host.reply(LONGEST_LIFE);
  assert.ok(["timeout", "expired"].includes(reply.code), reply.code);
  await host.stop();
  await assertFree(host);
});

test("a pulled card is named, and the operation goes on when it is back", async () => {
  const { host, window } = await installed.ask(await currentDocument());
  await readToTheEnd(window);
  await desk.reader.remove();
  await desk.reader.insert();
  await pause(1500);
  await enterPassword(window, desk.world.signaturePassword);
  assert.equal((await host.reply()).reply, "signed");
  await host.stop();
});

test("a second operation of the same user is told busy, and opens no window", async () => {
  const { host, window } = await installed.ask(await currentDocument());
  const second = installed.start();
  second.send({ id: "second", command: "sign", protocol: 1, origin: ORIGIN, document: await currentDocument() });
  assert.equal((await second.reply()).code, "busy");
  await second.stop();
  await sayNo(window);
  assert.equal((await host.reply()).code, "cancelled");
  await host.stop();
});

test("an abort with six characters typed leaves no core file", async () => {
  const folder = await mkdtemp(join(tmpdir(), "shomei-core-"));
  const { host, window } = await installed.ask(await currentDocument(), { folder, shell: "ulimit -c unlimited" });
  await readToTheEnd(window);
  await window.type("ABC123");
  host.child.kill("SIGABRT");
  const [, signal] = await host.ended;
  assert.equal(signal, "SIGABRT");
  assert.deepEqual(await readdir(folder), []);
});

test("bad input gets its answer at once and never a window", async () => {
  const window = new HostWindow(desk.environment);
  for await (const { name, id, code, reply, milliseconds } of refusals(installed)) {
    assert.deepEqual([reply.id, reply.reply, reply.code], [id, "error", code], name);
    assert.ok(milliseconds < REFUSED_WITHIN, `${name}: answered after ${milliseconds} ms`);
    assert.equal(await window.isOpen(), false, name);
  }
});
