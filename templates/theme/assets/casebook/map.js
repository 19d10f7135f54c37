/* Makes the schematic map answer: filter, details, zoom, an address for what is shown, keys.
   The page is whole without it. ES2018, no network, no eval; the tables are the data. */
(function () {
  "use strict";

  var map = document.getElementById("map");
  if (!map) return;

  function all(selector, inside) {
    return Array.prototype.slice.call((inside || map).querySelectorAll(selector));
  }
  function number(cell) {
    return parseInt(cell.textContent, 10) || 0;
  }
  function make(tag, text) {
    var element = document.createElement(tag);
    if (text) element.textContent = text;
    return element;
  }

  var form = map.querySelector(".cb-map__tools");
  var output = form.querySelector("output");
  var clear = form.querySelector("[data-cb-clear]");
  var back = form.querySelector("[data-cb-back]");
  var counties = all(".cb-map__county");
  var alone = map.hasAttribute("data-above");
  var FORMS = options("form");
  var CATEGORIES = options("category");

  function options(name) {
    return all("option", form.elements[name]).map(function (option) { return option.value; }).filter(Boolean);
  }

  /* Places: the rows of the tables, with their numbers as they were written. */
  var places = {};
  all("tr[data-place]").forEach(function (row) {
    var id = row.getAttribute("data-place");
    var place = places[id] || (places[id] = { id: id, rows: [], numbers: {}, marks: [] });
    var section = row.closest(".cb-map__county");
    if (section) place.county = section;
    if (row.parentNode.tagName !== "TFOOT") {
      place.name = row.querySelector("th").textContent;
      var link = row.querySelector("th a");
      place.href = link ? link.getAttribute("href") : "";
    }
    place.rows.push(row);
    all("td[data-k]", row).forEach(function (cell) {
      place.numbers[cell.getAttribute("data-k")] = number(cell);
    });
  });
  all("svg [data-place]").forEach(function (mark) {
    var place = places[mark.getAttribute("data-place")];
    if (place) place.marks.push(mark);
  });

  var hints = new Map(); // what a panel says when nothing is chosen, as it was written
  all(".cb-map__panel").forEach(function (panel) { hints.set(panel, panel.firstElementChild); });

  /* --- state: which place, which filter; as it stands in the address --- */

  var state = { place: "", form: "", category: "" };

  function read() {
    var text = location.hash.slice(1);
    try { text = decodeURIComponent(text); } catch (error) { text = ""; }
    var parts = text.split("&");
    var next = { place: "", form: "", category: "" };
    if (places[parts[0]] || map.querySelector('[data-cb-level="' + parts[0].replace(/[^\w-]/g, "") + '"]')) {
      next.place = parts[0];
    }
    parts.slice(1).forEach(function (part) {
      var pair = part.split("=");
      if (pair[0] === "form" && FORMS.indexOf(pair[1]) !== -1) next.form = pair[1];
      if (pair[0] === "category" && CATEGORIES.indexOf(pair[1]) !== -1) next.category = pair[1];
    });
    return next;
  }

  function address(of) {
    return "#" + (of.place || "map") +
      (of.form ? "&form=" + of.form : "") + (of.category ? "&category=" + of.category : "");
  }

  function go(change, replace) {
    var next = Object.assign({}, state, change);
    if (address(next) !== address(state)) {
      history[replace ? "replaceState" : "pushState"](null, "", address(next));
    }
    state = next;
    show();
  }

  function countyOf(id) {
    if (!id) return null;
    if (id.indexOf("county-") === 0) return map.querySelector('[data-cb-level="' + id + '"]');
    return (places[id] && places[id].county) || null;
  }

  /* --- numbers --- */

  /* A filter of one sort shows that sort only; one of each shows both. */
  function counts(kind) {
    if (!state.form && !state.category) return true;
    return kind === state.form || kind === state.category;
  }

  function sums(place) {
    var found = { joint: 0, points: 0, total: 0 };
    Object.keys(place.numbers).forEach(function (kind) {
      if (!counts(kind)) return;
      var value = place.numbers[kind];
      var isPoint = CATEGORIES.indexOf(kind) !== -1;
      found[isPoint ? "points" : "joint"] += value;
      if (isPoint) found[kind] = value;
      found.total += value;
    });
    return found;
  }

  function count() {
    all("[data-k]").forEach(function (cell) {
      if (cell.tagName === "TD" || cell.tagName === "TH" || cell.tagName === "LI") {
        cell.hidden = !counts(cell.getAttribute("data-k"));
      }
    });
    Object.keys(places).forEach(function (id) {
      var place = places[id];
      var found = (place.sums = sums(place));
      place.rows.forEach(function (row) {
        row.lastElementChild.querySelector("strong").textContent = found.total || "—";
        row.classList.toggle("is-off", !found.total);
      });
      place.marks.forEach(function (mark) {
        mark.classList.toggle("is-off", !found.total);
        var parts = all("[data-k]", mark);
        var seats = mark.seats || (mark.seats = parts.map(function (part) { return part.getAttribute("transform"); }));
        var taken = 0;
        parts.forEach(function (part) {
          var value = found[part.getAttribute("data-k")] || 0;
          part.toggleAttribute("hidden", !value);
          if (value && seats[0]) part.setAttribute("transform", seats[taken++]);
          var text = part.querySelector("tspan, .cb-tile__n");
          if (text) text.textContent = value;
        });
        var title = mark.querySelector("title");
        if (!mark.told) mark.told = title.textContent; // with the forms and categories in detail
        title.textContent = state.form || state.category ? place.name + "：" + words(found) : mark.told;
      });
    });
  }

  function words(found) {
    var parts = [];
    if (found.joint) parts.push("联村党组织 " + found.joint + " 个");
    if (found.points) parts.push("教学点 " + found.points + " 处");
    return parts.join("，") || "没有" + (state.form || state.category ? "符合条件的" : "") + "收录";
  }

  /* --- what is shown --- */

  function show() {
    count();
    var county = countyOf(state.place);
    all("[data-cb-level]").forEach(function (level) {
      level.hidden = Boolean(county) && level !== county;
    });
    all(".is-chosen").forEach(function (element) { element.classList.remove("is-chosen"); });
    all("[aria-current]").forEach(function (element) { element.removeAttribute("aria-current"); });
    var place = places[state.place];
    var isTown = state.place.indexOf("town-") === 0 && place;
    if (isTown) {
      place.marks.concat(place.rows).forEach(function (element) { element.classList.add("is-chosen"); });
      place.marks.forEach(function (mark) { mark.setAttribute("aria-current", "true"); });
    }
    counties.forEach(function (section) { describe(section, isTown && place.county === section ? place : null, true); });
    if (form.elements.county) {
      form.elements.county.value = county ? county.getAttribute("data-cb-level").slice(7) : "";
    }
    form.elements.form.value = state.form;
    form.elements.category.value = state.category;
    clear.hidden = !state.form && !state.category;
    back.hidden = alone ? false : !state.place;
    back.textContent = isTown && !alone ? "返回" + county.querySelector("h2").textContent : isTown ? "取消选中" : "返回各县市";
    tell(county);
  }

  function tell(county) {
    var shown = county ? [county] : counties;
    var joint = 0;
    var points = 0;
    var whole = shown.length ? shown.map(function (section) { return section.getAttribute("data-cb-level"); })
      : Object.keys(places).filter(function (id) { return id.indexOf("county-") === 0; });
    whole.forEach(function (id) {
      if (!places[id]) return;
      joint += places[id].sums.joint;
      points += places[id].sums.points;
    });
    output.textContent = "显示" + (joint + points ? "：" + words({ joint: joint, points: points }) : "不出符合条件的收录，换个条件试试");
  }

  /* The panel beside a county: the township that is chosen, else the one pointed at. */
  function describe(section, place, whole) {
    var panel = section.querySelector(".cb-map__panel");
    panel.textContent = "";
    panel.hidden = false;
    panel.classList.toggle("is-hint", !place);
    panel.appendChild(hints.get(panel)).hidden = Boolean(place);
    if (!place) return;
    panel.appendChild(make("h3", place.name));
    panel.appendChild(make("p", words(place.sums)));
    if (!whole) return;
    var list = section.querySelector('template[data-for="' + place.id + '"]');
    if (list) {
      var content = document.importNode(list.content, true);
      all("li", content).forEach(function (item) { item.hidden = !counts(item.getAttribute("data-k")); });
      panel.appendChild(content);
    }
    if (place.href) {
      var link = make("a", "看" + place.name + "全部收录");
      link.href = place.href;
      panel.appendChild(make("p")).appendChild(link);
    }
  }

  /* --- pointing, choosing, going back --- */

  function preview(event) {
    var mark = event.target.closest && event.target.closest("svg [data-place]");
    var place = mark && places[mark.getAttribute("data-place")];
    if (place && place.county && place.id.indexOf("town-") === 0) {
      describe(place.county, place, place.id === state.place);
    }
  }
  function restore(event) {
    var mark = event.target.closest && event.target.closest("svg [data-place]");
    var place = mark && places[mark.getAttribute("data-place")];
    if (!place || !place.county || (event.relatedTarget && mark.contains(event.relatedTarget))) return;
    var chosen = places[state.place];
    describe(place.county, chosen && chosen.county === place.county && state.place.indexOf("town-") === 0 ? chosen : null, true);
  }
  map.addEventListener("mouseover", preview);
  map.addEventListener("focusin", preview);
  map.addEventListener("mouseout", restore);

  map.addEventListener("click", function (event) {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    var mark = event.target.closest("svg [data-place], .cb-map__counties tr[data-place] a");
    if (!mark) return;
    var id = mark.getAttribute("data-place") || mark.closest("tr").getAttribute("data-place");
    var county = countyOf(id);
    if (!county) return;
    event.preventDefault();
    go({ place: id });
    if (id.indexOf("county-") === 0) arrive(county);
  });

  function arrive(county) {
    var heading = county.querySelector("h2");
    heading.focus({ preventScroll: true });
    map.scrollIntoView();
  }

  function up() {
    var place = state.place;
    var county = countyOf(place);
    if (place.indexOf("town-") === 0) {
      go({ place: alone ? "" : county.getAttribute("data-cb-level") });
      focus(place);
    } else if (place) {
      go({ place: "" });
      focus(place);
    } else if (alone) {
      location.href = map.getAttribute("data-above");
    }
  }
  function focus(id) {
    var mark = places[id] && places[id].marks[0];
    if (mark && mark.focus) mark.focus();
  }
  back.addEventListener("click", up);
  clear.addEventListener("click", function () {
    go({ form: "", category: "" }, true);
    form.elements.form.focus();
  });

  form.addEventListener("input", function (event) {
    if (event.target.name === "county") {
      go({ place: event.target.value ? "county-" + event.target.value : "" });
    } else {
      go({ form: form.elements.form.value, category: form.elements.category.value }, true);
    }
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });

  var ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  map.addEventListener("keydown", function (event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    var mark = event.target.closest("svg [data-place]");
    if (event.key === "Escape" && (state.place || alone) && event.target.tagName !== "SELECT") {
      event.preventDefault();
      up();
    } else if (mark && ARROWS[event.key]) {
      var next = nearest(mark, ARROWS[event.key]);
      event.preventDefault();
      if (next) next.focus();
    } else if (mark && mark.tagName !== "a" && event.key === "Enter") {
      go({ place: mark.getAttribute("data-place") });
    }
  });

  function nearest(mark, way) {
    var here = middle(mark);
    var best = null;
    all("[data-place]", mark.ownerSVGElement).forEach(function (other) {
      if (other === mark) return;
      var there = middle(other);
      var ahead = (there[0] - here[0]) * way[0] + (there[1] - here[1]) * way[1];
      var aside = Math.abs((there[0] - here[0]) * way[1]) + Math.abs((there[1] - here[1]) * way[0]);
      if (ahead < 5) return;
      var far = ahead + 2.5 * aside;
      if (!best || far < best[0]) best = [far, other];
    });
    return best && best[1];
  }
  function middle(mark) {
    var box = mark.getBoundingClientRect();
    return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  }

  /* --- sorting --- */

  all("[data-cb-sort]").forEach(function (table) {
    var heads = all("thead th", table);
    var body = table.tBodies[0];
    heads.forEach(function (head, index) {
      var button = make("button");
      button.type = "button";
      button.className = "cb-sort";
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      button.addEventListener("click", function () {
        var down = head.getAttribute("aria-sort") ? head.getAttribute("aria-sort") === "ascending" : index > 0;
        heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        var rows = written.slice().sort(function (a, b) {
          var order = index ? number(a.cells[index]) - number(b.cells[index]) : written.indexOf(a) - written.indexOf(b);
          return (down ? -order : order) || written.indexOf(a) - written.indexOf(b);
        });
        rows.forEach(function (row) { body.appendChild(row); });
      });
    });
    var written = all("tr", body); // by pinyin
  });

  /* A tile without a page of its own can be reached too. */
  all("g.cb-tile[data-place]").forEach(function (tile) {
    tile.setAttribute("tabindex", "0");
    tile.setAttribute("role", "button");
  });

  window.addEventListener("popstate", function () { state = read(); show(); });
  window.addEventListener("hashchange", function () { state = read(); show(); });

  map.classList.add("is-live");
  form.hidden = false;
  state = read();
  show();
  if (state.place) {
    map.scrollIntoView();
    window.addEventListener("load", function () { map.scrollIntoView(); }); // after the browser's own jump
  }
})();
