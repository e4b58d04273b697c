import assert from "node:assert/strict";
import { test } from "node:test";

import { listen } from "../background/listen.js";
import { FRONT, SimulatedBrowser } from "./simulated-browser.js";

const SIGN = { command: "sign", protocol: 1, document: '{"schema":"shomei-application/1"}' };
const ENVELOPE = "MIIB";

function start() {
  const browser = new SimulatedBrowser();
  listen(browser.api());
  return browser;
}

/**
 * Lets everything that is already under way happen.
 * @returns {Promise<void>}
 */
const settle = () => new Promise((resolve) => setImmediate(resolve));

/**
 * Asks for a signature and brings it to the open window.
 * @param {SimulatedBrowser} browser
 */
async function open(browser) {
  const page = browser.ask(SIGN);
  const host = await browser.host();
  const sign = await host.heard.next();
  host.port.postMessage({ id: sign.id, reply: "opened" });
  assert.deepEqual(await page.answer(), { reply: "opened" });
  return { page, host, sign };
}

/** @param {SimulatedBrowser} browser */
async function cancelInWindow(browser) {
  const { page, host, sign } = await open(browser);
  host.port.postMessage({ id: sign.id, reply: "error", code: "cancelled" });
  assert.deepEqual(await page.answer(), { reply: "error", code: "cancelled" });
  await settle();
}

test("a signing carries the browser's origin to the host and the envelope to the page", async () => {
  const browser = start();
  const { page, host, sign } = await open(browser);
  assert.deepEqual(sign, {
    id: sign.id,
    command: "sign",
    protocol: 1,
    origin: FRONT.origin,
    document: SIGN.document,
    language: "ja",
  });
  host.port.postMessage({ id: sign.id, reply: "signed", envelope: ENVELOPE });
  assert.deepEqual(await page.answer(), { reply: "signed", envelope: ENVELOPE });
  await settle();
  assert.equal(host.port.open, false, "the host is let go");
});

test("the longest envelope in JAdES reaches the page", async () => {
  const browser = start();
  const { page, host, sign } = await open(browser);
  const envelope = "A".repeat(4 * Math.ceil((373 * 1024) / 3));
  host.port.postMessage({ id: sign.id, reply: "signed", envelope });
  assert.deepEqual(await page.answer(), { reply: "signed", envelope });
});

/** @type {[string, object][]} */
const STRANGERS = [
  ["a frame inside the page", { frameId: 3 }],
  ["a document that is being prerendered", { documentLifecycle: "prerender" }],
  ["a document kept for going back", { documentLifecycle: "cached" }],
  ["a page without https", { url: "http://a.lg.jp/", origin: "http://a.lg.jp" }],
  ["a sandboxed document", { origin: "null" }],
  ["a document whose origin is not that of its address", { origin: "https://evil.example" }],
  ["something that is not a tab", { tab: undefined }],
];
for (const [who, sender] of STRANGERS) {
  test(`${who} gets no status and no signature, and starts no host`, async () => {
    const browser = start();
    for (const message of [SIGN, { command: "status" }]) {
      assert.deepEqual(await browser.ask(message, sender).answer(), { reply: "error", code: "not-active" });
    }
    assert.equal(browser.started, 0);
  });
}

/** @type {[string, Partial<SimulatedBrowser>][]} */
const BEHIND = [
  ["a tab behind another", { active: false }],
  ["a window behind another", { focused: false }],
];
for (const [where, state] of BEHIND) {
  test(`the page of ${where} cannot start a signing`, async () => {
    const browser = Object.assign(start(), state);
    assert.deepEqual(await browser.ask(SIGN).answer(), { reply: "error", code: "not-active" });
    assert.equal(browser.started, 0);
  });
}

/** @type {[string, unknown, string][]} */
const UNREADABLE = [
  ["an unknown command", { command: "login" }, "unknown-command"],
  ["another protocol", { ...SIGN, protocol: 2 }, "unsupported-protocol"],
  ["a status with more than its command", { command: "status", document: "" }, "bad-message"],
  ["an unknown key", { ...SIGN, origin: "https://other.lg.jp" }, "bad-message"],
  ["a document that is not text", { ...SIGN, document: {} }, "bad-message"],
  ["no document", { command: "sign", protocol: 1 }, "bad-message"],
  ["an unknown language", { ...SIGN, language: "xx" }, "bad-message"],
  ["a cancel of nothing", { command: "cancel" }, "unknown-command"],
  ["a document over 256 KiB in UTF-8", { ...SIGN, document: "あ".repeat(87_382) }, "too-large"],
  ["nothing at all", null, "bad-message"],
];
for (const [what, message, code] of UNREADABLE) {
  test(`${what} is refused as ${code} without a host`, async () => {
    const browser = start();
    assert.deepEqual(await browser.ask(message).answer(), { reply: "error", code });
    assert.equal(browser.started, 0);
  });
}

test("a second signing is busy while the first is open, and possible after it", async () => {
  const browser = start();
  const { page, host, sign } = await open(browser);
  assert.deepEqual(await browser.ask(SIGN).answer(), { reply: "error", code: "busy" });
  host.port.postMessage({ id: sign.id, reply: "signed", envelope: ENVELOPE });
  await page.answer();
  await settle();
  await open(browser);
});

test("two signings in the same turn start one host", async () => {
  const browser = start();
  const first = browser.ask(SIGN);
  assert.deepEqual(await browser.ask(SIGN).answer(), { reply: "error", code: "busy" });
  await browser.host();
  assert.equal(browser.started, 1);
  first.leave();
});

/** @type {[string, (page: {say: Function, leave: Function}) => void][]} */
const ENDINGS = [
  ["a cancel of the page", (page) => page.say({ command: "cancel" })],
  ["a closed tab", (page) => page.leave()],
];
for (const [ending, end] of ENDINGS) {
  test(`${ending} becomes a cancel to the host, which is let go after its answer`, async () => {
    const browser = start();
    const { page, host, sign } = await open(browser);
    end(page);
    const { id, ...cancel } = await host.heard.next();
    assert.deepEqual(cancel, { command: "cancel", target: sign.id });
    host.port.postMessage({ id, reply: "cancelling" });
    host.port.postMessage({ id: sign.id, reply: "error", code: "cancelled" });
    await settle();
    assert.equal(host.port.open, false);
  });
}

test("a host that ignores a cancel is let go after its time, and the page hears cancelled", async (t) => {
  const browser = start();
  const { page, host } = await open(browser);
  t.mock.timers.enable({ apis: ["setTimeout"] });
  page.say({ command: "cancel" });
  await host.heard.next();
  t.mock.timers.tick(1500);
  assert.deepEqual(await page.answer(), { reply: "error", code: "cancelled" });
  await settle();
  assert.equal(host.port.open, false);
});

/** @type {[string, object | null][]} */
const SUCCESSORS = [
  ["another origin", { ...FRONT, url: "https://b.lg.jp/", origin: "https://b.lg.jp" }],
  ["another document of the same origin", { ...FRONT, documentId: "D2" }],
  ["no page of ours", null],
];
for (const [successor, inTab] of SUCCESSORS) {
  test(`a signature is not delivered to ${successor} in the tab`, async () => {
    const browser = start();
    const { page, host, sign } = await open(browser);
    browser.inTab = inTab;
    host.port.postMessage({ id: sign.id, reply: "signed", envelope: ENVELOPE });
    assert.deepEqual(await page.answer(), { reply: "error", code: "origin-mismatch" });
  });
}

test("after two cancels a site waits for the toolbar, other sites do not", async () => {
  const browser = start();
  await cancelInWindow(browser);
  await cancelInWindow(browser);
  assert.deepEqual(await browser.ask(SIGN).answer(), { reply: "error", code: "too-many-cancels" });
  assert.equal(browser.started, 2);
  assert.equal(browser.badge, "!");
  const other = { url: "https://b.lg.jp/", origin: "https://b.lg.jp" };
  const page = browser.ask(SIGN, other);
  assert.equal((await (await browser.host()).heard.next()).origin, other.origin);
  page.leave();
});

test("a click on the toolbar lets a stopped site start again, and says so", async () => {
  const browser = start();
  await cancelInWindow(browser);
  await cancelInWindow(browser);
  browser.onClicked.fire({ id: 7 });
  await settle();
  assert.match(browser.windows.at(-1) ?? "", /pages\/status\.html#allowed$/);
  await open(browser);
});

test("a click on the toolbar over another site leaves a stopped site stopped", async () => {
  const browser = start();
  await cancelInWindow(browser);
  await cancelInWindow(browser);
  browser.inTab = { ...FRONT, url: "https://b.lg.jp/", origin: "https://b.lg.jp" };
  browser.onClicked.fire({ id: 8 });
  await settle();
  assert.deepEqual(await browser.ask(SIGN).answer(), { reply: "error", code: "too-many-cancels" });
});

test("a signature forgets the cancels before it", async () => {
  const browser = start();
  await cancelInWindow(browser);
  const { page, host, sign } = await open(browser);
  host.port.postMessage({ id: sign.id, reply: "signed", envelope: ENVELOPE });
  await page.answer();
  await settle();
  await cancelInWindow(browser);
  await open(browser);
});

test("a closed tab counts like a cancel", async () => {
  const browser = start();
  for (const _ of [1, 2]) {
    const { page, host, sign } = await open(browser);
    page.leave();
    await host.heard.next();
    host.port.postMessage({ id: sign.id, reply: "error", code: "cancelled" });
    await settle();
  }
  assert.deepEqual(await browser.ask(SIGN).answer(), { reply: "error", code: "too-many-cancels" });
});

test("a window that opens although its page has already cancelled counts too", async () => {
  const browser = start();
  for (const _ of [1, 2]) {
    const page = browser.ask(SIGN);
    const host = await browser.host();
    const { id } = await host.heard.next();
    page.say({ command: "cancel" });
    await host.heard.next();
    host.port.postMessage({ id, reply: "opened" });
    host.port.postMessage({ id, reply: "error", code: "cancelled" });
    assert.deepEqual(await page.answer(), { reply: "opened" });
    assert.deepEqual(await page.answer(), { reply: "error", code: "cancelled" });
    await settle();
  }
  assert.deepEqual(await browser.ask(SIGN).answer(), { reply: "error", code: "too-many-cancels" });
});

test("a refusal before the window opens does not count", async () => {
  const browser = start();
  for (const _ of [1, 2, 3]) {
    const page = browser.ask(SIGN);
    const host = await browser.host();
    host.port.postMessage({ id: (await host.heard.next()).id, reply: "error", code: "expired" });
    assert.deepEqual(await page.answer(), { reply: "error", code: "expired" });
    await settle();
  }
});

test("a page that cancels while the host starts gets no window", async () => {
  const browser = start();
  const page = browser.ask(SIGN);
  const host = await browser.hosts.next();
  const { id } = await host.heard.next();
  page.say({ command: "cancel" });
  await settle();
  host.port.postMessage({ id, reply: "hello", protocol: 1, version: "0.1.0", capabilities: ["sign"] });
  assert.deepEqual(await page.answer(), { reply: "error", code: "cancelled" });
  assert.deepEqual([host.heard.items, host.port.open], [[], false]);
});

/** @type {[string, string, string | undefined][]} */
const HOST_REFUSALS = [
  ["bad-document", "bad-document", "/fields/0/value"],
  ["expired", "expired", undefined],
  ["clock-off", "clock-off", undefined],
  ["wrong-container", "wrong-container", undefined],
  ["format-not-for-pages", "format-not-for-pages", undefined],
  ["timeout", "timeout", undefined],
  ["unavailable", "unavailable", undefined],
  ["card-blocked", "unavailable", undefined],
  ["bad-message", "unavailable", "/secret"],
];
for (const [told, heard, path] of HOST_REFUSALS) {
  test(`the host's ${told} reaches the page as ${heard}`, async () => {
    const browser = start();
    const page = browser.ask(SIGN);
    const host = await browser.host();
    const { id } = await host.heard.next();
    host.port.postMessage({ id, reply: "error", code: told, ...(path && { path }) });
    const shown = heard === told && path ? { path } : {};
    assert.deepEqual(await page.answer(), { reply: "error", code: heard, ...shown });
  });
}

/** @type {[string, string][]} */
const DEATHS = [
  ["Specified native messaging host not found.", "missing"],
  ["No such native application jp.shomei.host", "missing"],
  ["Access to the specified native messaging host is forbidden.", "forbidden"],
  ["Native host has exited.", "crashed"],
];
for (const [words, state] of DEATHS) {
  test(`a host that is ${state} is named to the resident, not to the page ("${words}")`, async () => {
    const browser = Object.assign(start(), { hostFailure: words });
    assert.deepEqual(await browser.ask({ command: "status" }).answer(), { reply: "status", status: "not-ready" });
    assert.deepEqual([browser.badge, browser.windows.length], ["!", 0], "a question alone opens no window");
    assert.deepEqual(await browser.ask(SIGN).answer(), { reply: "error", code: "unreachable" });
    assert.equal(browser.windows.length, 1);
    assert.equal(await stateOf(browser), state);
  });
}

/** @type {[string, object, string][]} */
const HELLOS = [
  ["an older protocol", { protocol: 0 }, "outdated"],
  ["a protocol that was not offered", { protocol: 2 }, "crashed"],
  ["no signing", { capabilities: [] }, "outdated"],
  ["an unknown key", { extra: 1 }, "crashed"],
  ["another id", { id: "other" }, "crashed"],
  ["a version that is not text", { version: 1 }, "crashed"],
];
for (const [what, hello, state] of HELLOS) {
  test(`a host whose hello has ${what} counts as ${state}`, async () => {
    const browser = new SimulatedBrowser();
    const found = stateOf(browser);
    const host = await browser.host(hello);
    assert.equal(await found, state);
    assert.equal(host.port.open, false);
  });
}

/** @type {[string, string][]} */
const REFUSED_HELLOS = [
  ["unsupported-protocol", "newer"],
  ["forbidden-caller", "forbidden"],
  ["bad-message", "crashed"],
];
for (const [code, state] of REFUSED_HELLOS) {
  test(`a host that refuses our hello with ${code} counts as ${state}`, async () => {
    const browser = new SimulatedBrowser();
    const found = stateOf(browser);
    const { port, heard } = await browser.hosts.next();
    port.postMessage({ id: (await heard.next()).id, reply: "error", code });
    assert.equal(await found, state);
  });
}

test("a silent host counts as crashed after a second and a half", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const browser = new SimulatedBrowser();
  const found = stateOf(browser);
  await (await browser.hosts.next()).heard.next();
  t.mock.timers.tick(1500);
  assert.equal(await found, "crashed");
});

/** @type {[string, object][]} */
const BAD_ANSWERS = [
  ["an envelope that is not base64", { reply: "signed", envelope: "not base64" }],
  ["an envelope with a fact beside it", { reply: "signed", envelope: ENVELOPE, triesLeft: 4 }],
  ["an unknown reply", { reply: "progress" }],
  ["a second hello", { reply: "hello", protocol: 1, version: "0.1.0", capabilities: ["sign"] }],
];
for (const [what, answer] of BAD_ANSWERS) {
  test(`a host that answers with ${what} is let go, and the page hears unreachable`, async () => {
    const browser = start();
    const { page, host, sign } = await open(browser);
    host.port.postMessage({ id: sign.id, ...answer });
    assert.deepEqual(await page.answer(), { reply: "error", code: "unreachable" });
    await settle();
    assert.deepEqual([host.port.open, browser.windows.length], [false, 1]);
  });
}

test("a host that ends with its window open is named as crashed", async () => {
  const browser = start();
  const { page, host } = await open(browser);
  host.die("Native host has exited.");
  assert.deepEqual(await page.answer(), { reply: "error", code: "unreachable" });
  assert.equal(browser.badge, "!");
});

test("pages that ask for the status at the same time share one start of the host", async () => {
  const browser = start();
  const pages = [browser.ask({ command: "status" }), browser.ask({ command: "status" })];
  const host = await browser.host();
  for (const page of pages) assert.deepEqual(await page.answer(), { reply: "status", status: "ready" });
  assert.deepEqual([browser.started, host.port.open, browser.badge], [1, false, ""]);
});

/** @param {SimulatedBrowser} browser */
async function stateOf(browser) {
  const { probeHost } = await import("../background/host.js");
  return probeHost(browser.api());
}
