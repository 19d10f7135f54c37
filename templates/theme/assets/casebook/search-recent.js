/* What the reader has searched for lately: kept in this browser alone, and only where it lets us. */
"use strict";

var casebook = casebook || {};
{
  const KEPT = "casebook.searches";
  const MOST = 6;
  const LONGEST = 40; // characters of a query

  /**
   * Returns queries from what was kept of them; anything else is left aside.
   * @param {string | null} text
   * @returns {string[]}
   */
  function parsed(text) {
    try {
      const kept = JSON.parse(text || "[]");
      return Array.isArray(kept)
        ? kept.filter((one) => typeof one === "string" && one.trim()).slice(0, MOST)
        : [];
    } catch {
      return [];
    }
  }

  function recalled() {
    try {
      return parsed(localStorage.getItem(KEPT));
    } catch {
      return []; // a browser that keeps nothing
    }
  }

  /** @param {string[]} queries */
  function keep(queries) {
    try {
      if (queries.length) localStorage.setItem(KEPT, JSON.stringify(queries));
      else localStorage.removeItem(KEPT);
    } catch {
      return;
    }
  }

  /**
   * Puts a query before those that are kept.
   * @param {string} query
   */
  function add(query) {
    const asked = query.trim().slice(0, LONGEST);
    if (asked) keep([asked, ...recalled().filter((one) => one !== asked)].slice(0, MOST));
  }

  /**
   * Shows what is kept, while nothing is asked for.
   * @param {HTMLElement} box @param {string} query  that is asked for
   * @param {(query: string) => void} ask
   */
  function show(box, query, ask) {
    const queries = query.trim() ? [] : recalled();
    box.textContent = "";
    box.hidden = !queries.length;
    if (box.hidden) return;
    const { make } = casebook.results;
    box.appendChild(make("span", "cb-search__label", "最近找过"));
    for (const one of queries) {
      const button = box.appendChild(make("button", "", one));
      button.type = "button";
      button.addEventListener("click", () => ask(one));
    }
    const clear = box.appendChild(make("button", "cb-recent__clear", "清除"));
    clear.type = "button";
    clear.setAttribute("aria-label", "清除最近找过的");
    clear.addEventListener("click", () => {
      keep([]);
      ask("");
    });
  }

  casebook.recent = { parsed, add, show };
}
