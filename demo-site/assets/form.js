// The filled form: which questions arise, and which answers have to be mended. It judges no answer itself.

import { faultSentence, mismatchSentence } from "./sentences.js";

/** Answers that must be the certificate's; differences in the others are for the city's staff to judge. */
const MUST_MATCH = ["name", "birth"];

export class FilledForm {
  #form;
  #alert = document.getElementById("alert");
  /** @type {Map<string, number>} how many entries of each group are shown */
  #entries = new Map();

  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.#form = form;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", ({ target }) => this.#clear(target));
    form.addEventListener("change", () => this.#arrange());
    for (const button of form.querySelectorAll("[data-add]")) {
      button.addEventListener("click", () => this.#add(button.dataset.add));
    }
    for (const button of form.querySelectorAll("[data-remove]")) {
      button.addEventListener("click", () => this.#remove(button.dataset.remove));
    }
    this.#countFilled();
    this.#arrange();
  }

  get definitionAddress() {
    return this.#form.dataset.definition;
  }

  get procedure() {
    return this.#form.dataset.procedure;
  }

  get container() {
    return this.#form.dataset.container;
  }

  /**
   * Shows what has to be mended, if anything.
   * @param {(form: HTMLFormElement) => {place: string, code: string}[]} judge
   * @returns {number} how many answers have to be mended
   */
  check(judge) {
    const faults = judge(this.#form).map(({ place, code }) => ({ place, text: faultSentence(code, this.#kind(place)) }));
    const acknowledge = document.getElementById("acknowledge");
    if (!acknowledge.checked) faults.push({ place: "acknowledge", text: faultSentence("acknowledge") });
    this.#show(faults);
    return faults.length;
  }

  /** @template T @param {(form: HTMLFormElement) => T} maker */
  build(maker) {
    return maker(this.#form);
  }

  /**
   * Shows the answers that are not the certificate's.
   * @param {{field: string, item: string, outcome: string}[]} comparisons
   * @returns {boolean} whether there are any that must be mended
   */
  refuseMismatches(comparisons) {
    const wrong = comparisons.filter(({ item, outcome }) => outcome === "mismatch" && MUST_MATCH.includes(item));
    this.#show(wrong.map(({ field }) => ({ place: field, text: mismatchSentence })));
    if (wrong.length > 0) this.#alert.dataset.code = "applicant-mismatch";
    return wrong.length > 0;
  }

  /** @param {{place: string, text: string}[]} faults */
  #show(faults) {
    for (const control of this.#form.querySelectorAll("[aria-invalid]")) this.#clear(control);
    if (faults.length === 0) return;
    const title = Object.assign(document.createElement("b"), { textContent: `直すところが ${faults.length} か所あります` });
    const list = document.createElement("ul");
    for (const { place, text } of faults) list.append(this.#mark(place, text));
    this.#alert.replaceChildren(title, list);
    this.#alert.dataset.code = "bad-form";
    this.#alert.hidden = false;
    this.#alert.focus();
  }

  /** Marks the control at `place` and returns the line of the summary that leads to it. */
  #mark(place, text) {
    const item = document.createElement("li");
    const control = document.getElementById(place);
    const error = document.getElementById(`${place}-error`);
    if (!control || !error) {
      item.textContent = text;
      return item;
    }
    control.setAttribute("aria-invalid", "true");
    error.textContent = `＊${text}`;
    error.hidden = false;
    const link = Object.assign(document.createElement("a"), { href: `#${place}`, textContent: `${this.#name(control)}：${text}` });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      control.focus();
    });
    item.append(link);
    return item;
  }

  #clear(control) {
    if (!control.hasAttribute("aria-invalid")) return;
    control.removeAttribute("aria-invalid");
    const error = document.getElementById(`${control.id}-error`);
    error.textContent = "";
    error.hidden = true;
  }

  /** The question's words, with its group's heading before it. */
  #name(control) {
    if (control.id === "acknowledge") return "注意事項";
    const label = control.labels[0].firstChild.textContent.trim();
    const group = control.closest("[data-group]")?.querySelector("legend").textContent;
    return group ? `${group} ${label}` : label;
  }

  #kind(place) {
    return document.getElementById(place)?.localName === "select" ? "choice" : "text";
  }

  /** Shows the questions that arise and disables the others, which keeps them out of the document. */
  #arrange() {
    for (const block of this.#form.querySelectorAll("[data-when], [data-group]")) {
      const arises = this.#holds(block) && this.#isCounted(block);
      block.hidden = !arises;
      if (block.localName === "fieldset") block.disabled = !arises;
      else block.querySelector("input, select, textarea").disabled = !arises;
    }
    for (const more of this.#form.querySelectorAll("[data-more]")) this.#arrangeGroup(more);
  }

  #arrangeGroup(more) {
    const group = more.dataset.more;
    const entries = this.#fieldsets(group);
    const shown = this.#shown(group);
    more.hidden = entries[0].hidden || shown === entries.length;
    for (const entry of entries) {
      const remove = entry.querySelector("[data-remove]");
      if (remove) remove.hidden = Number(entry.dataset.entry) !== shown;
    }
  }

  /** A condition holds only on a question that arises itself, and a question that does not is disabled. */
  #holds({ dataset }) {
    if (!dataset.when) return true;
    const other = this.#form.elements.namedItem(dataset.when);
    return !other.matches(":disabled") && dataset.whenValues.split(" ").includes(other.value);
  }

  #isCounted({ dataset }) {
    return !dataset.group || Number(dataset.entry) <= this.#shown(dataset.group);
  }

  #add(group) {
    const number = this.#shown(group) + 1;
    this.#entries.set(group, number);
    this.#arrange();
    this.#fieldsets(group)[number - 1].querySelector("input, select, textarea").focus();
  }

  #remove(group) {
    const number = this.#shown(group);
    for (const control of this.#fieldsets(group)[number - 1].querySelectorAll("input, select, textarea")) {
      control.value = "";
      this.#clear(control);
    }
    this.#entries.set(group, number - 1);
    this.#arrange();
    this.#form.querySelector(`[data-add="${group}"]`).focus();
  }

  /** A browser that gave answers back after "back" may have given some to entries that were added. */
  #countFilled() {
    for (const entry of this.#form.querySelectorAll("[data-group]")) {
      const filled = [...entry.querySelectorAll("input, select, textarea")].some(({ value }) => value !== "");
      if (filled) this.#entries.set(entry.dataset.group, Number(entry.dataset.entry));
    }
  }

  #shown(group) {
    return this.#entries.get(group) ?? 1;
  }

  #fieldsets(group) {
    return [...this.#form.querySelectorAll(`fieldset[data-group="${group}"]`)];
  }
}
