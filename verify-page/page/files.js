// The files that a person chose: kept as they are, read when they are needed, found by name beside a signature.

/** Octets of a file. All of them are held in memory while they are digested. */
const MAX_FILE = 256 * 1024 * 1024;

class ChosenFiles {
  /** @type {{file: File, batch: number}[]} */
  #entries = [];
  #batch = 0;

  get all() {
    return [...this.#entries];
  }

  /** Files that were chosen at once lie in one folder, as far as anybody can tell. */
  add(files) {
    this.#batch += 1;
    for (const file of files) this.#entries.push({ file, batch: this.#batch });
  }

  remove(entry) {
    this.#entries = this.#entries.filter((other) => other !== entry);
  }

  /** The file of this name: first among those chosen at once with `near`, then the last one chosen. */
  beside(near, name) {
    const named = this.#entries.filter(({ file }) => sameName(file.name, name));
    return named.find(({ batch }) => batch === near.batch) ?? named.at(-1);
  }
}

/** Some systems write a name's characters in their decomposed form; a digest decides what is in the file. */
function sameName(one, other) {
  return one.normalize("NFC") === other.normalize("NFC");
}

/** The octets of a file. */
async function octetsOf(file) {
  if (file.size > MAX_FILE) throw { code: "too-long", detail: "" };
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw { code: "unreadable", detail: String(error?.message ?? error) };
  }
}
