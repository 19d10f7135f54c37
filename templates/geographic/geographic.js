/* The geographic map: the layers that the page's scripts have registered, on Leaflet.
   Without this script the page shows its static drawing; in print it always does. */
"use strict";

var casebook = casebook || {};
{
  const figure = document.getElementById("geographic-map");
  /** @type {MapLayer[]} registered by the scripts of the layers, which the program writes */
  const layers = (casebook.layers = casebook.layers || []);
  const MANY = 2000; // from so many points on, markers are added in batches

  // --- elements: texts are set as text, never as markup ------------------------------------------

  /** @param {string} tag @param {string} [className] @param {string} [text] */
  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  /** @param {MarkedCategory | undefined} category */
  function markOf(category) {
    if (!category) return make("span", "cb-geo__dot");
    return make("span", `cb-mark cb-mark--${category.id}`, category.mark);
  }

  /**
   * Returns an icon that makes its content anew for each marker.
   * @param {string} className @param {number} size @param {() => HTMLElement} content
   * @returns {import("leaflet").DivIcon}
   */
  function iconOf(className, size, content) {
    const Icon = /** @type {any} */ (L.DivIcon).extend({
      createIcon() {
        const element = make("div");
        element.appendChild(content());
        this._setIconStyles(element, "icon"); // sets the class too
        return element;
      },
    });
    return new Icon({ className, iconSize: [size, size], iconAnchor: [size / 2, size / 2] });
  }

  /** @param {{ getChildCount(): number }} cluster */
  function clusterIcon(cluster) {
    const count = cluster.getChildCount();
    const size = [34, 40, 46, 54][Math.min(String(count).length, 4) - 1];
    return iconOf("cb-geo__cluster", size, () => make("span", "", `${count}处`));
  }

  /** @param {LayerPoint} point @param {MarkedCategory | undefined} category */
  function popupOf([, , name, title, href], category) {
    const box = make("div", "cb-geo__popup");
    const link = make(href ? "a" : "span", "", name);
    if (href) link.setAttribute("href", href);
    if (category) box.appendChild(markOf(category));
    box.append(link, make("span", "cb-note", title.slice(name.length)));
    return box;
  }

  // --- the map -----------------------------------------------------------------------------------

  /** @param {HTMLElement} place @param {string} notice @param {boolean} isStill */
  function mapOf(place, notice, isStill) {
    const map = L.map(place, {
      preferCanvas: true,
      attributionControl: false, // what must stand on the map has a control of its own
      scrollWheelZoom: false,
      zoomControl: false,
      zoomAnimation: !isStill,
      fadeAnimation: !isStill,
      markerZoomAnimation: !isStill,
      minZoom: 5,
      maxZoom: 15,
    });
    const control = new L.Control({ position: "bottomright" });
    control.onAdd = () => make("div", "cb-geo__notice", notice);
    L.control.zoom({ zoomInTitle: "放大", zoomOutTitle: "缩小" }).addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    map.addControl(control);
    map.on("focus", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
    map.on("popupopen", ({ popup }) => {
      const element = popup.getElement();
      const close = element && element.querySelector(".leaflet-popup-close-button");
      if (close) close.setAttribute("aria-label", "关闭");
    });
    return map;
  }

  // --- counties ----------------------------------------------------------------------------------

  /** @param {Element} element @param {boolean} hasRecords */
  function areaStyle(element, hasRecords) {
    const colours = window.getComputedStyle(element);
    const colour = (/** @type {string} */ name) => colours.getPropertyValue(name).trim();
    return {
      color: colour("--cb-soft"),
      weight: hasRecords ? 1.6 : 0.6,
      fillColor: hasRecords ? colour("--cb-gold") : colour("--cb-tint"),
      fillOpacity: hasRecords ? 0.28 : 1,
    };
  }

  /**
   * Returns the corners of a ring, which is written as steps from corner to corner.
   * @param {number[]} steps @param {number} scale
   */
  function ringOf(steps, scale) {
    let [x, y] = [0, 0];
    /** @type {Array<[latitude: number, longitude: number]>} */
    const ring = [];
    for (let i = 0; i < steps.length; i += 2) {
      x += steps[i];
      y += steps[i + 1];
      ring.push([y / scale, x / scale]);
    }
    return ring;
  }

  /** @param {MapLayer[]} layers @returns {DrawnArea[]} */
  function areasOf(layers) {
    return layers.flatMap((layer) => {
      if (layer.type !== "areas") return [];
      return layer.areas.map(([name, title, , rings]) => {
        const polygon = L.polygon(rings.map((ring) => ringOf(ring, layer.scale)));
        polygon.bindTooltip(make("span", "", title || name), { sticky: true });
        return { polygon, hasRecords: Boolean(title) };
      });
    });
  }

  // --- points ------------------------------------------------------------------------------------

  /** @param {MapLayer[]} layers @param {MarkedCategory[]} categories @returns {DrawnPoint[]} */
  function pointsOf(layers, categories) {
    const icons = categories.map((one) => iconOf("cb-geo__marker", 26, () => markOf(one)));
    const dot = iconOf("cb-geo__marker", 16, () => markOf(undefined));
    return layers.flatMap((layer) => {
      if (layer.type !== "points") return [];
      return layer.points.map((point) => {
        const [latitude, longitude, , title, , number] = point;
        const category = categories[number];
        const marker = L.marker([latitude, longitude], { icon: icons[number] || dot, title });
        marker.bindPopup(() => popupOf(point, category));
        return { marker, county: layer.id, category: category ? category.id : "other" };
      });
    });
  }

  /** @param {number} count @param {boolean} isStill @param {() => void} drawn */
  function clustersOf(count, isStill, drawn) {
    return L.markerClusterGroup({
      iconCreateFunction: clusterIcon,
      showCoverageOnHover: false,
      animate: !isStill,
      chunkedLoading: count > MANY,
      chunkProgress: (done, total) => {
        if (done === total) drawn();
      },
      maxClusterRadius: 48,
    });
  }

  // --- the state in the address ------------------------------------------------------------------

  /** Returns centre and zoom that the address names, or null. */
  function viewInAddress() {
    const view = new URLSearchParams(location.hash.slice(1)).get("view") || "";
    const [zoom, latitude, longitude] = view.split("/").map(Number);
    if (!zoom || ![zoom, latitude, longitude].every(Number.isFinite)) return null;
    return { zoom, centre: L.latLng(latitude, longitude) };
  }

  /** @param {HTMLSelectElement[]} selects */
  function readSelects(selects) {
    const state = new URLSearchParams(location.hash.slice(1));
    for (const select of selects) {
      select.value = state.get(select.name) || "";
      if (select.selectedIndex < 0) select.value = "";
    }
  }

  /** @param {import("leaflet").Map} map @param {HTMLSelectElement[]} selects */
  function writeAddress(map, selects) {
    const { lat, lng } = map.getCenter();
    const parts = [`view=${map.getZoom()}/${lat.toFixed(4)}/${lng.toFixed(4)}`];
    for (const { name, value } of selects) if (value) parts.push(`${name}=${value}`);
    history.replaceState(null, "", `#${parts.join("&")}`);
  }

  // --- start -------------------------------------------------------------------------------------

  /**
   * Shows all that there is, or what the address names.
   * @param {import("leaflet").Map} map @param {DrawnArea[]} areas @param {DrawnPoint[]} points
   */
  function showView(map, areas, points) {
    const view = viewInAddress();
    const withRecords = areas.filter((area) => area.hasRecords);
    const bounds = L.latLngBounds(points.map(({ marker }) => marker.getLatLng()));
    for (const { polygon } of withRecords) bounds.extend(polygon.getBounds());
    if (!bounds.isValid()) for (const { polygon } of areas) bounds.extend(polygon.getBounds());
    if (view) map.setView(view.centre, view.zoom);
    else if (bounds.isValid()) map.fitBounds(bounds, { padding: [16, 16], maxZoom: 12 });
    else map.setView([36, 118], 7);
  }

  /**
   * Puts the markers that the form asks for onto the map, and says how many there are.
   * @param {HTMLElement} root @param {HTMLSelectElement[]} selects @param {DrawnPoint[]} points
   * @param {boolean} isStill
   */
  function markersOf(root, selects, points, isStill) {
    const count = /** @type {HTMLElement} */ (root.querySelector(".cb-geo__count"));
    const [county, category] = selects;
    /** @type {DrawnPoint[]} */
    let shown = [];
    const drawn = () => {
      root.dataset.drawn = String(shown.length);
    };
    const clusters = clustersOf(points.length, isStill, drawn);
    const choose = () => {
      delete root.dataset.drawn;
      shown = points
        .filter((point) => !county.value || point.county === county.value)
        .filter((point) => !category.value || point.category === category.value);
      clusters.clearLayers();
      clusters.addLayers(shown.map((point) => point.marker));
      if (points.length <= MANY || !shown.length) drawn();
      count.textContent =
        shown.length === points.length
          ? `共${points.length}个点`
          : `${shown.length}个点，共${points.length}个`;
    };
    return { clusters, choose };
  }

  /** @param {HTMLElement} root */
  function start(root) {
    const form = /** @type {HTMLFormElement} */ (root.querySelector(".cb-geo__tools"));
    const live = /** @type {HTMLElement} */ (root.querySelector(".cb-geo__live"));
    const selects = Array.from(form.querySelectorAll("select")); // county, category
    const categories = Array.from(selects[1].options)
      .filter((option) => option.dataset.mark)
      .map((option) => ({ id: option.value, mark: option.dataset.mark || "" }));
    const isStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    form.hidden = live.hidden = false;
    root.classList.add("cb-geo--live");

    const map = mapOf(live, root.dataset.notice || "", isStill);
    const areas = areasOf(layers);
    const points = pointsOf(layers, categories);
    const { clusters, choose } = markersOf(root, selects, points, isStill);
    const colour = () => {
      for (const { polygon, hasRecords } of areas) polygon.setStyle(areaStyle(root, hasRecords));
    };
    colour();
    for (const { polygon } of areas) polygon.addTo(map);
    new MutationObserver(colour).observe(document.body, {
      attributeFilter: ["data-md-color-scheme"],
    });
    readSelects(selects);
    showView(map, areas, points);
    clusters.addTo(map);
    choose();
    listen(map, form, selects, choose, () => showView(map, areas, points));
  }

  /**
   * @param {import("leaflet").Map} map @param {HTMLFormElement} form
   * @param {HTMLSelectElement[]} selects @param {() => void} choose @param {() => void} show
   */
  function listen(map, form, selects, choose, show) {
    map.on("moveend", () => writeAddress(map, selects));
    form.addEventListener("change", () => {
      choose();
      writeAddress(map, selects);
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    window.addEventListener("hashchange", () => {
      if (!location.hash.includes("view=")) return; // a heading of the page
      readSelects(selects);
      choose();
      show();
    });
  }

  if (figure && "L" in window && "markerClusterGroup" in L) start(figure);
}
