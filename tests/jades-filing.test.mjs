/**
 * One application in JAdES, from the form to the stored envelope: the page asks for it, the host signs it, the server files
 * it, and others judge what was stored.
 */
import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { compactVerify, decodeProtectedHeader } from "jose";

import { setDesk } from "./environment/desk.mjs";
import { ANSWERS, beginSigning, confirm, enterPassword, fillIn, openForm, readToTheEnd } from "./environment/filing.mjs";
import { report, writeExpectations } from "./environment/judge.mjs";
import { PATIENCE } from "./environment/programs.mjs";

let desk;
before(async () => (desk = await setDesk({ site: { container: "jades" } })));
after(() => desk?.clear());

/** Files an application and saves what the receipt offers to keep; resolves to the file's suggested name. */
async function fileAndKeep(file) {
  const page = await openForm(desk.browser);
  page.setDefaultTimeout(PATIENCE);
  await fillIn(page);
  await confirm(page);
  const window = await beginSigning(page, desk.environment);
  await readToTheEnd(window);
  await enterPassword(window, desk.world.signaturePassword);
  await page.waitForURL("**/receipts/*");
  const number = await page.locator("#receipt-number").innerText();
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#download").click()]);
  await download.saveAs(file);
  await page.close();
  assert.equal(download.suggestedFilename(), `application-${number}.jws`);
}

test("a page that asks for JAdES gets a receipt, and everybody else reads the same signature", async () => {
  const file = join(desk.world.folder, "application.jws");
  await fileAndKeep(file);
  const envelope = await readFile(file, "ascii");
  const { x5c } = decodeProtectedHeader(envelope);
  const { publicKey } = new X509Certificate(Buffer.from(x5c[0], "base64"));
  const { payload } = await compactVerify(envelope, publicKey, { algorithms: ["RS256"] });
  const document = JSON.parse(Buffer.from(payload));
  assert.equal(document.container, "jades");
  const purpose = document.fields.find(({ name }) => name === "purpose");
  assert.equal(purpose.value, ANSWERS.purpose);

  await writeExpectations(Buffer.from(payload), join(desk.world.folder, "expect.json"));
  const { verdict, application } = JSON.parse(await report(desk.world.folder, "application.jws"));
  assert.equal(verdict, "valid");
  assert.deepEqual(application, document);
});
