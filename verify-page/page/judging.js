// From chosen files to reports. What holds and what does not, the module says.

/** What files are judged by, read from the form. Throws `{field, code, detail, file?}`. */
async function readVerification({ world, authorities, expectations, at }) {
  const all = await Promise.all(authorities.map((file) => setting("authorities", file)));
  const expected = expectations && (await setting("expectations", expectations));
  try {
    return new wasm_bindgen.Verification(world, all, expected, at);
  } catch (thrown) {
    const field = FIELD_OF[thrown.code] ?? "files";
    const file = field === "authorities" ? authorities[thrown.index]?.name : expectations?.name;
    throw { ...thrown, field, file };
  }
}

const FIELD_OF = {
  "no-authorities": "authorities",
  "bad-authority": "authorities",
  "bad-expectations": "expectations",
  "bad-time": "at",
};

async function setting(field, file) {
  try {
    return await octetsOf(file);
  } catch (problem) {
    throw { ...problem, field, file: file.name };
  }
}

/**
 * One result for each file, `{entry, judged}` or `{entry, refusal}`, without those files that another one's signatures are
 * over and that are not signed themselves.
 */
async function judgeAll(files, verification, progress) {
  const octets = await readAll(files.all);
  const covered = new Set();
  const results = [];
  for (const entry of files.all) {
    progress(results.length);
    await pause();
    results.push(judge(entry, files, octets, verification, covered));
  }
  return results.filter(({ entry, judged }) => judged || !covered.has(entry));
}

/** Octets, or the problem with them, of each file. */
async function readAll(entries) {
  const read = entries.map(async (entry) => [entry, await octetsOf(entry.file).catch((problem) => problem)]);
  return new Map(await Promise.all(read));
}

function judge(entry, files, octets, verification, covered) {
  const beside = (name) => {
    const found = files.beside(entry, name);
    if (!found) return undefined;
    covered.add(found);
    return held(octets.get(found), name);
  };
  try {
    return { entry, judged: verification.judge(entry.file.name, held(octets.get(entry)), beside) };
  } catch (thrown) {
    return { entry, refusal: typeof thrown?.code === "string" ? thrown : { code: "module", detail: String(thrown) } };
  }
}

function held(octets, file) {
  if (octets instanceof Uint8Array) return octets;
  throw { ...octets, file };
}

/** Lets the browser draw and listen between two files. */
function pause() {
  return new Promise((resolve) => setTimeout(resolve));
}
