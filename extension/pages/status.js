// The extension's own page: says whether the host can be used, and if not, what to do. Nothing of it reaches a website.

import { probeHost } from "../background/host.js";
import { mark } from "../background/notice.js";

/**
 * How many steps each state has in the message catalogue (`missingStep1`, ...).
 * @type {Record<import("../background/host.js").HostState, number>}
 */
const STEPS = { ready: 0, missing: 3, forbidden: 2, crashed: 3, outdated: 2, newer: 2 };

/** @param {string} key */
const words = (key) => chrome.i18n.getMessage(key);

/** @param {string} id */
function element(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(id);
  return found;
}

function fillWords() {
  document.documentElement.lang = words("language");
  document.title = words("title");
  for (const each of document.querySelectorAll("[data-message]")) {
    each.textContent = words(each.getAttribute("data-message") ?? "");
  }
  element("version").textContent = chrome.runtime.getManifest().version;
  element("allowed").hidden = location.hash !== "#allowed";
}

/** @param {import("../background/host.js").HostState} state */
function show(state) {
  element("state").textContent = words(`${state}Title`);
  element("meaning").textContent = words(`${state}Meaning`);
  element("code").textContent = `host-${state}`;
  element("next-title").hidden = STEPS[state] === 0;
  const steps = Array.from({ length: STEPS[state] }, (_, index) => {
    const item = document.createElement("li");
    item.textContent = words(`${state}Step${index + 1}`);
    return item;
  });
  element("next").replaceChildren(...steps);
}

async function check() {
  const state = await probeHost(chrome);
  show(state);
  await mark(chrome, state !== "ready");
}

fillWords();
element("again").addEventListener("click", check);
await check();
