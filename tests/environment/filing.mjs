/**
 * What a resident does in the municipal page and in the host's window.
 */
import { HostWindow } from "./display.mjs";
import { ORIGIN } from "./site.mjs";

export const FORM = `${ORIGIN}/procedures/juminhyo-utsushi`;

/** Answers of the resident whose card is in the reader, for every question that arises. */
export const ANSWERS = {
  "applicant-name": "山田　太郎",
  "applicant-address": "千葉県みほん市本町１丁目２番３号",
  "applicant-birth": "1985-04-01",
  "applicant-telephone": "0475-00-0000",
  scope: "household",
  householder: "include",
  domicile: "omit",
  copies: "2",
  purpose: "運転免許証の住所変更のため",
  "submit-to": "警察署",
  delivery: "counter",
  "identity-document": "driving-licence",
};

/** How long the window must have seen no key before its field listens, with room. */
const KEY_QUIET = 1100;

/** Opens the form in a tab and waits until the page says whether it can sign. */
export async function openForm(browser) {
  const page = await browser.context.newPage();
  await page.goto(FORM);
  await page.locator("#readiness:not([data-state=checking])").waitFor();
  return page;
}

/** Fills in the form. */
export async function fillIn(page, answers = ANSWERS) {
  for (const [name, value] of Object.entries(answers)) {
    const control = page.locator(`[name="${name}"]`);
    if ((await control.evaluate((element) => element.localName)) === "select") await control.selectOption(value);
    else await control.fill(value);
  }
  await page.locator("#acknowledge").check();
}

/** Goes on from the filled form to the confirmation. */
export async function confirm(page) {
  await page.locator("#confirm").click();
  await page.locator("#step-confirm").waitFor();
}

/** Presses the button that opens the host's window, and waits for that window; an earlier one is let go first. */
export async function beginSigning(page, environment) {
  const window = new HostWindow(environment);
  await window.disappear();
  await page.locator("#sign").click();
  return window.appear();
}

/** Reads the document to its end, which brings the password field, and waits until the field listens. */
export async function readToTheEnd(window) {
  await pause(KEY_QUIET);
  await window.press("End");
  await pause(KEY_QUIET);
}

/** Types a password and confirms it. */
export async function enterPassword(window, password) {
  await window.type(password);
  await window.press("Return");
}

/** Says no once the window listens. */
export async function sayNo(window) {
  await pause(KEY_QUIET);
  await window.press("Escape");
}

/** A person's pause: the window counts the time without a key, so there is no event to wait for. */
export function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
