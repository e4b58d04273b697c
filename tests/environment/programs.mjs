/**
 * What is tested: where the built parts are, and running a program that prints one JSON event a line.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const target = process.env.SHOMEI_TARGET ?? join(root, "target");

/** The built parts, as they ship or are shown. */
export const built = {
  target,
  host: join(target, "release/shomei-host"),
  verify: join(target, "debug/shomei"),
  lab: join(target, "debug/shomei-lab"),
  document: join(target, "debug/make-document"),
  signedFiles: join(target, "debug/make-signed-files"),
  python: join(target, "python/bin/python3"),
  sign: join(target, "debug/sign-with-card"),
  site: join(target, "debug/shomei-demo-site"),
  page: join(target, "wasm/package"),
  verifyPage: join(target, "verify-page/shomei-verify.html"),
  extension: join(target, "extension/development"),
};

/** A limit for every wait: far above what a slow machine needs, so reaching it means that nothing happened. */
export const PATIENCE = 60_000;

/** Settles like `promise`, or fails with `what` after `milliseconds`. */
export async function within(promise, what, milliseconds = PATIENCE) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Runs a program to its end and returns what it printed; a failure shows its own words. */
export async function complete(program, args, options = {}) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
  const printed = { out: "", error: "" };
  child.stdout.on("data", (data) => (printed.out += data));
  child.stderr.on("data", (data) => (printed.error += data));
  const [code] = await within(once(child, "close"), `${program} ${args.join(" ")}`);
  if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${code}: ${printed.error}${printed.out}`);
  return printed.out;
}

/** A running program that reports one JSON event a line on its standard output. */
export class Program {
  #events = [];
  #waiting = [];

  constructor(program, args, options = {}) {
    this.child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"], ...options });
    this.ended = once(this.child, "close");
    createInterface({ input: this.child.stdout }).on("line", (line) => this.#arrive(line));
    this.ended.then(() => this.#waiting.forEach(({ fail }) => fail(new Error(`${program} ended`))));
  }

  #arrive(line) {
    if (!line.startsWith("{")) return;
    const event = JSON.parse(line);
    const index = this.#waiting.findIndex(({ names }) => names.includes(event.event));
    if (index < 0) this.#events.push(event);
    else this.#waiting.splice(index, 1)[0].resolve(event);
  }

  /** The next event of one of those names, also one that came before it was asked for. */
  event(...names) {
    const index = this.#events.findIndex(({ event }) => names.includes(event));
    if (index >= 0) return Promise.resolve(this.#events.splice(index, 1)[0]);
    const arrived = new Promise((resolve, fail) => this.#waiting.push({ names, resolve, fail }));
    return within(arrived, `event ${names.join(" or ")}`);
  }

  /** Writes one line to the program. */
  say(line) {
    this.child.stdin.write(`${line}\n`);
  }

  /** Ends the program and waits until it is gone. */
  async stop() {
    this.child.stdin.end();
    this.child.kill("SIGTERM");
    await within(this.ended, "the end of a program");
  }
}
