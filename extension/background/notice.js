// What the resident is told outside the page: a mark on the toolbar button, and the extension's own window.

const KEY = "status-window";
const ALERT = { color: "#b3261e" };

/**
 * Marks the toolbar button: there is something to read behind it.
 * @param {typeof chrome} browser
 * @param {boolean} on
 */
export async function mark(browser, on) {
  await browser.action.setBadgeText({ text: on ? "!" : "" });
  if (on) await browser.action.setBadgeBackgroundColor(ALERT);
}

/**
 * Opens the status window anew, so that it comes to the front and checks again.
 * @param {typeof chrome} browser
 * @param {"" | "#allowed"} [fragment] `#allowed` adds that a stopped site may start again
 */
export async function showStatus(browser, fragment = "") {
  const { [KEY]: old } = await browser.storage.session.get(KEY);
  if (typeof old === "number") await browser.windows.remove(old).catch(() => {});
  const url = browser.runtime.getURL("pages/status.html") + fragment;
  const window = await browser.windows.create({ url, type: "popup", width: 520, height: 640 });
  await browser.storage.session.set({ [KEY]: window?.id });
}
