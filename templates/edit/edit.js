/* The form of one record: lists, names to choose from, problems and page as one types, other windows.
   Without it the form still opens and saves. All texts are set as text. */
"use strict";

{
  const PAUSE = 500; // milliseconds after the last key before the form is checked
  const ROUND = 3000; // between two looks for other windows
  const form = /** @type {HTMLFormElement} */ (document.getElementById("form"));
  const base = form.getAttribute("data-base");
  const tab = form.getAttribute("data-tab");
  let isDirty = false;
  let isLeaving = false;

  /** @param {string} id @returns {any} */
  function part(id) {
    return document.getElementById(id);
  }

  /** @param {string} selector @param {ParentNode} [root] @returns {HTMLElement[]} */
  function all(selector, root) {
    return Array.from((root || document).querySelectorAll(selector));
  }

  /** @param {string} name @returns {HTMLInputElement | null} */
  function input(name) {
    const found = form.elements.namedItem(name);
    return found instanceof Element ? /** @type {HTMLInputElement} */ (found) : null;
  }

  /** @param {string} tag @param {string} text */
  function make(tag, text) {
    const element = document.createElement(tag);
    element.textContent = text;
    return element;
  }

  // --- lists: the position of an entry is a step of the names of its inputs ----------------------

  // prettier-ignore
  const NAMED = ["name", "id", "for", "aria-describedby", "data-said", "data-list", "data-entry", "data-blank"];

  /**
   * Changes a name and all that begin with it, in an element and in a template's content.
   * @param {Element} element @param {string} before @param {string} after
   */
  function rename(element, before, after) {
    for (const attribute of NAMED) {
      const value = element.getAttribute(attribute);
      if (value === null || (value !== before && !value.startsWith(`${before}-`))) continue;
      element.setAttribute(attribute, after + value.slice(before.length));
    }
    if (!(element instanceof HTMLTemplateElement)) return;
    for (const inner of all("*", element.content)) rename(inner, before, after);
  }

  /** @param {Element} list */
  function settle(list) {
    const name = list.getAttribute("data-list");
    entriesOf(list).forEach((entry, position) => {
      const before = entry.getAttribute("data-entry") || "";
      const after = `${name}-${position}`;
      for (const element of [entry, ...all("*", entry)]) {
        // By way of a name that nobody has, as two entries may change places.
        rename(element, before, `@${after}`);
      }
      for (const element of [entry, ...all("*", entry)]) rename(element, `@${after}`, after);
    });
  }

  /** @param {Element} list */
  function entriesOf(list) {
    return Array.from(/** @type {Element} */ (list.querySelector("ol")).children);
  }

  /** @param {Element} list */
  function addEntry(list) {
    const blanks = /** @type {HTMLTemplateElement[]} */ (all("template", list));
    const blank = blanks.find((one) => one.parentNode === list);
    const content = blank && document.importNode(blank.content, true);
    const entry = content && content.firstElementChild;
    if (!entry) return;
    /** @type {Element} */ (list.querySelector("ol")).appendChild(entry);
    settle(list);
    showTools(entry);
    all("input:not([type=hidden]), select, textarea", entry)[0].focus();
  }

  /** @param {Element} list @param {Element} entry */
  function removeEntry(list, entry) {
    const next = entry.nextElementSibling || entry.previousElementSibling;
    entry.remove();
    settle(list);
    const button = next ? all("[data-remove]", next)[0] : all("[data-add]", list)[0];
    button.focus();
  }

  /** @param {Element} list @param {Element} entry @param {number} by  1 or -1 */
  function moveEntry(list, entry, by) {
    const entries = entriesOf(list);
    const other = entries[entries.indexOf(entry) + by];
    if (!other) return;
    if (by < 0) other.before(entry);
    else other.after(entry);
    settle(list);
    all(`[data-move='${by}']`, entry)[0].focus();
  }

  /** @param {ParentNode} root */
  function showTools(root) {
    for (const one of all("[data-add], .entry-tools", root)) one.hidden = false;
  }

  /** @param {Event} event */
  function changeList(event) {
    const target = /** @type {Element} */ (event.target);
    const button = target.closest("[data-add], [data-remove], [data-move]");
    const list = button && button.closest("[data-list]");
    const entry = button && button.closest("[data-entry]");
    if (!button || !list) return;
    if (button.hasAttribute("data-add")) addEntry(list);
    else if (entry && button.hasAttribute("data-remove")) removeEntry(list, entry);
    else if (entry) moveEntry(list, entry, Number(button.getAttribute("data-move")));
    touch();
  }

  // --- names of other records --------------------------------------------------------------------

  let offers = 0;

  /** @param {Event} event */
  async function offerNames({ target }) {
    if (!(target instanceof HTMLInputElement) || !target.hasAttribute("data-links")) return;
    const number = ++offers;
    const kind = target.getAttribute("data-links") || "";
    const query = new URLSearchParams({ kind, q: target.value });
    try {
      const answer = await fetch(`${base}names?${query}`);
      /** @type {string[]} */
      const names = await answer.json();
      if (number !== offers) return;
      const options = names.map((name) => {
        const option = document.createElement("option");
        option.value = name;
        return option;
      });
      part("names").textContent = "";
      part("names").append(...options);
    } catch {
      // The name can be typed all the same.
    }
  }

  // --- problems and the page, a moment after the last key ------------------------------------------

  let timer = 0;
  let checks = 0;

  /** @param {string} text @param {boolean} isWrong */
  function say(text, isWrong) {
    part("state").textContent = text;
    part("state").className = isWrong ? "state wrong" : "state";
  }

  /** @param {HTMLElement} box  of what is said about one input @param {string[]} texts */
  function showMessages(box, texts) {
    const field = input(box.getAttribute("data-said") || "");
    const group = box.closest("details");
    box.textContent = "";
    box.append(...texts.map((text) => make("p", text)));
    if (field) {
      if (texts.length) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
    if (texts.length && group) group.open = true;
  }

  /** @param {CheckAnswer} answer */
  function show(answer) {
    let count = answer.elsewhere.length;
    for (const box of all("[data-said]")) {
      const texts = answer.inputs[box.getAttribute("data-said") || ""] || [];
      showMessages(box, texts);
      count += texts.length;
    }
    const list = part("elsewhere").querySelector("ul");
    list.textContent = "";
    list.append(...answer.elsewhere.map((text) => make("li", text)));
    part("elsewhere").hidden = !answer.elsewhere.length;
    const id = input("id");
    if (id && id.placeholder !== answer.id) id.placeholder = answer.id;
    if (count) say(`还有${count}处要改`, true);
    else if (isDirty) say("没有问题，还没有保存", false);
    showPage(answer.page);
    showOthers(answer);
  }

  /** @param {string} page  its path, or empty where there is none for now */
  function showPage(page) {
    /** @type {HTMLIFrameElement} */
    const frame = part("preview");
    const inside = frame.contentWindow;
    const address = `${base}preview/${tab}/${page}`;
    const isNew = page && isDirty ? "还没有保存" : "";
    part("page-state").textContent = page ? isNew : "改好上面的问题，这里才会更新";
    if (!page || !inside) return;
    if (frame.getAttribute("src") !== address) {
      frame.setAttribute("src", address);
      return;
    }
    const depth = inside.scrollY;
    frame.addEventListener("load", () => inside.scrollTo(0, depth), { once: true });
    inside.location.replace(address);
  }

  async function check() {
    const number = ++checks;
    // FormData holds no files here, only texts.
    const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
    try {
      const answer = await fetch(`${base}check/${tab}`, { method: "POST", body });
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
      if (number === checks) show(found);
    } catch {
      if (number !== checks || isLeaving) return;
      say("连不上程序：看看终端里 casebook edit 是否还开着", true);
    }
  }

  function touch() {
    isDirty = true;
    window.clearTimeout(timer);
    timer = window.setTimeout(check, PAUSE);
  }

  // --- other windows, and leaving ------------------------------------------------------------------

  /** @param {WindowState} state */
  function showOthers({ changed, others }) {
    part("changed").hidden = !changed;
    part("others").hidden = !others;
  }

  async function look() {
    try {
      const answer = await fetch(`${base}state/${tab}`);
      showOthers(answer.ok ? await answer.json() : { changed: false, others: false });
    } catch {
      // The program may be back at the next look.
    }
    setTimeout(look, ROUND);
  }

  form.addEventListener("click", changeList);
  form.addEventListener("focusin", offerNames);
  form.addEventListener("input", offerNames);
  form.addEventListener("input", touch);
  form.addEventListener("submit", () => {
    isLeaving = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isDirty || isLeaving) return;
    event.preventDefault();
    event.returnValue = "";
  });
  window.addEventListener("pagehide", () => {
    if (!isLeaving) navigator.sendBeacon(`${base}leave/${tab}`);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    part("save").click();
  });

  showTools(document);
  part("look").hidden = false;
  const typed = /** @type {HTMLInputElement[]} */ (all("input, textarea", form));
  isDirty =
    Boolean(document.querySelector("main > .notice.bad:not([hidden])")) ||
    typed.some((field) => field.value !== field.defaultValue); // before this script was there
  if (isDirty || !input("id")) check();
  look();
}
