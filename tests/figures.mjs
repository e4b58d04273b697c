/**
 * The figures of one filing, measured on the parts that ship; the peer's figures stand beside ours where known.
 */
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { refusals } from "./environment/bad-input.mjs";
import { setDesk } from "./environment/desk.mjs";
import { HostWindow } from "./environment/display.mjs";
import { currentDocument } from "./environment/document.mjs";
import { readToTheEnd } from "./environment/filing.mjs";
import { installedHost } from "./environment/host-installation.mjs";
import { built } from "./environment/programs.mjs";

const STARTS = 21;
const ORIGIN_OF = (document) => JSON.parse(document).recipient.origin;

/** Measures one filing at a desk of its own, where no browser takes the keyboard away. */
export async function measure() {
  const desk = await setDesk({ site: null, browser: null });
  try {
    const host = await installedHost(desk.environment);
    const hello = await medianHello(host);
    const refusal = await slowestRefusal(host);
    const filing = await measureFiling(desk, host, await currentDocument());
    return { hostStartToHelloMs: { ours: hello, webEid: 24 }, slowestRefusalMs: refusal, ...filing, ...(await measureSizes()) };
  } finally {
    await desk.clear();
  }
}

async function medianHello(host) {
  const times = [];
  for (let start = 0; start < STARTS; start++) {
    const begun = performance.now();
    const process = host.start();
    process.send({ id: "hello", command: "hello", protocol: 1 });
    await process.reply();
    times.push(performance.now() - begun);
    await process.stop();
  }
  return rounded(times.sort((a, b) => a - b)[(STARTS - 1) / 2]);
}

/** The slowest answer to input that cannot be served; each is answered without a window. */
async function slowestRefusal(host) {
  let slowest = 0;
  for await (const { name, reply, milliseconds } of refusals(host)) {
    if (reply.reply !== "error") throw new Error(`${name} was answered with ${reply.reply}`);
    slowest = Math.max(slowest, milliseconds);
  }
  return rounded(slowest);
}

async function measureFiling(desk, host, document) {
  const process = host.start();
  process.send({ id: "hello", command: "hello", protocol: 1 });
  await process.reply();
  const before = await process.memory();
  const asked = performance.now();
  process.send({ id: "sign", command: "sign", protocol: 1, origin: ORIGIN_OF(document), document });
  await process.reply();
  const toWindow = performance.now() - asked;
  const window = await new HostWindow(desk.environment).appear();
  await readToTheEnd(window);
  const memory = await process.memory();
  const look = await desk.reader.count();
  await window.type(desk.world.signaturePassword);
  const entered = performance.now();
  await window.press("Return");
  const { reply } = await process.reply();
  const toReply = performance.now() - entered;
  if (reply !== "signed") throw new Error(`the host answered ${reply}`);
  const sign = await desk.reader.count();
  await process.stop();
  return {
    requestToWindowMs: rounded(toWindow),
    passwordToReplyMs: {
      all: rounded(toReply),
      cardAlone: rounded(sign.microseconds / 1000),
      withoutCard: rounded(toReply - sign.microseconds / 1000),
    },
    exchanges: {
      look: look.exchanges,
      filing: sign.exchanges,
      certificateBytes: (await stat(join(desk.world.card("yamada-taro"), "signature-certificate.der"))).size,
      goal: 18,
      openscSignatureAlone: 41,
    },
    hostMemoryKiB: { beforeWindow: before, withWindow: memory, webEidWithWindow: [43_800, 48_000] },
  };
}

async function measureSizes() {
  const module = await readFile(join(built.page, "shomei_module_bg.wasm"));
  return {
    wasmBytes: { raw: module.length, gzip: gzipSync(module, { level: 9 }).length },
    contentScriptBytes: { ours: (await stat(join(built.extension, "content/door.js"))).size, webEid: 25_900 },
    hostBinaryBytes: (await stat(built.host)).size,
  };
}

function rounded(milliseconds) {
  return Math.round(milliseconds * 10) / 10;
}
