/**
 * A display without a screen, and what a person at it does: look, type, click.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { complete, PATIENCE, within } from "./programs.mjs";

const SIZE = "1280x1024x24";

/**
 * Starts a virtual display on the first free number. It is a session of its own, too, as the host allows one operation in
 * each: whatever else this user signs does not stand in the way.
 */
export async function startDisplay() {
  const frames = await mkdtemp(join(tmpdir(), "shomei-display-"));
  const session = await mkdtemp(join(tmpdir(), "shomei-session-"));
  const child = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", SIZE, "-nolisten", "tcp", "-nocursor", "-fbdir", frames], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const [number] = await within(once(child.stdio[3], "data"), "the virtual display");
  return {
    environment: { DISPLAY: `:${String(number).trim()}`, XDG_RUNTIME_DIR: session },
    /** Read from the display's memory: asking the display would stop everybody at it. `area` as ImageMagick writes it. */
    picture: (file, area) => complete("convert", [`xwd:${join(frames, "Xvfb_screen0")}`, "-crop", area, "+repage", file]),
    stop: async () => {
      child.kill("SIGTERM");
      await within(once(child, "close"), "the end of the virtual display");
      for (const folder of [frames, session]) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The display that the person sits at. */
export async function ownDisplay() {
  return { environment: {}, stop: async () => {} };
}

/** The host's window on a display. */
export class HostWindow {
  #options;

  constructor(environment) {
    this.#options = { env: { ...process.env, ...environment } };
  }

  #xdotool(...args) {
    return complete("xdotool", args, this.#options);
  }

  /** Waits until the window is visible, and gives it the keyboard as a window manager would. */
  async appear() {
    this.id = (await this.#xdotool("search", "--sync", "--onlyvisible", "--name", "Shomei")).trim().split("\n")[0];
    await this.focus();
    return this;
  }

  /** Waits until no window of the host is on the display. */
  async disappear() {
    const begun = performance.now();
    while (await this.isOpen()) {
      if (performance.now() - begun > PATIENCE) throw new Error("a window of the host stays open");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  focus() {
    return this.#xdotool("windowfocus", "--sync", this.id);
  }

  /** Presses keys by their X names, one after the other. */
  press(...keys) {
    return this.#xdotool("key", "--delay", "40", ...keys);
  }

  type(text) {
    return this.#xdotool("type", "--delay", "40", text);
  }

  /** True while a window of the host is on the display. */
  async isOpen() {
    const found = await this.#xdotool("search", "--onlyvisible", "--name", "Shomei").catch(() => "");
    return found.trim() !== "";
  }

  /** Where the window is on its display, as ImageMagick writes an area. */
  async area() {
    const shell = await this.#xdotool("getwindowgeometry", "--shell", this.id);
    const { X, Y, WIDTH, HEIGHT } = Object.fromEntries(shell.trim().split("\n").map((line) => line.split("=")));
    return `${WIDTH}x${HEIGHT}+${X}+${Y}`;
  }
}
