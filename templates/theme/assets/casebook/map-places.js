/* The places of the schematic map, whose data are the tables of the page: numbers under a filter,
   addresses, the way from place to place. */
"use strict";

var casebook = casebook || {};
{
  // --- places: the rows of the tables, and their marks in the drawings ---------------------------

  /** @param {Element} map @returns {Map<string, Place>} */
  function readPlaces(map) {
    /** @type {Map<string, Place>} */
    const places = new Map();
    /** @type {NodeListOf<HTMLTableRowElement>} */
    const rows = map.querySelectorAll("tr[data-place]");
    /** @type {NodeListOf<SVGElement>} */
    const marks = map.querySelectorAll("svg [data-place]");
    rows.forEach((row) => readRow(places, row));
    marks.forEach((mark) => readMark(places, mark));
    return places;
  }

  /** @param {Map<string, Place>} places @param {HTMLTableRowElement} row */
  function readRow(places, row) {
    const id = row.getAttribute("data-place") || "";
    const place = places.get(id) || newPlace(id);
    const section = row.closest(".cb-map__county");
    const head = row.querySelector("th");
    places.set(id, place);
    if (section) place.county = section;
    if (head && row.closest("tbody")) {
      const link = head.querySelector("a");
      place.name = head.textContent || "";
      place.href = (link && link.getAttribute("href")) || "";
    }
    place.rows.push(row);
    for (const cell of row.querySelectorAll("td[data-k]")) {
      place.numbers[cell.getAttribute("data-k") || ""] = numberIn(cell);
    }
  }

  /** @param {string} id @returns {Place} */
  function newPlace(id) {
    const sums = { joint: 0, points: 0, total: 0, of: {} };
    return { id, name: "", href: "", county: null, rows: [], numbers: {}, sums, marks: [] };
  }

  /** @param {Map<string, Place>} places @param {SVGElement} element */
  function readMark(places, element) {
    const place = places.get(element.getAttribute("data-place") || "");
    if (!place) return;
    const parts = Array.from(element.querySelectorAll("[data-k]"));
    const seats = parts.map((part) => part.getAttribute("transform"));
    const title = element.querySelector("title");
    place.marks.push({ element, parts, seats, title: (title && title.textContent) || "" });
  }

  /** @param {Element} cell */
  function numberIn(cell) {
    return parseInt(cell.textContent || "", 10) || 0;
  }

  // --- numbers ---------------------------------------------------------------------------------

  /**
   * Returns whether a kind is counted. A filter of one sort shows that sort only; one of each, both.
   * @param {string} kind  a form or a category
   * @param {MapFilter} filter
   */
  function isCounted(kind, { form, category }) {
    return (!form && !category) || kind === form || kind === category;
  }

  /**
   * Returns what a place holds under a filter.
   * @param {Record<string, number>} numbers @param {MapFilter} filter @param {string[]} categories
   * @returns {PlaceSums}
   */
  function sumsOf(numbers, filter, categories) {
    /** @type {PlaceSums} */
    const sums = { joint: 0, points: 0, total: 0, of: {} };
    for (const [kind, value] of Object.entries(numbers)) {
      if (!isCounted(kind, filter)) continue;
      if (categories.includes(kind)) {
        sums.points += value;
        sums.of[kind] = value;
      } else {
        sums.joint += value;
      }
      sums.total += value;
    }
    sums.of.joint = sums.joint;
    sums.of.points = sums.points;
    return sums;
  }

  /** @param {{ joint: number, points: number }} sums @param {MapFilter} filter */
  function wordsOf({ joint, points }, filter) {
    const parts = [];
    if (joint) parts.push(`联村党组织${joint}个`);
    if (points) parts.push(`教学点${points}处`);
    return parts.join("，") || `没有${filter.form || filter.category ? "符合条件的" : ""}收录`;
  }

  // --- what is shown, as it stands in the address: `#town-juzhen&form=committee` -----------------

  /** @param {MapState} state */
  function addressOf({ place, form, category }) {
    const filter = (form && `&form=${form}`) + (category && `&category=${category}`);
    return `#${place || "map"}${filter}`;
  }

  /**
   * Returns the state that an address names; what it names wrongly is left out.
   * @param {string} hash
   * @param {{ places: (id: string) => boolean, form: string[], category: string[] }} known
   * @returns {MapState}
   */
  function stateOf(hash, known) {
    const [place, ...parts] = decoded(hash.slice(1)).split("&");
    const state = { place: known.places(place) ? place : "", form: "", category: "" };
    for (const part of parts) {
      const [name, value] = part.split("=");
      if (name === "form" && known.form.includes(value)) state.form = value;
      if (name === "category" && known.category.includes(value)) state.category = value;
    }
    return state;
  }

  /** @param {string} text */
  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return "";
    }
  }

  // --- from place to place ---------------------------------------------------------------------

  /** @type {Record<string, Point | undefined>} */
  const WAYS = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  };

  /**
   * Returns which of some points is the next one on a way: near, and rather ahead than aside; -1 if
   * none is ahead.
   * @param {Point} here @param {Point[]} others @param {Point} way
   */
  function nearest(here, others, way) {
    let best = { far: Infinity, at: -1 };
    others.forEach(([x, y], at) => {
      const [right, down] = [x - here[0], y - here[1]];
      const ahead = right * way[0] + down * way[1];
      const aside = Math.abs(right * way[1]) + Math.abs(down * way[0]);
      const far = ahead + 2.5 * aside;
      if (ahead >= 5 && far < best.far) best = { far, at };
    });
    return best.at;
  }

  casebook.places = {
    readPlaces,
    numberIn,
    isCounted,
    sumsOf,
    wordsOf,
    addressOf,
    stateOf,
    WAYS,
    nearest,
  };
}
