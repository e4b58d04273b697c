/**
 * The demonstration: a resident files an application for a copy of the residence record.
 *
 * On a display it opens Chromium and leaves the filing to the person, with a virtual card in a virtual reader.
 * `--headless` files by itself on a virtual display and leaves the results in `target/demo/`.
 */
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { once } from "node:events";

import { setDesk } from "./environment/desk.mjs";
import { beginSigning, confirm, fillIn, FORM, openForm, pause, readToTheEnd } from "./environment/filing.mjs";
import { report, signedDocument, writeExpectations } from "./environment/judge.mjs";
import { built } from "./environment/programs.mjs";
import { measure } from "./figures.mjs";

const headless = process.argv.includes("--headless");
const keep = process.argv.includes("--keep");
/** What a window needs to paint everything, for the picture only. */
const PAINTED = 1000;
const out = join(built.target, "demo");

const desk = await setDesk({ display: headless ? "virtual" : "own" });
try {
  await (headless ? fileByItself() : leaveToThePerson());
  if (keep) await untilInterrupted();
} finally {
  await desk.clear();
}

async function fileByItself() {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const page = await openForm(desk.browser);
  const envelope = await file(page);
  await cp(desk.world.authority, join(out, "lab-ca.pem"));
  await cp(desk.world.anchors, join(out, "anchors"), { recursive: true });
  await cp(desk.world.lists, join(out, "crl"), { recursive: true });
  const document = await signedDocument(desk.world, envelope);
  await writeExpectations(document, join(out, "expect.json"));
  await writeFile(join(out, "report.json"), await report(out));
  const figures = await measure();
  await writeFile(join(out, "figures.json"), `${JSON.stringify(figures, null, 2)}\n`);
  console.log(JSON.stringify(figures, null, 2));
}

/** Fills, signs and files; leaves pictures, receipt and envelope. Returns the envelope's path. */
async function file(page) {
  await fillIn(page);
  await page.screenshot({ path: join(out, "form.png"), fullPage: true });
  await confirm(page);
  await page.screenshot({ path: join(out, "confirmation.png"), fullPage: true });
  const window = await beginSigning(page, desk.environment);
  await pause(PAINTED);
  await desk.display.picture(join(out, "window.png"), await window.area());
  await readToTheEnd(window);
  await window.type(desk.world.signaturePassword);
  await desk.display.picture(join(out, "password.png"), await window.area());
  await window.press("Return");
  await page.waitForURL("**/receipts/*");
  await page.screenshot({ path: join(out, "receipt.png"), fullPage: true });
  await writeFile(join(out, "receipt.html"), await page.content());
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#download").click()]);
  const envelope = join(out, "application.p7m");
  await download.saveAs(envelope);
  return envelope;
}

async function leaveToThePerson() {
  const page = desk.browser.context.pages()[0] ?? (await desk.browser.context.newPage());
  await page.goto(FORM);
  console.log(`The demo card's signature password: ${desk.world.signaturePassword}`);
  console.log("Fill in the form, sign, and close the browser when you are done.");
  await once(desk.browser.context, "close");
}

async function untilInterrupted() {
  console.log(`Reader, server and browser go on until you press Ctrl+C. Password: ${desk.world.signaturePassword}`);
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
}
