/**
 * The host as a browser starts it: frames on standard input and output.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";

import { within } from "./programs.mjs";

/** One running host, spoken to as the extension does. */
export class NativeHost {
  #buffer = Buffer.alloc(0);
  #replies = [];
  #waiting = [];

  /** `shell`, if given, is run before the host takes its place, as `ulimit` in a login shell would be. */
  constructor(program, caller, { environment = {}, folder, shell } = {}) {
    const direct = [program, [caller]];
    const afterShell = ["bash", ["-c", `${shell} && exec "$0" "$@"`, program, caller]];
    this.child = spawn(...(shell ? afterShell : direct), {
      stdio: ["pipe", "pipe", "inherit"],
      cwd: folder,
      env: { ...process.env, ...environment },
    });
    this.ended = once(this.child, "close");
    this.child.stdin.on("error", () => {});
    this.child.stdout.on("data", (data) => this.#arrive(data));
  }

  #arrive(data) {
    this.#buffer = Buffer.concat([this.#buffer, data]);
    while (this.#buffer.length >= 4 && this.#buffer.length >= 4 + this.#buffer.readUInt32LE(0)) {
      const end = 4 + this.#buffer.readUInt32LE(0);
      const reply = JSON.parse(this.#buffer.subarray(4, end).toString("utf8"));
      this.#buffer = this.#buffer.subarray(end);
      const waiting = this.#waiting.shift();
      if (waiting) waiting(reply);
      else this.#replies.push(reply);
    }
  }

  /** Sends raw bytes, well-formed or not. */
  raw(bytes) {
    this.child.stdin.write(bytes);
  }

  /** Sends one message in its frame. */
  send(message) {
    this.raw(frame(JSON.stringify(message)));
  }

  /** The next reply. One that does not come in time is left to whoever asks next. */
  async reply(milliseconds) {
    if (this.#replies.length > 0) return this.#replies.shift();
    const { promise, resolve } = deferred();
    this.#waiting.push(resolve);
    try {
      return await within(promise, "a reply of the host", milliseconds);
    } catch (late) {
      this.#waiting.splice(this.#waiting.indexOf(resolve), 1);
      throw late;
    }
  }

  /** Closes the host's input, as a browser does that goes away. */
  hangUp() {
    this.child.stdin.end();
  }

  /** Resident memory in KiB. */
  async memory() {
    const status = await readFile(`/proc/${this.child.pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+)/.exec(status)[1]);
  }

  async stop() {
    this.hangUp();
    await within(this.ended, "the end of the host");
  }
}

function deferred() {
  const outcome = {};
  outcome.promise = new Promise((resolve) => (outcome.resolve = resolve));
  return outcome;
}

/** A native-messaging frame: length in the machine's byte order, then UTF-8. */
export function frame(text) {
  const body = Buffer.from(text, "utf8");
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([length, body]);
}
