/**
 * The whole desk: world, reader with a card, display, server and browser.
 */
import { rm } from "node:fs/promises";

import { startBrowser } from "./browser.mjs";
import { ownDisplay, startDisplay } from "./display.mjs";
import { startReader } from "./reader.mjs";
import { startSite } from "./site.mjs";
import { issueWorld } from "./world.mjs";

/** Where PC/SC looks for its service when there is none. */
const NO_SERVICE = { PCSCLITE_CSOCK_NAME: "/nonexistent/pcscd.comm" };

/**
 * Sets a desk. `reader` are options of the reader, or `null` for a computer without a PC/SC service; `site` and
 * `browser` may be `null` too. `display` is `virtual`, or `own` for the one that the person sits at. Everything that was started is stopped by `clear`, last first, also when something
 * fails on the way.
 */
export async function setDesk({ holder = "yamada-taro", display = "virtual", reader = [], site = {}, browser = {} } = {}) {
  const endings = [];
  const desk = {
    clear: async () => {
      for (const end of endings) await end();
    },
  };
  const start = async (name, starting) => {
    desk[name] = await starting;
    endings.unshift(() => desk[name].stop());
  };
  try {
    desk.world = await issueWorld();
    endings.unshift(() => rm(desk.world.folder, { recursive: true, force: true }));
    if (reader) await start("reader", startReader(desk.world.card(holder), reader));
    await start("display", display === "virtual" ? startDisplay() : ownDisplay());
    desk.environment = { ...desk.display.environment, ...(desk.reader?.environment ?? NO_SERVICE) };
    if (site) await start("site", startSite(desk.world));
    if (browser) await start("browser", startBrowser({ ...browser, site: desk.site, environment: desk.environment }));
    return desk;
  } catch (error) {
    await desk.clear();
    throw error;
  }
}
