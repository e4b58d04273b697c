// What is on the screen. Text from outside goes in as text; reports come as HTML from the module, which escapes.

const element = (id) => document.getElementById(id);

/** A new element with text and attributes. */
function make(name, text = "", attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}

/** Puts the words of a language everywhere but in results. */
function showWords(language) {
  const words = WORDS[language];
  document.documentElement.lang = words.lang;
  document.title = `${words.title} – Shomei`;
  for (const place of document.querySelectorAll("[data-word]")) place.textContent = words[place.dataset.word];
  for (const place of document.querySelectorAll("[data-label]")) place.setAttribute("aria-label", words[place.dataset.label]);
  element("languages").setAttribute("aria-label", words.languages);
  for (const button of element("languages").children) {
    button.setAttribute("aria-pressed", String(button.value === language));
  }
}

function showLanguages(choose) {
  for (const [language, words] of Object.entries(WORDS)) {
    const button = make("button", words.ownName, { type: "button", value: language, lang: words.lang });
    button.addEventListener("click", () => choose(language));
    element("languages").append(button);
  }
}

function showChosen(files, words, remove) {
  const items = files.all.map((entry) => {
    const item = make("li");
    const { name, size } = entry.file;
    const button = make("button", words.removeShort, { type: "button", "aria-label": fill(words.remove, { name }) });
    button.addEventListener("click", () => remove(entry));
    const bytes = fill(words.bytes, { count: size.toLocaleString(words.lang) });
    item.append(make("span", name, { class: "name" }), make("span", bytes, { class: "size" }), button);
    return item;
  });
  element("chosen").replaceChildren(...items);
}

/** The names of the files that are settings. */
function showPicked(words) {
  for (const id of ["authorities", "expectations"]) {
    const names = [...element(id).files].map(({ name }) => name);
    element(`${id}-picked`).textContent = names.join(" / ") || words.nonePicked;
  }
}

/** Shows a problem at its field, or takes all of them away. */
function showProblem(words, problem) {
  for (const field of ["files", "authorities", "expectations", "at"]) {
    const place = element(`${field}-problem`);
    const here = problem?.field === field;
    place.hidden = !here;
    place.replaceChildren(...(here ? sentence(words, problem) : []));
    element(field).setAttribute("aria-invalid", String(here));
  }
}

/** A problem in words, and its place in the words of the program. Most codes have one sentence: not of the one form. */
function sentence(words, { code, detail, file = "" }) {
  const said = [make("span", fill(words.problems[code] ?? words.problems.malformed, { file }))];
  if (detail) {
    const place = make("span", words.detail, { class: "detail" });
    place.append(make("span", `${detail} (${code})`, { lang: "en" }));
    said.push(place);
  }
  return said;
}

function showResults(results, language) {
  const words = WORDS[language];
  element("results").hidden = false;
  element("print").hidden = false;
  element("results-heading").textContent = fill(words.resultsHeading, { count: results.length });
  element("summary").replaceChildren(...(results.length > 1 ? [summary(results, language)] : []));
  element("reports").replaceChildren(...results.map((result, index) => report(result, index, language)));
}

const outcome = ({ judged }, language) => judged?.verdictWords(language) ?? WORDS[language].refused;

function summary(results, language) {
  const words = WORDS[language];
  const table = make("table", "", { class: "summary" });
  const head = make("tr");
  head.append(make("th", words.summaryFile, { scope: "col" }), make("th", words.summaryOutcome, { scope: "col" }));
  table.createTHead().append(head);
  const body = table.createTBody();
  results.forEach((result, index) => {
    const name = make("th", "", { scope: "row" });
    name.append(make("a", result.entry.file.name, { href: `#file-${index + 1}` }));
    const row = body.insertRow();
    row.append(name, make("td", outcome(result, language)));
  });
  return table;
}

function report({ entry, judged, refusal }, index, language) {
  const words = WORDS[language];
  const id = `file-${index + 1}`;
  const section = make("section", "", { class: "report", "aria-labelledby": id });
  section.append(make("h2", entry.file.name, { id, class: "file" }));
  if (judged) {
    const holder = make("div");
    holder.innerHTML = judged.html(language);
    section.append(...holder.childNodes);
  } else {
    const problem = make("p", "", { class: "problem" });
    problem.append(make("strong", words.refused), ...sentence(words, refusal));
    section.append(problem);
  }
  return section;
}
