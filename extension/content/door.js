"use strict";
// The door between a page and the extension. It forwards; every rule is in background/.
// Classic script, ASCII, isolated world: nothing of it can be seen by the page until the page asks.
(() => {
  /** @typedef {{id: string, command: string, protocol?: unknown, document?: unknown, language?: unknown}} PageRequest */

  const ID = /^[\w-]{1,64}$/;

  // The browser answers this by itself in `sender`: the background learns who is in the tab now.
  chrome.runtime.onMessage.addListener((message) => {
    void chrome.runtime.sendMessage({ command: "confirm", token: message.token });
  });

  addEventListener("message", (event) => {
    const [page] = event.ports;
    if (!event.isTrusted || event.source !== window || event.origin !== origin) return;
    if (event.data?.shomei !== "connect" || !page) return;
    serve(page);
    page.postMessage({ shomei: "connected", protocol: 1 });
  });

  /** @param {MessagePort} page */
  function serve(page) {
    /** @type {Map<string, chrome.runtime.Port | null>} the ids seen; null once answered */
    const seen = new Map();
    page.onmessage = ({ data }) => {
      const id = data?.id;
      if (typeof id !== "string" || !ID.test(id)) return refuse(page, null, "bad-id");
      if (seen.has(id)) return refuse(page, id, "reused-id");
      seen.set(id, null);
      if (data.command === "cancel") {
        seen.get(data.target)?.postMessage({ command: "cancel" });
        return page.postMessage({ id, reply: "cancelling" });
      }
      if (data.command === "sign" && !navigator.userActivation.isActive) return refuse(page, id, "not-active");
      try {
        seen.set(id, forward(page, data, () => seen.set(id, null)));
      } catch {
        // The extension was updated or removed under this page; only a reload brings a new door.
        refuse(page, id, "unreachable");
      }
    };
  }

  /**
   * One port per request: the browser closes it with the tab or the document, and that is the cancel.
   * @param {MessagePort} page
   * @param {PageRequest} request
   * @param {() => void} answered
   */
  function forward(page, { id, ...request }, answered) {
    const port = chrome.runtime.connect({ name: "shomei" });
    let live = true;
    /** @param {object} reply */
    const finish = (reply) => {
      if (!live) return;
      live = false;
      answered();
      page.postMessage({ ...reply, id });
      port.disconnect();
    };
    port.onMessage.addListener((reply) => {
      if (reply.reply === "opened") page.postMessage({ ...reply, id });
      else finish(reply);
    });
    port.onDisconnect.addListener(() => finish({ reply: "error", code: "unreachable" }));
    port.postMessage(request);
    return port;
  }

  /** @param {MessagePort} page @param {string | null} id @param {string} code */
  function refuse(page, id, code) {
    page.postMessage({ id, reply: "error", code });
  }
})();
