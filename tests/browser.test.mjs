/**
 * Chromium with the extension as it ships, the release host, PC/SC, the virtual card and the server: what a resident
 * lives through.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { setDesk } from "./environment/desk.mjs";
import { ANSWERS, beginSigning, confirm, enterPassword, fillIn, openForm, pause, readToTheEnd, sayNo } from "./environment/filing.mjs";
import { PATIENCE } from "./environment/programs.mjs";
import { keyIsClosed } from "./environment/second-client.mjs";

let desk;
before(async () => (desk = await setDesk()));
after(() => desk.clear());

async function openFilledForm() {
  const page = await openForm(desk.browser);
  page.setDefaultTimeout(PATIENCE);
  assert.equal(await page.locator("#readiness").getAttribute("data-state"), "ready");
  await fillIn(page);
  await confirm(page);
  return page;
}

async function assertReceipt(page) {
  await page.waitForURL("**/receipts/*");
  assert.match(await page.locator("#receipt-number").innerText(), /\S/);
}

async function assertInputKept(page) {
  for (const [name, value] of Object.entries(ANSWERS)) {
    assert.equal(await page.locator(`[name="${name}"]`).inputValue(), value, name);
  }
}

test("a resident files an application and gets a receipt", async () => {
  const page = await openFilledForm();
  const window = await beginSigning(page, desk.environment);
  await readToTheEnd(window);
  await enterPassword(window, desk.world.signaturePassword);
  await assertReceipt(page);
  const state = await page.locator("#receipt-state").innerText();
  assert.ok(!state.includes("有効") || !state.includes("未確認"), state);
  assert.ok(await keyIsClosed(desk.environment));
  await page.close();
});

test("a wrong password once, then the right one, files all the same", async () => {
  const page = await openFilledForm();
  const window = await beginSigning(page, desk.environment);
  await readToTheEnd(window);
  await enterPassword(window, "WRONG123");
  await pause(1500);
  await enterPassword(window, desk.world.signaturePassword);
  await assertReceipt(page);
  await page.close();
});

test("saying no leads back to the filled form", async () => {
  const page = await openFilledForm();
  const window = await beginSigning(page, desk.environment);
  await sayNo(window);
  await page.locator("#alert[data-code=cancelled]").waitFor();
  await assertInputKept(page);
  await page.close();
});

test("closing the tab closes the window and frees the card", async () => {
  const page = await openFilledForm();
  const window = await beginSigning(page, desk.environment);
  await readToTheEnd(window);
  await page.close();
  await window.disappear();
  assert.ok(await keyIsClosed(desk.environment));
});

test("a page on another site sees nothing of the extension", async () => {
  const page = await desk.browser.context.newPage();
  await page.goto("https://elsewhere.example/");
  const seen = await page.evaluate(async (id) => {
    const channel = new MessageChannel();
    const answered = new Promise((resolve) => {
      channel.port1.onmessage = () => resolve("answered");
      setTimeout(() => resolve("silent"), 1500);
    });
    postMessage({ shomei: "connect" }, location.origin, [channel.port2]);
    const file = await fetch(`chrome-extension://${id}/manifest.json`).then(() => "readable", () => "unreadable");
    const marks = [...document.documentElement.attributes].map(({ name }) => name).filter((name) => /shomei/i.test(name));
    const names = Object.getOwnPropertyNames(window).filter((name) => /shomei/i.test(name));
    return { door: await answered, file, marks, names, runtime: typeof globalThis.chrome?.runtime };
  }, desk.browser.extensionId);
  assert.deepEqual(seen, { door: "silent", file: "unreadable", marks: [], names: [], runtime: "undefined" });
  await page.close();
});
