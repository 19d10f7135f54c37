/* The search page: results with facets, and all that is chosen in the address. */
"use strict";

var casebook = casebook || {};
{
  const { make, ResultList, listen } = casebook.results;
  const { recent } = casebook;
  const SIZE = 20;
  /** @type {Array<[Facet, string]>} the first of them as tabs */
  const FACETS = [
    ["kind", "条目"],
    ["county", "县市"],
    ["category", "教学点类别"],
  ];
  /** @type {Record<Facet, string>} what is chosen of each facet, or empty */
  const chosen = { kind: "", county: "", category: "" };

  /** @param {Result} result @param {Facet} [except] */
  function fits(result, except) {
    return FACETS.every(
      ([facet]) => facet === except || !chosen[facet] || result.group[facet] === chosen[facet],
    );
  }

  /**
   * Returns how many results have each value of a facet, the most first, among those that the other
   * facets let through.
   * @param {Answer} answer @param {Facet} facet
   */
  function countsOf(answer, facet) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const result of answer.results) {
      const value = result.group[facet];
      if (value && fits(result, facet)) counts.set(value, (counts.get(value) || 0) + 1);
    }
    if (chosen[facet] && !counts.has(chosen[facet])) counts.set(chosen[facet], 0);
    return Array.from(counts).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  }

  /**
   * Shows one facet as buttons with counts; the tabs begin with one for all.
   * @param {Element} box @param {Answer} answer @param {[Facet, string]} facet
   * @param {() => void} refresh  after another choice
   */
  function showFacet(box, answer, [facet, title], refresh) {
    const isTabs = facet === FACETS[0][0];
    const counts = countsOf(answer, facet);
    if (!counts.length) return;
    const group = box.appendChild(make("div", isTabs ? "cb-search__tabs" : "cb-search__facet"));
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", title);
    if (isTabs) {
      counts.unshift(["", answer.results.filter((result) => fits(result, facet)).length]);
    } else group.appendChild(make("p", "cb-search__label", title));
    for (const [value, count] of counts) {
      const button = group.appendChild(make("button", "", value || "全部"));
      button.type = "button";
      button.setAttribute("data-facet", `${facet}=${value}`);
      button.setAttribute("aria-pressed", String(chosen[facet] === value));
      button.appendChild(make("span", "cb-count", String(count)));
      button.addEventListener("click", () => {
        chosen[facet] = chosen[facet] === value ? "" : value;
        refresh();
      });
    }
  }

  /**
   * @param {Element} box @param {Answer} answer
   * @param {() => void} refresh  after another choice
   */
  function showFacets(box, answer, refresh) {
    const focused = document.activeElement && document.activeElement.getAttribute("data-facet");
    box.textContent = "";
    for (const facet of FACETS) showFacet(box, answer, facet, refresh);
    if (!focused) return;
    const again = Array.from(box.querySelectorAll("button")).find(
      (button) => button.getAttribute("data-facet") === focused,
    );
    if (again) again.focus();
  }

  /**
   * Puts query and facets into the address.
   * @param {string} query
   */
  function remember(query) {
    const parts = query.trim() ? [`q=${encodeURIComponent(query.trim())}`] : [];
    for (const [facet] of FACETS) {
      if (chosen[facet]) parts.push(`${facet}=${encodeURIComponent(chosen[facet])}`);
    }
    const search = parts.length ? `?${parts.join("&")}` : "";
    try {
      history.replaceState(null, "", location.pathname + search + location.hash);
    } catch {
      // Some browsers refuse this for a page opened from a folder; only the address stays behind.
    }
  }

  /** @param {Element} root */
  function resultsOf(root) {
    const part = (/** @type {string} */ name) =>
      /** @type {HTMLElement} */ (root.querySelector(`.cb-search__${name}`));
    const more = part("more");
    const results = new ResultList({
      status: part("status"),
      notes: part("notes"),
      list: part("list"),
      size: SIZE,
      fits: (result) => fits(result),
      after: (shown) => {
        const left = shown.results.length - shown.offered;
        remember(shown.query);
        showFacets(part("facets"), shown.answer, () => results.refresh());
        more.hidden = left <= 0 && !shown.answer.more;
        more.textContent = left > 0 ? `再显示${Math.min(SIZE, left)}条` : "继续找";
        more.onclick = () => {
          if (left > 0) results.addMore();
          else results.ask(shown.query, shown.answer.slices + 1);
        };
      },
    });
    return results;
  }

  /** @param {HTMLElement} root */
  function start(root) {
    const form = /** @type {HTMLFormElement} */ (root.querySelector("form"));
    const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
    const lately = /** @type {HTMLElement} */ (root.querySelector(".cb-recent"));
    const results = resultsOf(root);
    const ask = () => {
      results.ask(input.value);
      recent.show(lately, input.value, askFor);
    };
    const askFor = (/** @type {string} */ query) => {
      input.value = query;
      input.focus();
      ask();
    };
    listen(input, ask);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      recent.add(input.value);
      ask();
    });
    root.addEventListener("click", ({ target }) => {
      if (target instanceof Element && target.closest(".cb-search__list a"))
        recent.add(input.value);
    });
    const given = new URLSearchParams(location.search);
    for (const [facet] of FACETS) chosen[facet] = given.get(facet) || "";
    root.hidden = false;
    input.value = given.get("q") || "";
    if (input.value) results.ask(input.value);
    else input.focus();
    recent.show(lately, input.value, askFor);
  }

  const root = document.getElementById("search-page");
  if (root) start(root);
}
