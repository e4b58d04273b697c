/**
 * The host as `shomei-host install` leaves it for a browser, and started as that browser starts it.
 */
import { mkdtemp, readFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { HostWindow } from "./display.mjs";
import { NativeHost } from "./native-host.mjs";
import { built, complete, within } from "./programs.mjs";

/** The id that Chromium derives from the development key: a hash of it in the letters a to p. */
export async function extensionId() {
  const { key } = JSON.parse(await readFile(join(built.extension, "manifest.json"), "utf8"));
  const digest = createHash("sha256").update(Buffer.from(key, "base64")).digest("hex").slice(0, 32);
  return [...digest].map((digit) => String.fromCharCode(97 + parseInt(digit, 16))).join("");
}

/** Installs the host for the development extension in a Chromium profile; returns the program the browser starts. */
export async function installHost(profile) {
  const id = await extensionId();
  await complete(built.host, ["install", "--browser", "chromium", "--profile", profile, "--extension-id", id]);
  const manifest = join(profile, "NativeMessagingHosts/jp.shomei.host.json");
  return JSON.parse(await readFile(manifest, "utf8")).path;
}

/**
 * Installs the host in a folder of its own; `start` starts it as the extension's browser would, `ask` has it asked to
 * sign as well and resolves when its window is open, `release` ends those that still run, as a failed test leaves them.
 */
export async function installedHost(environment) {
  const program = await installHost(await mkdtemp(join(tmpdir(), "shomei-profile-")));
  const caller = `chrome-extension://${await extensionId()}/`;
  const started = [];
  const start = (options) => {
    const host = new NativeHost(program, caller, { environment, ...options });
    started.push(host);
    return host;
  };
  const release = async () => {
    for (const host of started.splice(0)) {
      host.child.kill();
      await within(host.ended, "the end of the host");
    }
  };
  const ask = async (document, options) => {
    const host = start(options);
    const { origin } = JSON.parse(document).recipient;
    host.send({ id: "ask", command: "sign", protocol: 1, origin, document });
    const { reply } = await host.reply();
    if (reply !== "opened") throw new Error(`the host answered ${reply} and opened no window`);
    return { host, window: await new HostWindow(environment).appear() };
  };
  return { start, ask, release };
}
