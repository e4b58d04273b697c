// How often a site's signing ended without a signature. After two, only the resident's click on the toolbar lets it start again
// (invariant 12). Kept in the browser's memory, never on disk, and gone when the browser closes.

/** Openings of the window without a signature after which a site has to wait for the toolbar. */
export const MAX_FAILURES = 2;

const KEY = "failures";

/**
 * @typedef {object} Restraint
 * @property {(origin: string) => Promise<boolean>} holds must this site wait for the toolbar?
 * @property {(origin: string) => Promise<void>} count the window was open and nothing was signed: cancel, wrong passwords, time
 * @property {(origin: string) => Promise<void>} lift the resident signed, or clicked on the toolbar
 */

/**
 * @param {typeof chrome} browser
 * @returns {Restraint}
 */
export function restraint(browser) {
  const storage = browser.storage.session;
  /** @returns {Promise<Record<string, number>>} */
  const read = async () => /** @type {Record<string, number>} */ ((await storage.get(KEY))[KEY] ?? {});
  return {
    holds: async (origin) => ((await read())[origin] ?? 0) >= MAX_FAILURES,
    count: async (origin) => {
      const failures = await read();
      await storage.set({ [KEY]: { ...failures, [origin]: (failures[origin] ?? 0) + 1 } });
    },
    lift: async (origin) => {
      const { [origin]: _, ...others } = await read();
      await storage.set({ [KEY]: others });
    },
  };
}
