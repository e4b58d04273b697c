/**
 * Computers on which something is still missing: each gap is named within two seconds, with the next step, and the
 * filled form stays.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { setDesk } from "./environment/desk.mjs";
import { beginSigning, confirm, enterPassword, fillIn, openForm, pause, readToTheEnd, sayNo } from "./environment/filing.mjs";
import { PATIENCE } from "./environment/programs.mjs";

const NAMED_WITHIN = 2000;

async function atADesk(options, act) {
  const desk = await setDesk(options);
  try {
    await act(desk);
  } finally {
    await desk.clear();
  }
}

/** What the page says of its readiness, and how long after the page was there it said so. */
async function readiness(page) {
  const loaded = await page.evaluate(() => performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd);
  const state = await page.locator("#readiness").getAttribute("data-state");
  const now = await page.evaluate(() => performance.now());
  return { state, milliseconds: now - loaded, text: await page.locator("#readiness").innerText() };
}

test("no extension: the page names it", async () => {
  await atADesk({ browser: { extension: false, host: false } }, async (desk) => {
    const page = await openForm(desk.browser);
    const { state, milliseconds, text } = await readiness(page);
    assert.equal(state, "unsupported");
    assert.ok(milliseconds < NAMED_WITHIN, `${milliseconds} ms`);
    assert.match(text, /拡張機能/);
    await fillIn(page);
    await confirm(page);
  });
});

test("no host: the page says not ready, the extension's own page names it", async () => {
  await atADesk({ browser: { host: false } }, async (desk) => {
    const page = await openForm(desk.browser);
    const { state, milliseconds } = await readiness(page);
    assert.equal(state, "not-ready");
    assert.ok(milliseconds < NAMED_WITHIN, `${milliseconds} ms`);
    await fillIn(page);
    await confirm(page);
    const opened = desk.browser.context.waitForEvent("page", { timeout: PATIENCE });
    await page.locator("#sign").click();
    const explanation = await opened;
    await explanation.getByText("host-missing").waitFor();
    assert.equal(await explanation.locator("html").getAttribute("lang"), "ja");
    await page.locator("#alert:not([hidden])").waitFor();
    assert.equal(await page.locator("[name=applicant-name]").inputValue(), "山田　太郎");
  });
});

test("no reader: the window names it", async () => {
  await atADesk({ reader: null }, async (desk) => {
    const page = await openForm(desk.browser);
    await fillIn(page);
    await confirm(page);
    const window = await beginSigning(page, desk.environment);
    await sayNo(window);
    await page.locator("#alert[data-code=cancelled]").waitFor();
  });
});

test("no card: the window waits, and goes on by itself when the card comes", async () => {
  await atADesk({ reader: ["--empty"] }, async (desk) => {
    const page = await openForm(desk.browser);
    await fillIn(page);
    await confirm(page);
    const window = await beginSigning(page, desk.environment);
    await desk.reader.insert();
    await readToTheEnd(window);
    await enterPassword(window, desk.world.signaturePassword);
    await page.waitForURL("**/receipts/*", { timeout: PATIENCE });
  });
});
