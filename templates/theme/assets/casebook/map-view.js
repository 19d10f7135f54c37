/* Shows the schematic map in a state: numbers under a filter, a county alone, a township chosen. */
"use strict";

var casebook = casebook || {};
{
  const { readPlaces, isCounted, sumsOf, wordsOf } = casebook.places;
  const map = /** @type {HTMLElement} */ (document.getElementById("map"));
  const form = /** @type {HTMLFormElement} */ (map.querySelector(".cb-map__tools"));
  const output = /** @type {HTMLOutputElement} */ (form.querySelector("output"));
  const clear = /** @type {HTMLElement} */ (form.querySelector("[data-cb-clear]"));
  const back = /** @type {HTMLElement} */ (form.querySelector("[data-cb-back]"));
  const counties = all(".cb-map__county");
  const above = map.getAttribute("data-above"); // address of the map of all counties
  /** What an address can name. */
  const known = { places: isKnown, form: optionsOf("form"), category: optionsOf("category") };

  // --- elements --------------------------------------------------------------------------------

  /** @param {string} selector @param {ParentNode} [inside] @returns {HTMLElement[]} */
  function all(selector, inside) {
    return Array.from((inside || map).querySelectorAll(selector));
  }

  /** @param {string} name @returns {HTMLSelectElement | null} */
  function select(name) {
    return /** @type {HTMLSelectElement | null} */ (form.elements.namedItem(name));
  }

  /** @param {string} name */
  function optionsOf(name) {
    const found = select(name);
    return found ? Array.from(found.options, (option) => option.value).filter(Boolean) : [];
  }

  /** @param {string} name @param {string} value */
  function choose(name, value) {
    const found = select(name);
    if (found) found.value = value;
  }

  /** @param {string} tag @param {string} [text] */
  function make(tag, text) {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    return element;
  }

  // --- places ----------------------------------------------------------------------------------

  const places = readPlaces(map);

  /** @param {string} level  `county-yiyuan` @returns {HTMLElement | null} */
  function levelOf(level) {
    return map.querySelector(`[data-cb-level="${level.replace(/[^\w-]/g, "")}"]`);
  }

  /** @param {string} id */
  function isKnown(id) {
    return places.has(id) || Boolean(levelOf(id));
  }

  /** @param {string} id */
  function isTownship(id) {
    return id.startsWith("town-");
  }

  /** @param {string} id @returns {Element | null} */
  function countyOf(id) {
    if (id.startsWith("county-")) return levelOf(id);
    const place = places.get(id);
    return place ? place.county : null;
  }

  /** @param {MapState} state */
  function chosenTownship(state) {
    return (isTownship(state.place) && places.get(state.place)) || null;
  }

  // --- what is shown ---------------------------------------------------------------------------

  /** @param {MapState} state */
  function show(state) {
    for (const cell of all("td[data-k], th[data-k], li[data-k]")) {
      cell.hidden = !isCounted(cell.getAttribute("data-k") || "", state);
    }
    places.forEach((place) => showNumbers(place, state));
    const county = countyOf(state.place);
    for (const level of all("[data-cb-level]")) level.hidden = Boolean(county) && level !== county;
    showChosen(state);
    showTools(county, state);
    output.textContent = summaryOf(county ? [county] : counties, state);
  }

  /** @param {Place} place @param {MapState} state */
  function showNumbers(place, state) {
    place.sums = sumsOf(place.numbers, state, known.category);
    const { total } = place.sums;
    for (const row of place.rows) {
      const sum = row.querySelector("td:last-child strong");
      if (sum) sum.textContent = total ? String(total) : "—";
      row.classList.toggle("is-off", !total);
    }
    for (const mark of place.marks) showMark(place, mark, state);
  }

  /** @param {Place} place @param {Mark} mark @param {MapState} state */
  function showMark(place, { element, parts, seats, title }, state) {
    let taken = 0;
    element.classList.toggle("is-off", !place.sums.total);
    for (const part of parts) {
      const value = place.sums.of[part.getAttribute("data-k") || ""] || 0;
      const seat = seats[taken];
      const text = part.querySelector("tspan, .cb-tile__n");
      part.toggleAttribute("hidden", !value);
      if (value && seat) {
        part.setAttribute("transform", seat);
        taken += 1;
      }
      if (text) text.textContent = String(value);
    }
    const told = element.querySelector("title");
    const isFiltered = state.form || state.category;
    if (told)
      told.textContent = isFiltered ? `${place.name}：${wordsOf(place.sums, state)}` : title;
  }

  /** @param {MapState} state */
  function showChosen(state) {
    const place = chosenTownship(state);
    for (const element of all(".is-chosen")) element.classList.remove("is-chosen");
    for (const element of all("[aria-current]")) element.removeAttribute("aria-current");
    if (place) {
      for (const row of place.rows) row.classList.add("is-chosen");
      for (const { element } of place.marks) {
        element.classList.add("is-chosen");
        element.setAttribute("aria-current", "true");
      }
    }
    for (const county of counties) describeChosen(county, state);
  }

  /** @param {Element | null} county @param {MapState} state */
  function showTools(county, state) {
    const isChosen = Boolean(chosenTownship(state));
    const heading = county && county.querySelector("h2");
    const level = (county && county.getAttribute("data-cb-level")) || "";
    choose("county", level.slice("county-".length));
    choose("form", state.form);
    choose("category", state.category);
    clear.hidden = !state.form && !state.category;
    back.hidden = !above && !state.place;
    if (!isChosen) back.textContent = "返回各县市";
    else back.textContent = above ? "取消选中" : `返回${heading ? heading.textContent : ""}`;
  }

  /** @param {Element[]} shown  sections of counties @param {MapState} state */
  function summaryOf(shown, state) {
    const ids = shown.length
      ? shown.map((county) => county.getAttribute("data-cb-level") || "")
      : Array.from(places.keys()).filter((id) => id.startsWith("county-"));
    const sums = { joint: 0, points: 0 };
    for (const id of ids) {
      const place = places.get(id);
      sums.joint += place ? place.sums.joint : 0;
      sums.points += place ? place.sums.points : 0;
    }
    const isNone = !sums.joint && !sums.points;
    return `显示${isNone ? "不出符合条件的收录，换个条件试试" : `：${wordsOf(sums, state)}`}`;
  }

  // --- the panel beside a county: the township that is chosen, else the one pointed at -----------

  /** What a panel says when nothing is chosen, as it was written. */
  const hints = new Map(
    all(".cb-map__panel").map((panel) => {
      return [panel, /** @type {HTMLElement} */ (panel.firstElementChild)];
    }),
  );

  /**
   * @param {Element} county @param {Place | null} place @param {MapState} state
   * @param {boolean} isWhole  with its records
   */
  function describe(county, place, state, isWhole) {
    const panel = /** @type {HTMLElement} */ (county.querySelector(".cb-map__panel"));
    const hint = /** @type {HTMLElement} */ (hints.get(panel));
    panel.textContent = "";
    panel.hidden = false;
    panel.classList.toggle("is-hint", !place);
    panel.appendChild(hint).hidden = Boolean(place);
    if (!place) return;
    panel.append(make("h3", place.name), make("p", wordsOf(place.sums, state)));
    if (isWhole) panel.append(...recordsOf(county, place, state));
  }

  /** @param {Element} county @param {MapState} state */
  function describeChosen(county, state) {
    const place = chosenTownship(state);
    describe(county, place && place.county === county ? place : null, state, true);
  }

  /** @param {Element} county @param {Place} place @param {MapState} state @returns {Node[]} */
  function recordsOf(county, { id, name, href }, state) {
    const found = [];
    const list = county.querySelector(`template[data-for="${id}"]`);
    if (list instanceof HTMLTemplateElement) {
      const content = document.importNode(list.content, true);
      for (const item of all("li", content)) {
        item.hidden = !isCounted(item.getAttribute("data-k") || "", state);
      }
      found.push(content);
    }
    if (href) {
      const link = /** @type {HTMLAnchorElement} */ (make("a", `看${name}全部收录`));
      const line = make("p");
      link.href = href;
      line.appendChild(link);
      found.push(line);
    }
    return found;
  }

  casebook.mapView = {
    map,
    form,
    clear,
    back,
    above,
    all,
    select,
    known,
    places,
    isTownship,
    countyOf,
    show,
    describe,
    describeChosen,
  };
}
