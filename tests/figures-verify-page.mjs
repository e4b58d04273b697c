/**
 * Verification in a page, ours beside pkijs in the same browser: one CAdES envelope around an application of about 2 KB and
 * one of 20 KB, from octets to an answer, the chain to the authority among it. Prints rows of the bench.
 *
 * Ours does more: it holds the certificate to its profile and the document to its rules, and compares it with what its
 * recipient expects. pkijs has the browser's own cryptography.
 */
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";

import { chromium } from "playwright-core";

import { built, root } from "./environment/programs.mjs";

const ORIGIN = "https://bench.example";
const ROUNDS = 7;
const ROUND_MS = 300;
const PEER = "pkijs 4.0.0 in the same browser";
const IMPORTS = {
  pkijs: "/modules/pkijs/build/index.js",
  asn1js: "/modules/asn1js/build/index.js",
  bytestreamjs: "/modules/bytestreamjs/build/index.js",
  "@peculiar/utils": "/modules/@peculiar/utils/build/index.js",
  "@noble/hashes/": "/modules/@noble/hashes/",
};
const PAGE = `<!DOCTYPE html><script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>`;

const folder = process.argv[2];
const anchors = join(folder, "anchors/signature");
const [authority] = await readdir(anchors);
const signed = {
  at: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
  authority: await base64(join(anchors, authority)),
  expectations: await base64(join(folder, "expect.json")),
  envelopes: { "2 KB": await base64(join(folder, "application.p7m")), "20 KB": await base64(join(folder, "long.p7m")) },
};

async function base64(file) {
  return (await readFile(file)).toString("base64");
}

/** Answers for the one origin that there is. */
async function serve(route) {
  const { pathname } = new URL(route.request().url());
  if (pathname === "/") return route.fulfill({ contentType: "text/html", body: PAGE });
  const file = pathname.startsWith("/modules/")
    ? join(root, "tests/node_modules", pathname.slice("/modules/".length))
    : join(built.target, "verify-page", pathname);
  const contentType = { ".js": "text/javascript", ".wasm": "application/wasm" }[extname(file)];
  return route.fulfill({ contentType, body: await readFile(file) });
}

/** Runs in the page. Medians in milliseconds of one verification, of rounds that take turns. */
async function measure({ at, authority, expectations, envelopes, rounds, roundMs }) {
  const octets = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  await wasm_bindgen({ module_or_path: "/module/verification_bg.wasm" });
  const { Certificate, ContentInfo, SignedData } = await import("pkijs");
  const verification = new wasm_bindgen.Verification("lab", [octets(authority)], octets(expectations), at);
  const trustedCerts = [Certificate.fromBER(octets(authority))];
  const ours = (envelope) => {
    const judged = verification.judge("application.p7m", envelope, () => undefined);
    const { verdict } = judged;
    judged.free();
    if (verdict !== "revocation-unknown") throw new Error(`ours says ${verdict}`);
  };
  const theirs = async (envelope) => {
    const data = new SignedData({ schema: ContentInfo.fromBER(envelope).content });
    if (!(await data.verify({ signer: 0, trustedCerts, checkChain: true }))) throw new Error("pkijs refuses");
  };
  const round = async (verify, envelope) => {
    let count = 0;
    const begun = performance.now();
    do {
      await verify(envelope);
      count += 1;
    } while (performance.now() - begun < roundMs);
    return (performance.now() - begun) / count;
  };
  const median = (times) => times.sort((a, b) => a - b)[(times.length - 1) / 2];
  const figures = [];
  for (const [size, text] of Object.entries(envelopes)) {
    const times = { ours: [], peer: [] };
    for (let turn = 0; turn < rounds; turn++) {
      times.ours.push(await round(ours, octets(text)));
      times.peer.push(await round(theirs, octets(text)));
    }
    figures.push({ size, ours: median(times.ours), peer: median(times.peer) });
  }
  return figures;
}

const args = ["--disable-gpu", ...(process.getuid() === 0 ? ["--no-sandbox"] : [])];
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args });
try {
  const page = await browser.newPage();
  await page.route("**/*", serve);
  await page.goto(`${ORIGIN}/`);
  await page.addScriptTag({ url: "/module/verification.js" });
  const figures = await page.evaluate(measure, { ...signed, rounds: ROUNDS, roundMs: ROUND_MS });
  for (const { size, ours, peer } of figures) {
    const figure = `verify in the page, CAdES around ${size}, chain checked`;
    console.log(JSON.stringify({ figure, ours, peer, peerName: PEER, unit: "ms" }));
  }
} finally {
  await browser.close();
}
