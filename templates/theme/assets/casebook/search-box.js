/* The search box in the header. */
"use strict";

var casebook = casebook || {};
{
  const { make, ResultList, listen } = casebook.results;
  const { recent } = casebook;
  const SIZE = 10;

  /** @param {HTMLFormElement} form @returns {BoxParts} */
  function build(form) {
    const inner = /** @type {HTMLElement} */ (form.parentElement);
    const output = inner.appendChild(make("div", "md-search__output"));
    const wrap = output.appendChild(make("div", "md-search__scrollwrap"));
    const result = wrap.appendChild(make("div", "md-search-result"));
    const status = result.appendChild(make("div", "md-search-result__meta"));
    const notes = result.appendChild(make("p", "cb-search__notes"));
    const lately = result.appendChild(make("div", "cb-recent"));
    const list = result.appendChild(make("ol", "md-search-result__list"));
    const all = result.appendChild(make("p", "cb-search__all"));
    const link = all.appendChild(make("a"));
    link.href = form.action;
    status.setAttribute("role", "status");
    notes.setAttribute("role", "status");
    all.hidden = true;
    const input = /** @type {HTMLInputElement} */ (form.querySelector("input"));
    const toggle = /** @type {HTMLInputElement} */ (document.getElementById("__search"));
    return { form, input, toggle, inner, result, status, notes, lately, list, all, link };
  }

  /** @param {BoxParts} box */
  function resultsOf({ form, status, notes, list, all, link }) {
    return new ResultList({
      status,
      notes,
      list,
      size: SIZE,
      fits: () => true,
      after: ({ answer, results, query }) => {
        const isWhole = results.length <= SIZE && !answer.more;
        all.hidden = !query.trim();
        link.href = `${form.action}?q=${encodeURIComponent(query.trim())}`;
        link.textContent = isWhole ? "到搜索页看" : "看全部结果，按类别和县市筛选";
      },
    });
  }

  /** @param {BoxParts} box @param {boolean} isOpen */
  function toggle(box, isOpen) {
    if (box.toggle.checked === isOpen) return;
    box.toggle.checked = isOpen;
    box.toggle.dispatchEvent(new Event("change"));
  }

  /** @param {BoxParts} box */
  function close(box) {
    toggle(box, false);
    box.input.blur();
  }

  /** @param {BoxParts} box */
  function addWaysToClose(box) {
    const overlay = make("label", "md-search__overlay");
    overlay.htmlFor = box.toggle.id;
    box.inner.before(overlay);
    const back = box.form.appendChild(make("button", "cb-search__back", "返回"));
    back.type = "button";
    back.addEventListener("click", () => close(box));
    overlay.addEventListener("click", (event) => {
      event.preventDefault();
      close(box);
    });
    box.inner.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !box.inner.contains(relatedTarget)) close(box);
    });
  }

  /**
   * Moves the focus between the input and the links of the results.
   * @param {BoxParts} box @param {number} way  1 or -1
   */
  function step({ input, result }, way) {
    const links = Array.from(result.querySelectorAll("a")).filter((link) => link.offsetParent);
    const stops = [input, ...links];
    const here = Math.max(
      0,
      stops.findIndex((stop) => stop === document.activeElement),
    );
    stops[(here + way + stops.length) % stops.length].focus();
  }

  /** @param {BoxParts} box @param {() => boolean} isComposing */
  function addKeys(box, isComposing) {
    box.inner.addEventListener("keydown", (event) => {
      if (isComposing() || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "Escape") close(box);
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      step(box, event.key === "ArrowDown" ? 1 : -1);
    });
  }

  /**
   * Makes the box work; returns what opens it.
   * @param {HTMLFormElement} form
   */
  function start(form) {
    const box = build(form);
    const { input, list, lately } = box;
    const found = resultsOf(box);
    const ask = () => {
      found.ask(input.value);
      recent.show(lately, input.value, askFor);
    };
    const askFor = (/** @type {string} */ query) => {
      input.value = query;
      input.focus();
      ask();
    };
    const isComposing = listen(input, ask);
    input.addEventListener("focus", () => toggle(box, true));
    list.addEventListener("click", () => recent.add(input.value));
    addWaysToClose(box);
    addKeys(box, isComposing);
    form.addEventListener("submit", (event) => {
      const first = list.querySelector("a");
      if (isComposing()) return event.preventDefault();
      recent.add(input.value);
      if (first && found.answer && !found.answer.isPart && input.value.trim()) {
        event.preventDefault();
        location.href = first.href;
      }
    });
    if (input.value) found.ask(input.value);
    recent.show(lately, input.value, askFor);
    return () => {
      const isTyping = document.activeElement === input; // what was typed while this loaded must stay
      toggle(box, true);
      if (isTyping) return;
      input.focus();
      input.select();
    };
  }

  const form = /** @type {HTMLFormElement | null} */ (document.querySelector(".md-search__form"));
  const open = form && start(form);
  casebook.box = { open: () => open && open() };
}
