/**
 * A page from the disk in a browser that reaches no network. Chromium is driven by Playwright, Firefox by Puppeteer over
 * WebDriver BiDi, as Debian packages both; tests see one and the same page.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { chromium } from "playwright-core";
import puppeteer from "puppeteer-core";

import { PATIENCE, within } from "./programs.mjs";

const SIZE = { width: 1000, height: 900 };

/** Nobody answers there, and every name leads there. */
const NOWHERE = { host: "127.0.0.1", port: 9 };

/** Opens a file in Chromium without a network. */
export async function openInChromium(file) {
  const args = ["--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking", "--disable-gpu"];
  // Chromium refuses its own sandbox for root, as in a container.
  if (process.getuid() === 0) args.push("--no-sandbox");
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args });
  const context = await browser.newContext({ locale: "ja-JP", viewport: SIZE, offline: true });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  return {
    ...(await opened(page, file)),
    schemes: ["light", "dark"],
    scheme: (colorScheme) => page.emulateMedia({ colorScheme }),
    choose: (selector, files) => page.setInputFiles(selector, files),
    close: () => browser.close(),
  };
}

/** Opens a file in Firefox without a network. What is dark there is the system's to say, so it stays light. */
export async function openInFirefox(file) {
  const home = await mkdtemp(join(tmpdir(), "shomei-firefox-"));
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: "/usr/bin/firefox-esr",
    headless: true,
    env: { ...process.env, HOME: home },
    defaultViewport: SIZE,
    extraPrefsFirefox: {
      "intl.accept_languages": "ja,en",
      "network.proxy.type": 1,
      "network.proxy.http": NOWHERE.host,
      "network.proxy.http_port": NOWHERE.port,
      "network.proxy.ssl": NOWHERE.host,
      "network.proxy.ssl_port": NOWHERE.port,
      "layout.css.prefers-color-scheme.content-override": 1,
    },
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  return {
    ...(await opened(page, file)),
    schemes: ["light"],
    scheme: async () => {},
    choose: async (selector, files) => (await page.$(selector)).uploadFile(...files),
    close: async () => {
      await browser.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** What both drivers do in the same way. */
async function opened(page, file) {
  const requests = [];
  const complaints = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => ["error", "warning", "warn"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  const address = pathToFileURL(file).href;
  await page.goto(address);
  return {
    requests: () => requests,
    complaints: () => complaints,
    reload: () => page.goto(address),
    click: (selector) => page.click(selector),
    press: (key) => page.keyboard.press(key),
    waitFor: (selector) => page.waitForSelector(selector),
    waitForText: (selector, text) => within(until(page, selector, text), `${text} in ${selector}`),
    text: (selector) => page.$eval(selector, (element) => element.textContent),
    evaluate: (task, argument) => page.evaluate(task, argument),
    picture: (path) => page.screenshot({ path, fullPage: true }),
    faults: (axe) => faults(page, axe),
  };
}

async function until(page, selector, text) {
  while (!(await page.$eval(selector, (element) => element.textContent)).includes(text)) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What axe-core says is wrong: rule and place. */
async function faults(page, axe) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations } = await globalThis.axe.run(document, { runOnly: tags });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
  });
}
