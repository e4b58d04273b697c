// Who is asking. Every fact comes from the browser's `sender`, none from the page or the content script.

/**
 * @typedef {object} Caller
 * @property {string} origin https origin, serialised by the browser
 * @property {number} tabId
 * @property {number} windowId
 * @property {string} [documentId] the very document; absent in browsers that do not have it
 */

/** How long the tab may take to prove that the same document is still in it. */
export const CONFIRM_LIMIT = 1000;

/**
 * The caller that may use the extension: the top frame of a live document in a tab, on https.
 * @param {chrome.runtime.MessageSender | undefined} sender
 * @returns {Caller | null}
 */
export function callerOf(sender) {
  const tab = sender?.tab;
  if (!sender || tab?.id === undefined || sender.frameId !== 0) return null;
  if ((sender.documentLifecycle ?? "active") !== "active") return null;
  const origin = originOf(sender);
  return origin === null ? null : { origin, tabId: tab.id, windowId: tab.windowId, documentId: sender.documentId };
}

/**
 * The sender's https origin. Where the browser gives both, the origin and the address must agree: a sandboxed document has an
 * address of the site but an origin of its own.
 * @param {chrome.runtime.MessageSender} sender
 * @returns {string | null}
 */
function originOf(sender) {
  if (sender.url === undefined) return null;
  const { protocol, origin } = new URL(sender.url);
  if (protocol !== "https:") return null;
  return sender.origin === undefined || sender.origin === origin ? origin : null;
}

/**
 * Is the caller's tab the active tab of the focused window?
 * @param {typeof chrome} browser
 * @param {Caller} caller
 * @returns {Promise<boolean>}
 */
export async function isInFront(browser, caller) {
  try {
    const tab = await browser.tabs.get(caller.tabId);
    const window = await browser.windows.get(tab.windowId);
    return tab.active && window.focused;
  } catch {
    return false; // the tab or the window is gone
  }
}

/**
 * Who is in the tab now? The content script of the tab's top frame is asked to speak, and the browser stamps what it says.
 * @param {typeof chrome} browser
 * @param {number} tabId
 * @returns {Promise<Caller | null>} null when no content script of ours is there
 */
export function currentCaller(browser, tabId) {
  const token = crypto.randomUUID();
  return new Promise((resolve) => {
    /** @param {Caller | null} caller */
    const finish = (caller) => {
      clearTimeout(timer);
      browser.runtime.onMessage.removeListener(hear);
      resolve(caller);
    };
    /**
     * @param {any} message
     * @param {chrome.runtime.MessageSender} sender
     */
    const hear = (message, sender) => {
      if (message?.token === token) finish(callerOf(sender));
    };
    const timer = setTimeout(() => finish(null), CONFIRM_LIMIT);
    browser.runtime.onMessage.addListener(hear);
    browser.tabs.sendMessage(tabId, { token }, { frameId: 0 }).catch(() => finish(null));
  });
}

/**
 * @param {Caller | null} now
 * @param {Caller} before
 */
export function isSame(now, before) {
  return now?.origin === before.origin && now.tabId === before.tabId && now.documentId === before.documentId;
}
