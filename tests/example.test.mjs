/**
 * The example for web developers, run as they would run it: by its own command, with nothing but its variables.
 */
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { setDesk } from "./environment/desk.mjs";
import { extensionId } from "./environment/host-installation.mjs";
import { built, complete, root } from "./environment/programs.mjs";
import { ORIGIN } from "./environment/site.mjs";

let desk;
let folder;

before(async () => {
  desk = await setDesk({ reader: null, browser: null });
  folder = await mkdtemp(join(tmpdir(), "shomei-example-"));
});
after(async () => {
  await desk.clear();
  await rm(folder, { recursive: true, force: true });
});

test("the Playwright example files an application and survives a wrong password", async () => {
  await cp(join(root, "docs/examples/playwright"), folder, { recursive: true });
  await symlink(join(root, "tests/node_modules"), join(folder, "node_modules"));
  const environment = {
    ...process.env,
    ...desk.display.environment,
    SHOMEI_LAB: built.lab,
    SHOMEI_HOST: built.host,
    SHOMEI_EXTENSION: built.extension,
    SHOMEI_EXTENSION_ID: await extensionId(),
    SITE: ORIGIN,
    SITE_PORT: String(desk.site.port),
    WORLD: desk.world.folder,
  };
  // A test runner inside another one would report to it instead of ending by its own code.
  delete environment.NODE_TEST_CONTEXT;
  await complete(process.execPath, ["--test", "signing.test.mjs"], { cwd: folder, env: environment });
});
