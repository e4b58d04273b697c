/**
 * `shomei-host sign` as a person runs it: a program with files, and the window that it opens.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";

import { HostWindow } from "./display.mjs";
import { built, within } from "./programs.mjs";

/** One running `shomei-host sign`. */
export class FileSigning {
  #printed = { out: "", error: "" };
  #opened;

  /** `folder` is where it is run; `environment` names the display and the reader. */
  constructor(environment, folder, args) {
    this.environment = environment;
    this.child = spawn(built.host, ["sign", ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      cwd: folder,
      env: { ...process.env, ...environment },
    });
    this.child.stdout.on("data", (data) => (this.#printed.out += data));
    this.#opened = new Promise((resolve) => {
      this.child.stderr.on("data", (data) => {
        this.#printed.error += data;
        if (this.#printed.error.includes("Ctrl+C")) resolve();
      });
    });
    this.closed = once(this.child, "close");
  }

  /** The window, once it has said that it is open. */
  async window() {
    const early = this.closed.then(() => {
      throw new Error(`no window: ${this.#printed.error}`);
    });
    await within(Promise.race([this.#opened, early]), "the window of shomei-host sign");
    return new HostWindow(this.environment).appear();
  }

  interrupt() {
    this.child.kill("SIGINT");
  }

  /** How it ended: its exit code, the files that it names, and what it said. */
  async end() {
    const [code] = await within(this.closed, "the end of shomei-host sign");
    const made = this.#printed.out.split("\n").filter((line) => line !== "");
    return { code, made, error: this.#printed.error };
  }
}
