/**
 * Chromium with the extension and the host, in a profile that is thrown away.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chromium } from "playwright-core";

import { extensionId, installHost } from "./host-installation.mjs";
import { built } from "./programs.mjs";

/**
 * Starts Chromium on a display. `extension` and `host` may be left out, as on a computer where they are not
 * installed. Every name under `mihon.lg.jp` leads to the site's port on loopback, every other nowhere.
 */
export async function startBrowser({ site, environment, extension = true, host = true, viewport = null }) {
  const profile = await mkdtemp(join(tmpdir(), "shomei-profile-"));
  if (host) await installHost(profile);
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: "/usr/bin/chromium",
    headless: false,
    viewport,
    ignoreHTTPSErrors: true,
    locale: "ja-JP",
    ignoreDefaultArgs: ["--disable-extensions"],
    env: { ...process.env, LANGUAGE: "ja", ...environment },
    args: browserArguments(site, extension),
  });
  return {
    context,
    extensionId: await extensionId(),
    stop: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

function browserArguments(site, extension) {
  const args = [
    `--host-resolver-rules=MAP *.mihon.lg.jp 127.0.0.1:${site.port}, MAP elsewhere.example 127.0.0.1:${site.port}`,
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    "--window-position=0,0",
    "--window-size=1280,1024",
  ];
  if (extension) args.push(`--load-extension=${built.extension}`, `--disable-extensions-except=${built.extension}`);
  // Chromium refuses its own sandbox for root, as in a container.
  if (process.getuid() === 0) args.push("--no-sandbox");
  return args;
}
