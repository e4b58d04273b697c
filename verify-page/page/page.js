// The person's steps: choose, check, read. State is in one object; what is on the screen follows from it.

const state = { language: firstLanguage(), files: new ChosenFiles(), problem: null, results: null, module: null };

/** Japanese first; another language where the browser speaks no Japanese. */
function firstLanguage() {
  return (navigator.languages ?? ["ja"]).some((language) => language.startsWith("ja")) ? "ja" : "en";
}

const words = () => WORDS[state.language];

function show() {
  showWords(state.language);
  showChosen(state.files, words(), remove);
  showPicked(words());
  showProblem(words(), state.problem);
  if (state.results) showResults(state.results, state.language);
  if (state.results) say(fill(words().done, { count: state.results.length }));
}

function say(sentence) {
  element("status").textContent = sentence;
}

function choose(files) {
  state.files.add(files);
  state.problem = null;
  show();
}

/** The next button gets the focus, so that a keyboard does not lose its place. */
function remove(entry) {
  const place = state.files.all.indexOf(entry);
  state.files.remove(entry);
  show();
  const buttons = element("chosen").querySelectorAll("button");
  (buttons[Math.min(place, buttons.length - 1)] ?? element("files")).focus();
}

/** The octets of the module, once: it is part of this file. */
function load() {
  const octets = Uint8Array.from(atob(MODULE), (character) => character.charCodeAt(0));
  state.module ??= wasm_bindgen({ module_or_path: octets }).catch((cause) => {
    state.module = null;
    throw { field: "files", code: "module", detail: String(cause) };
  });
  return state.module;
}

/** The time that was typed, in Japan's time, or now, to a second. */
function readTime() {
  const field = element("at");
  if (field.validity.badInput || !field.validity.valid) throw { field: "at", code: "bad-time", detail: "" };
  const moment = field.value ? new Date(`${field.value}+09:00`) : new Date();
  return moment.toISOString().replace(/\.\d+Z$/, "Z");
}

function readForm() {
  const [expectations = null] = element("expectations").files;
  return {
    world: document.querySelector("input[name=world]:checked").value,
    authorities: [...element("authorities").files],
    expectations,
    at: readTime(),
  };
}

async function verify() {
  const count = state.files.all.length;
  if (count === 0) throw { field: "files", code: "no-files", detail: "" };
  const progress = (done) => say(fill(words().working, { done, count }));
  progress(0);
  await load();
  const verification = await readVerification(readForm());
  const before = state.results ?? [];
  state.results = await judgeAll(state.files, verification, progress);
  before.forEach(({ judged }) => judged?.free());
  verification.free();
}

async function submit(event) {
  event.preventDefault();
  if (element("verify").getAttribute("aria-disabled") === "true") return;
  element("verify").setAttribute("aria-disabled", "true");
  state.problem = null;
  try {
    await verify();
    show();
    element("results-heading").focus();
  } catch (problem) {
    state.problem = typeof problem?.code === "string" ? problem : { field: "files", code: "module", detail: String(problem) };
    say("");
    show();
    if (["expectations", "at"].includes(state.problem.field)) element("more").open = true;
    element(state.problem.field ?? "files").focus();
  } finally {
    element("verify").removeAttribute("aria-disabled");
  }
}

/** Files may be dropped anywhere: a browser would otherwise leave the page for them. */
function acceptDrops() {
  const drop = element("drop");
  addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  addEventListener("dragleave", () => drop.classList.remove("over"));
  addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer?.files.length) choose([...event.dataTransfer.files]);
  });
}

/** The built-in world needs no certificates; whoever wants to add one there chooses the file all the same. */
function followWorld() {
  const world = document.querySelector("input[name=world]:checked").value;
  element("authorities").required = world !== "production";
}

function start() {
  showLanguages((language) => {
    state.language = language;
    show();
  });
  element("files").addEventListener("change", ({ target }) => {
    choose([...target.files]);
    target.value = "";
  });
  for (const id of ["authorities", "expectations"]) element(id).addEventListener("change", () => showPicked(words()));
  for (const radio of document.querySelectorAll("input[name=world]")) radio.addEventListener("change", followWorld);
  element("form").addEventListener("submit", submit);
  element("print").addEventListener("click", () => print());
  acceptDrops();
  followWorld();
  show();
}

start();
