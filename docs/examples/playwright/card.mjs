/**
 * A virtual My Number Card in a virtual reader, and the window in which a resident signs: what a browser test needs
 * besides the browser.
 */
import { execFile, spawn } from "node:child_process";
import { createInterface } from "node:readline/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Makes a world of fictional residents in `folder`; their cards lie in `folder/cards`. */
export async function issueWorld(lab, folder) {
  await run(lab, ["issue", "--out", folder]);
  return JSON.parse((await run(lab, ["passwords"])).stdout);
}

/** Puts a card into a reader of its own. `environment` is what browsers and other PC/SC clients need to see it. */
export async function insertCard(lab, card, options = []) {
  const reader = spawn(lab, ["reader", "--card", card, ...options], { stdio: ["pipe", "pipe", "inherit"] });
  const events = createInterface({ input: reader.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await events.next()).value);
  const { socket } = await next();
  return {
    environment: { PCSCLITE_CSOCK_NAME: socket },
    /** Gives an order, for example `remove`, `insert`, `standing` or `fault remove@7`, and returns the answer. */
    order: (line) => {
      reader.stdin.write(`${line}\n`);
      return next();
    },
    stop: () => {
      const ended = new Promise((resolve) => reader.once("close", resolve));
      reader.stdin.end();
      return ended;
    },
  };
}

function xdotool(environment, ...args) {
  return run("xdotool", args, { env: { ...process.env, ...environment } }).then(({ stdout }) => stdout.trim());
}

/** Waits until no window of Shomei is left: it shows its result for a moment. */
export async function noSigningWindow(environment) {
  const search = ["search", "--onlyvisible", "--name", "Shomei"];
  while (await xdotool(environment, ...search).catch(() => "")) await new Promise((resolve) => setTimeout(resolve, 100));
}

/** The window of Shomei: outside the browser, so it is driven as a person would drive it. */
export async function signingWindow(environment) {
  const [id] = (await xdotool(environment, "search", "--sync", "--onlyvisible", "--name", "Shomei")).split("\n");
  await xdotool(environment, "windowfocus", "--sync", id);
  // The window ignores keys that were meant for another one: it listens after 0.6 s without any.
  const settle = () => new Promise((resolve) => setTimeout(resolve, 900));
  return {
    /** Reads to the end of the application, which brings the password field. */
    read: async () => {
      await settle();
      await xdotool(environment, "key", "End");
      await settle();
    },
    enter: async (password) => {
      await xdotool(environment, "type", "--delay", "40", password);
      await xdotool(environment, "key", "Return");
    },
    decline: async () => {
      await settle();
      await xdotool(environment, "key", "Escape");
    },
  };
}
