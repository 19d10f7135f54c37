/* Makes the schematic map answer: filter, details, zoom, an address for what is shown, keys.
   The page is whole without it. */
"use strict";

var casebook = casebook || {};
{
  const { addressOf, stateOf, WAYS, nearest, numberIn } = casebook.places;
  const { map, form, clear, back, above, all, select, known, places } = casebook.mapView;
  const { isTownship, countyOf, show, describe, describeChosen } = casebook.mapView;

  // --- what is shown ---------------------------------------------------------------------------

  let state = stateOf(location.hash, known);

  /** @param {Partial<MapState>} change @param {boolean} [isReplaced]  in the browser's history */
  function go(change, isReplaced) {
    const next = { ...state, ...change };
    if (addressOf(next) !== addressOf(state)) {
      if (isReplaced) history.replaceState(null, "", addressOf(next));
      else history.pushState(null, "", addressOf(next));
    }
    state = next;
    show(state);
  }

  /** Goes from a township to its county, from a county to all, from a page of one county to all. */
  function goUp() {
    const { place } = state;
    const county = countyOf(place);
    if (isTownship(place) && county) {
      go({ place: above ? "" : county.getAttribute("data-cb-level") || "" });
    } else if (place) {
      go({ place: "" });
    } else if (above) {
      location.href = above;
      return;
    }
    const left = places.get(place);
    if (left && left.marks.length) left.marks[0].element.focus();
  }

  function followAddress() {
    state = stateOf(location.hash, known);
    show(state);
  }

  // --- pointing and choosing -------------------------------------------------------------------

  /**
   * Returns the mark in the drawing on which something happened.
   * @param {Event} event @returns {SVGElement | null}
   */
  function markAt({ target }) {
    return target instanceof Element ? target.closest("svg [data-place]") : null;
  }

  /** @param {Event} event */
  function preview(event) {
    const mark = markAt(event);
    const place = mark && places.get(mark.getAttribute("data-place") || "");
    if (!place || !place.county || !isTownship(place.id)) return;
    describe(place.county, place, state, place.id === state.place);
  }

  /** @param {MouseEvent} event */
  function endPreview(event) {
    const mark = markAt(event);
    const place = mark && places.get(mark.getAttribute("data-place") || "");
    if (!mark || !place || !place.county) return;
    if (event.relatedTarget instanceof Node && mark.contains(event.relatedTarget)) return;
    describeChosen(place.county, state);
  }

  /** @param {MouseEvent} event */
  function chooseClicked(event) {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const target = /** @type {Element} */ (event.target);
    const link = target.closest(".cb-map__counties tr[data-place] a");
    const mark = markAt(event) || (link && link.closest("tr"));
    const id = (mark && mark.getAttribute("data-place")) || "";
    const county = countyOf(id);
    if (!county) return;
    event.preventDefault();
    go({ place: id });
    if (isTownship(id)) return;
    const heading = county.querySelector("h2");
    if (heading) heading.focus({ preventScroll: true });
    map.scrollIntoView();
  }

  /** @param {Event} event */
  function applyFilter(event) {
    const chosen = /** @type {HTMLSelectElement} */ (event.target);
    if (chosen.name === "county") go({ place: chosen.value && `county-${chosen.value}` });
    else go({ [chosen.name]: chosen.value }, true);
  }

  // --- keys ------------------------------------------------------------------------------------

  /** @param {Element} mark @returns {Point} */
  function middleOf(mark) {
    const box = mark.getBoundingClientRect();
    return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  }

  /** @param {SVGElement} mark @param {Point} way */
  function step(mark, way) {
    const drawing = mark.ownerSVGElement;
    if (!drawing) return;
    /** @type {SVGElement[]} */
    const others = Array.from(drawing.querySelectorAll("[data-place]"));
    others.splice(others.indexOf(mark), 1);
    const next = others[nearest(middleOf(mark), others.map(middleOf), way)];
    if (next) next.focus();
  }

  /** @param {KeyboardEvent} event */
  function pressKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const mark = markAt(event);
    const way = WAYS[event.key];
    const isInList = event.target instanceof HTMLSelectElement;
    if (event.key === "Escape" && (state.place || above) && !isInList) {
      event.preventDefault();
      goUp();
    } else if (mark && way) {
      event.preventDefault();
      step(mark, way);
    } else if (mark && mark.tagName !== "a" && event.key === "Enter") {
      go({ place: mark.getAttribute("data-place") || "" });
    }
  }

  // --- sorting of tables -----------------------------------------------------------------------

  /** @param {HTMLElement} table */
  function makeSortable(table) {
    const body = /** @type {HTMLElement} */ (table.querySelector("tbody"));
    const rows = /** @type {HTMLTableRowElement[]} */ (all("tr", body)); // as written: by pinyin
    const heads = all("thead th", table);
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "cb-sort";
      button.append(...head.childNodes);
      head.appendChild(button);
      button.addEventListener("click", () => {
        const order = head.getAttribute("aria-sort");
        const isDown = order ? order === "ascending" : column > 0;
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
        body.append(...sorted(rows, column, isDown));
      });
    });
  }

  /**
   * Returns rows by the numbers of a column; by the first one, as they were written.
   * @param {HTMLTableRowElement[]} rows @param {number} column @param {boolean} isDown
   */
  function sorted(rows, column, isDown) {
    if (!column) return isDown ? [...rows].reverse() : rows;
    const way = isDown ? -1 : 1;
    const numberOf = (/** @type {HTMLTableRowElement} */ row) => numberIn(row.cells[column]);
    return [...rows].sort((a, b) => way * (numberOf(a) - numberOf(b)));
  }

  // --- start -----------------------------------------------------------------------------------

  map.addEventListener("mouseover", preview);
  map.addEventListener("focusin", preview);
  map.addEventListener("mouseout", endPreview);
  map.addEventListener("click", chooseClicked);
  map.addEventListener("keydown", pressKey);
  back.addEventListener("click", goUp);
  clear.addEventListener("click", () => {
    const first = select("form");
    go({ form: "", category: "" }, true);
    if (first) first.focus();
  });
  form.addEventListener("input", applyFilter);
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("popstate", followAddress);
  window.addEventListener("hashchange", followAddress);

  all("[data-cb-sort]").forEach(makeSortable);
  for (const tile of all("g.cb-tile[data-place]")) {
    // A tile without a page of its own can be reached too.
    tile.setAttribute("tabindex", "0");
    tile.setAttribute("role", "button");
  }
  map.classList.add("is-live");
  form.hidden = false;
  show(state);
  if (state.place) {
    map.scrollIntoView();
    window.addEventListener("load", () => map.scrollIntoView()); // after the browser's own jump
  }
}
