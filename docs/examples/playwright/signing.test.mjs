/**
 * A municipality's browser test: a resident fills in the form, signs with the card, and gets a receipt.
 *
 * What it runs with comes from the environment: see README.md beside this file.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { chromium } from "playwright-core";

import { insertCard, issueWorld, noSigningWindow, signingWindow } from "./card.mjs";

const { SHOMEI_LAB, SHOMEI_HOST, SHOMEI_EXTENSION, SHOMEI_EXTENSION_ID, SITE, SITE_PORT, WORLD } = process.env;

const folder = mkdtempSync(join(tmpdir(), "playwright-example-"));
let passwords, card, browser;

before(async () => {
  // A site under test trusts the authorities of a world; without one that exists already, make one.
  passwords = await issueWorld(SHOMEI_LAB, WORLD ? join(folder, "unused") : folder);
  card = await insertCard(SHOMEI_LAB, join(WORLD ?? folder, "cards/yamada-taro"));
  const profile = join(folder, "profile");
  const install = ["install", "--browser", "chromium", "--profile", profile, "--extension-id", SHOMEI_EXTENSION_ID];
  execFileSync(SHOMEI_HOST, install, { stdio: "ignore" });
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: "/usr/bin/chromium",
    headless: false,
    ignoreHTTPSErrors: true,
    locale: "ja-JP",
    ignoreDefaultArgs: ["--disable-extensions"],
    env: { ...process.env, ...card.environment },
    args: [
      `--load-extension=${SHOMEI_EXTENSION}`,
      `--host-resolver-rules=MAP ${new URL(SITE).host} 127.0.0.1:${SITE_PORT}`,
      "--disable-background-networking",
      ...(process.getuid() === 0 ? ["--no-sandbox"] : []),
    ],
  });
});

after(async () => {
  await browser?.close();
  await card?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Fills in the form up to the button that opens the signing window, and presses it. */
async function askToSign() {
  await noSigningWindow(card.environment);
  const page = await browser.newPage();
  await page.goto(`${SITE}/procedures/juminhyo-utsushi`);
  const answers = {
    "applicant-name": "山田　太郎",
    "applicant-address": "千葉県みほん市本町１丁目２番３号",
    "applicant-birth": "1985-04-01",
    "applicant-telephone": "0475-00-0000",
    copies: "1",
    purpose: "運転免許証の住所変更のため",
    "submit-to": "警察署",
  };
  const choices = { scope: "household", householder: "omit", domicile: "omit", delivery: "mail" };
  for (const [name, value] of Object.entries(answers)) await page.locator(`[name="${name}"]`).fill(value);
  for (const [name, value] of Object.entries(choices)) await page.locator(`[name="${name}"]`).selectOption(value);
  await page.locator("#acknowledge").check();
  await page.locator("#confirm").click();
  await page.locator("#sign").click();
  return page;
}

test("a signed application gets a receipt", { timeout: 60_000 }, async () => {
  const page = await askToSign();
  const window = await signingWindow(card.environment);
  await window.read();
  await window.enter(passwords.SIGNATURE_PASSWORD);
  await page.waitForURL("**/receipts/*");
  await page.close();
});

test("a wrong password costs one try, and saying no keeps what was filled in", { timeout: 60_000 }, async () => {
  const page = await askToSign();
  const window = await signingWindow(card.environment);
  await window.read();
  await window.enter("WRONG123");
  while ((await card.order("standing")).signaturePassword.left === 5) await page.waitForTimeout(100);
  await window.decline();
  await page.locator("#alert[data-code=cancelled]").waitFor();
  assert.equal(await page.locator('[name="purpose"]').inputValue(), "運転免許証の住所変更のため");
  assert.equal((await card.order("standing")).signaturePassword.open, false);
  await page.close();
});
