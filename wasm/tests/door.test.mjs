import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { beforeEach, test } from "node:test";

const ORIGIN = "https://shinsei.city.mihon.lg.jp";

/** The window of a page, as far as the door uses it; `extension` gets the port that the page hands out. */
function openPage({ secure = true, extension = null } = {}) {
  globalThis.window = {
    isSecureContext: secure,
    location: { origin: ORIGIN },
    postMessage: (message, origin, ports) => extension?.({ message, origin, ports }),
  };
}

/** An extension that connects and hands every request to `hear`, with a way to answer it. */
function extensionThat(hear) {
  return ({ ports: [port] }) => {
    port.onmessage = ({ data }) => hear(data, (reply) => port.postMessage(reply), port);
    port.postMessage({ shomei: "connected", protocol: 1 });
  };
}

/** A fresh copy of the module: it remembers its door. */
let copies = 0;
let openDoor;
beforeEach(async () => {
  ({ openDoor } = await import(`../package/door.js?copy=${(copies += 1)}`));
});

const code = (expected) => (error) => {
  assert.equal(error.name, "ShomeiError");
  assert.equal(error.code, expected);
  return true;
};

test("a page that is not secure asks nobody", async () => {
  let asked = false;
  openPage({ secure: false, extension: () => (asked = true) });
  await assert.rejects(openDoor(), code("insecure-context"));
  assert.equal(asked, false);
});

test("no answer within a second means that there is no extension; the next call tries again", async (t) => {
  openPage();
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const missing = assert.rejects(openDoor(), code("extension-missing"));
  t.mock.timers.tick(1000);
  await missing;
  let calls = 0;
  openPage({ extension: () => (calls += 1) });
  const again = assert.rejects(openDoor(), code("extension-missing"));
  t.mock.timers.tick(1000);
  await again;
  assert.equal(calls, 1);
});

test("the requests are the protocol's", async () => {
  const heard = [];
  openPage({
    extension: extensionThat(({ id, ...request }, answer, port) => {
      heard.push(request);
      if (request.command === "status") return answer({ id, reply: "status", status: "not-ready" });
      answer({ id, reply: "signed", envelope: "MIIB" });
      port.close();
    }),
  });
  const door = await openDoor();
  assert.equal(await door.status(), "not-ready");
  assert.equal(await door.sign("{}", { language: "en" }), "MIIB");
  const protocol = JSON.parse(await readFile(new URL("page-messages.json", import.meta.url), "utf8"));
  assert.deepEqual(heard, protocol.slice(0, 2).map(({ id: _, ...request }) => request));
});

test("the port goes to this origin only, with nothing but the word connect", async () => {
  let sent;
  const extension = extensionThat((_request, _answer, port) => port.close());
  openPage({ extension: (call) => ((sent = call), extension(call)) });
  await openDoor();
  assert.deepEqual([sent.message, sent.origin], [{ shomei: "connect" }, ORIGIN]);
  sent.ports[0].close();
});

test("answers find their requests by id, in any order; strangers' answers are ignored", async () => {
  const heard = [];
  openPage({
    extension: extensionThat((request, answer, port) => {
      heard.push(request);
      if (heard.length < 2) return;
      answer({ id: "stranger", reply: "signed", envelope: "forged" });
      answer({ reply: "signed", envelope: "forged" });
      for (const { id, document } of heard.toReversed()) answer({ id, reply: "signed", envelope: document });
      port.close();
    }),
  });
  const door = await openDoor();
  assert.deepEqual(await Promise.all([door.sign("one", {}), door.sign("two", {})]), ["one", "two"]);
  assert.notEqual(heard[0].id, heard[1].id);
});

test("opened is heard before the end, and an error carries code and path", async () => {
  let opened = 0;
  openPage({
    extension: extensionThat(({ id }, answer, port) => {
      answer({ id, reply: "opened" });
      answer({ id, reply: "error", code: "bad-document", path: "/fields/0/value" });
      port.close();
    }),
  });
  const door = await openDoor();
  await assert.rejects(door.sign("{}", { onOpened: () => (opened += 1) }), (error) => {
    assert.deepEqual([error.code, error.path, opened], ["bad-document", "/fields/0/value", 1]);
    return true;
  });
});

test("an abort becomes a cancel that names the request, and its answer ends it", async () => {
  const abort = new AbortController();
  const heard = [];
  openPage({
    extension: extensionThat((request, answer, port) => {
      heard.push(request);
      if (request.command === "sign") return abort.abort();
      answer({ id: request.target, reply: "error", code: "cancelled" });
      port.close();
    }),
  });
  const door = await openDoor();
  await assert.rejects(door.sign("{}", { signal: abort.signal }), code("cancelled"));
  assert.deepEqual([heard[1].command, heard[1].target], ["cancel", heard[0].id]);
  assert.notEqual(heard[1].id, heard[0].id);
});

test("an answer of another kind is not taken for a signature", async () => {
  openPage({
    extension: extensionThat(({ id }, answer, port) => {
      answer({ id, reply: "status", status: "ready" });
      port.close();
    }),
  });
  await assert.rejects((await openDoor()).sign("{}", {}), code("bad-reply"));
});

test("a question for the status ends as timeout when the extension stays silent", async (t) => {
  let port;
  openPage({ extension: extensionThat((_request, _answer, theirs) => (port = theirs)) });
  const door = await openDoor();
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const late = assert.rejects(door.status(), code("timeout"));
  t.mock.timers.tick(4000);
  await late;
  t.mock.timers.reset();
  await new Promise((resolve) => setImmediate(resolve));
  port.close();
});
