// Ties the browser's events to the rules: one port per page request, one signing at a time.

import { callerOf, currentCaller } from "./caller.js";
import { probeHost } from "./host.js";
import { isCancel, readRequest, refusal } from "./messages.js";
import { mark, showStatus } from "./notice.js";
import { restraint } from "./restraint.js";
import { sign } from "./signing.js";

/**
 * @typedef {import("./caller.js").Caller} Caller
 * @typedef {import("./messages.js").SignRequest} SignRequest
 */

/**
 * Starts listening. Must run to its end in the first turn of the service worker, or the browser drops the events that woke it.
 * @param {typeof chrome} browser
 */
export function listen(browser) {
  const desk = new Desk(browser);
  browser.runtime.onConnect.addListener((port) => desk.receive(port));
  browser.action.onClicked.addListener((tab) => desk.clicked(tab));
}

/** Where all requests arrive. */
class Desk {
  #browser;
  #restraint;
  #signing = false;
  /** @type {Promise<"ready" | "not-ready"> | null} */
  #probe = null;

  /** @param {typeof chrome} browser */
  constructor(browser) {
    this.#browser = browser;
    this.#restraint = restraint(browser);
  }

  /**
   * A page asks. The port closes with the page's tab or document, which cancels.
   * @param {chrome.runtime.Port} port
   */
  receive(port) {
    const cancel = new AbortController();
    let open = true;
    let asked = false;
    port.onDisconnect.addListener(() => {
      open = false;
      cancel.abort();
    });
    const tell = (/** @type {object} */ reply) => {
      if (open) port.postMessage(reply);
    };
    const control = { signal: cancel.signal, onOpened: () => tell({ reply: "opened" }) };
    port.onMessage.addListener(async (message) => {
      if (asked) return isCancel(message) ? cancel.abort() : undefined;
      asked = true;
      tell(await this.#answer(port, message, control));
    });
  }

  /**
   * The resident clicked on the toolbar button.
   * @param {chrome.tabs.Tab} tab
   */
  async clicked(tab) {
    const caller = tab.id === undefined ? null : await currentCaller(this.#browser, tab.id);
    const held = caller !== null && (await this.#restraint.holds(caller.origin));
    if (held) await this.#restraint.lift(caller.origin);
    await mark(this.#browser, false);
    await showStatus(this.#browser, held ? "#allowed" : "");
  }

  /**
   * @param {chrome.runtime.Port} port
   * @param {unknown} message
   * @param {import("./signing.js").Control} control
   * @returns {Promise<object>} the one answer
   */
  async #answer(port, message, control) {
    const caller = callerOf(port.sender);
    if (caller === null) return refusal("not-active");
    const request = readRequest(message);
    if ("reply" in request) return request;
    if (request.command === "status") return { reply: "status", status: await this.#status() };
    return this.#sign(caller, request, control);
  }

  /**
   * @param {Caller} caller
   * @param {SignRequest} request
   * @param {import("./signing.js").Control} control
   */
  async #sign(caller, request, control) {
    if (this.#signing) return refusal("busy");
    this.#signing = true;
    try {
      return await sign(this.#browser, this.#restraint, caller, request, control);
    } finally {
      this.#signing = false;
    }
  }

  /** Pages that ask at the same time share one start of the host; while it signs, it is there. */
  async #status() {
    if (this.#signing) return "ready";
    this.#probe ??= this.#ask().finally(() => {
      this.#probe = null;
    });
    return this.#probe;
  }

  /** @returns {Promise<"ready" | "not-ready">} */
  async #ask() {
    const ready = (await probeHost(this.#browser)) === "ready";
    await mark(this.#browser, !ready);
    return ready ? "ready" : "not-ready";
  }
}
