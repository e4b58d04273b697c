// One signing, from the page's request to the answer that the page may hear.

import { currentCaller, isInFront, isSame } from "./caller.js";
import { HostUnavailable, openHost } from "./host.js";
import { refusal } from "./messages.js";
import { mark, showStatus } from "./notice.js";

/** The host's refusals that a page can act on. All others are told to the resident alone, in the host's window. */
export const FOR_THE_PAGE = new Set([
  "bad-document",
  "bad-origin",
  "busy",
  "cancelled",
  "clock-off",
  "expired",
  "format-not-for-pages",
  "not-canonical",
  "origin-mismatch",
  "self-check-failed",
  "timeout",
  "too-large",
  "too-many-cancels",
  "wrong-container",
  "wrong-schema",
]);

/**
 * @typedef {import("./caller.js").Caller} Caller
 * @typedef {import("./host.js").Result} Result
 * @typedef {import("./messages.js").SignRequest} SignRequest
 * @typedef {import("./restraint.js").Restraint} Restraint
 * @typedef {{signal: AbortSignal, onOpened: () => void}} Control
 */

/**
 * Signs, if the caller may start, and answers, if the caller is still there.
 * @param {typeof chrome} browser
 * @param {Restraint} restraint
 * @param {Caller} caller
 * @param {SignRequest} request
 * @param {Control} control
 * @returns {Promise<Result>}
 */
export async function sign(browser, restraint, caller, request, control) {
  if (!(await isInFront(browser, caller))) return refusal("not-active");
  if (await restraint.holds(caller.origin)) {
    await mark(browser, true);
    return refusal("too-many-cancels");
  }
  const result = await signOnHost(browser, restraint, caller, request, control);
  if (result.reply === "error") return result;
  const now = await currentCaller(browser, caller.tabId);
  return isSame(now, caller) ? result : refusal("origin-mismatch");
}

/**
 * @param {typeof chrome} browser
 * @param {Restraint} restraint
 * @param {Caller} caller
 * @param {SignRequest} request
 * @param {Control} control
 * @returns {Promise<Result>}
 */
async function signOnHost(browser, restraint, caller, request, { signal, onOpened }) {
  const host = await openHost(browser).catch((error) => explain(browser, error));
  if (host === null) return refusal("unreachable");
  let opened = false;
  const control = {
    signal,
    onOpened: () => {
      opened = true;
      onOpened();
    },
  };
  try {
    await mark(browser, false);
    if (signal.aborted) return refusal("cancelled");
    const { origin } = caller;
    const language = request.language ?? windowLanguage(browser);
    const result = await host.sign({ origin, document: request.document, language }, control);
    if (result.reply === "signed") await restraint.lift(origin);
    else if (opened) await restraint.count(origin);
    return forPage(result);
  } catch (error) {
    await explain(browser, error);
    return refusal("unreachable");
  } finally {
    host.close();
  }
}

/**
 * The page hears only that the host was not reached; the resident reads why.
 * @param {typeof chrome} browser
 * @param {unknown} error
 * @returns {Promise<null>}
 */
async function explain(browser, error) {
  if (!(error instanceof HostUnavailable)) throw error;
  await mark(browser, true);
  await showStatus(browser);
  return null;
}

/**
 * @param {Result} result what the host answered
 * @returns {Result} what the page may hear of it
 */
function forPage(result) {
  return result.reply === "signed" || FOR_THE_PAGE.has(result.code) ? result : refusal("unavailable");
}

/** @param {typeof chrome} browser */
function windowLanguage(browser) {
  return browser.i18n.getUILanguage().startsWith("ja") ? "ja" : "en";
}
