/**
 * A resident who moved and files once more with the old certificate: through the browser, the window and the reader.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { setDesk } from "./environment/desk.mjs";
import { ANSWERS, beginSigning, confirm, enterPassword, fillIn, openForm, pause, readToTheEnd } from "./environment/filing.mjs";
import { built, complete, PATIENCE } from "./environment/programs.mjs";

let desk;
before(async () => (desk = await setDesk()));
after(() => desk?.clear());

async function signApplication() {
  const page = await openForm(desk.browser);
  page.setDefaultTimeout(PATIENCE);
  await fillIn(page);
  await confirm(page);
  const window = await beginSigning(page, desk.environment);
  await readToTheEnd(window);
  await enterPassword(window, desk.world.signaturePassword);
  return page;
}

test("who moved is told so, keeps what was typed, and what was filed before stays accepted", async () => {
  const first = await signApplication();
  await first.waitForURL("**/receipts/*");
  await pause(2_100 - (Date.now() % 1_000));
  const move = ["move", "--holder", "yamada-taro", "--address", "千葉県みほん市港１番"];
  const done = JSON.parse(await complete(built.lab, ["counter", "--world", desk.world.folder, ...move]));
  assert.match(done.advice, /署名用電子証明書/);

  const second = await signApplication();
  const alert = second.locator("#alert[data-code=certificate-revoked]");
  await alert.waitFor();
  assert.match(await alert.innerText(), /失効しています。引っ越しや氏名の変更.*窓口/s);
  for (const [name, value] of Object.entries(ANSWERS)) {
    assert.equal(await second.locator(`[name="${name}"]`).inputValue(), value, name);
  }

  await first.reload();
  assert.match(await first.locator("#receipt-state").innerText(), /^受付（/);
  await first.close();
  await second.close();
});
