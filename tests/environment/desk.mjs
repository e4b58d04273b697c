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

/** The card of a resident of the site's own city. */
const CARD = (world) => world.card("yamada-taro");

/**
 * Sets a desk. `card` says of the world what lies in the reader; `reader` are options of the reader, or what makes them
 * of the world, or `null` for a computer without a PC/SC service; `site` are options of the server; `site` and `browser` may be `null` too. `display` is `virtual`, or `own` for the one that the person
 * sits at. Everything that was started is stopped by `clear`, last first, also when something fails on the way.
 */
export async function setDesk({ card = CARD, display = "virtual", reader = [], site = {}, browser = {} } = {}) {
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
    const options = typeof reader === "function" ? reader(desk.world) : reader;
    if (options) await start("reader", startReader(card(desk.world), options));
    await start("display", display === "virtual" ? startDisplay() : ownDisplay());
    desk.environment = { ...desk.display.environment, ...(desk.reader?.environment ?? NO_SERVICE) };
    if (site) await start("site", startSite(desk.world, site));
    if (browser) await start("browser", startBrowser({ ...browser, site: desk.site, environment: desk.environment }));
    return desk;
  } catch (error) {
    await desk.clear();
    throw error;
  }
}
