/* The geographic map: the layers that the page's scripts have registered, on Leaflet.
   Without this script the page shows its static drawing; in print it always does. */
(() => {
  "use strict";

  const figure = document.getElementById("geographic-map");
  if (!figure || !window.L || !window.L.markerClusterGroup) return;
  const L = window.L;
  const layers = window.casebookLayers || [];
  const form = figure.querySelector(".cb-geo__tools");
  const live = figure.querySelector(".cb-geo__live");
  const count = figure.querySelector(".cb-geo__count");
  const categories = Array.from(form.elements.category.options)
    .filter((option) => option.dataset.mark)
    .map((option) => ({ id: option.value, mark: option.dataset.mark }));
  const MANY = 2000; // from so many points on, markers are added in pieces

  // --- elements: texts are set as text, never as markup ----------------------------------------

  const make = (name, className, text) => {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  };

  const markOf = (category) =>
    category < 0
      ? make("span", "cb-geo__dot")
      : make("span", `cb-mark cb-mark--${categories[category].id}`, categories[category].mark);

  const Icon = L.DivIcon.extend({
    createIcon() {
      const element = make("div", "cb-geo__marker");
      element.appendChild(this.options.content());
      this._setIconStyles(element, "icon");
      return element;
    },
  });
  // Leaflet sets the class of an icon from its options.
  const icon = (className, size, content) =>
    new Icon({ className, content, iconSize: [size, size], iconAnchor: [size / 2, size / 2] });
  const icons = new Map();
  const iconOf = (category) => {
    if (!icons.has(category)) {
      icons.set(category, icon("cb-geo__marker", category < 0 ? 16 : 26, () => markOf(category)));
    }
    return icons.get(category);
  };
  const clusterIcon = (cluster) => {
    const size = cluster.getChildCount();
    const wide = size < 10 ? 34 : size < 100 ? 40 : size < 1000 ? 46 : 54;
    return icon("cb-geo__cluster", wide, () => make("span", "", `${size} 处`));
  };

  const popup = ([, , name, title, href, category]) => {
    const box = make("div", "cb-geo__popup");
    if (category >= 0) box.appendChild(markOf(category));
    const link = make(href ? "a" : "span", "", name);
    if (href) link.href = href;
    box.appendChild(link);
    box.appendChild(make("span", "cb-note", title.slice(name.length)));
    return box;
  };

  // --- the map ---------------------------------------------------------------------------------

  form.hidden = live.hidden = false;
  figure.classList.add("cb-geo--live");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(live, {
    preferCanvas: true,
    attributionControl: false, // what must stand on the map has a control of its own
    scrollWheelZoom: false,
    zoomControl: false,
    zoomAnimation: !still,
    fadeAnimation: !still,
    markerZoomAnimation: !still,
    minZoom: 5,
    maxZoom: 15,
  });
  L.control.zoom({ zoomInTitle: "放大", zoomOutTitle: "缩小" }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  const Notice = L.Control.extend({
    options: { position: "bottomright" },
    onAdd: () => make("div", "cb-geo__notice", figure.dataset.notice),
  });
  map.addControl(new Notice());
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
  map.on("popupopen", (event) => {
    const close = event.popup.getElement().querySelector(".leaflet-popup-close-button");
    if (close) close.setAttribute("aria-label", "关闭");
  });

  // --- counties --------------------------------------------------------------------------------

  const style = (told) => {
    const colours = window.getComputedStyle(figure);
    const colour = (name) => colours.getPropertyValue(name).trim();
    return {
      color: colour("--cb-soft"),
      weight: told ? 1.6 : 0.6,
      fillColor: told ? colour("--cb-gold") : colour("--cb-tint"),
      fillOpacity: told ? 0.28 : 1,
    };
  };
  const ringOf = (steps, scale) => {
    let [x, y] = [0, 0];
    const ring = [];
    for (let i = 0; i < steps.length; i += 2) {
      x += steps[i];
      y += steps[i + 1];
      ring.push([y / scale, x / scale]);
    }
    return ring;
  };
  const polygons = L.featureGroup();
  const told = L.featureGroup();
  for (const layer of layers) {
    if (layer.type !== "areas") continue;
    for (const [name, title, , rings] of layer.areas) {
      const polygon = L.polygon(rings.map((ring) => ringOf(ring, layer.scale)), style(title));
      polygon.isTold = Boolean(title);
      polygon.bindTooltip(make("span", "", title || name), { sticky: true });
      polygons.addLayer(polygon);
      if (title) told.addLayer(polygon);
    }
  }
  polygons.addTo(map);
  new MutationObserver(() => {
    polygons.eachLayer((polygon) => polygon.setStyle(style(polygon.isTold)));
  }).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });

  // --- points ----------------------------------------------------------------------------------

  const markers = [];
  for (const layer of layers) {
    if (layer.type !== "points") continue;
    for (const row of layer.points) {
      const marker = L.marker([row[0], row[1]], { icon: iconOf(row[5]), title: row[3] });
      marker.county = layer.id;
      marker.category = row[5] < 0 ? "other" : categories[row[5]].id;
      marker.bindPopup(() => popup(row));
      markers.push(marker);
    }
  }
  const clusters = L.markerClusterGroup({
    iconCreateFunction: clusterIcon,
    showCoverageOnHover: false,
    animate: !still,
    chunkedLoading: markers.length > MANY,
    chunkProgress: (done, total) => {
      if (done === total) drawn();
    },
    maxClusterRadius: 48,
  });
  let shown = [];
  const drawn = () => {
    figure.dataset.drawn = String(shown.length);
  };
  const choose = () => {
    const county = form.elements.county.value;
    const category = form.elements.category.value;
    delete figure.dataset.drawn;
    shown = markers.filter(
      (marker) => (!county || marker.county === county) && (!category || marker.category === category),
    );
    clusters.clearLayers();
    clusters.addLayers(shown);
    if (!clusters.options.chunkedLoading || !shown.length) drawn();
    count.textContent =
      shown.length === markers.length ? `共 ${markers.length} 个点` : `${shown.length} 个点，共 ${markers.length} 个`;
  };

  // --- the state in the address ----------------------------------------------------------------

  const read = () => {
    const state = new URLSearchParams(window.location.hash.slice(1));
    for (const name of ["county", "category"]) {
      const select = form.elements[name];
      select.value = state.get(name) || "";
      if (select.selectedIndex < 0) select.value = "";
    }
    const [zoom, latitude, longitude] = (state.get("view") || "").split("/").map(Number);
    return [zoom, latitude, longitude].every(Number.isFinite) && zoom ? [[latitude, longitude], zoom] : null;
  };
  const write = () => {
    const centre = map.getCenter();
    const parts = [`view=${map.getZoom()}/${centre.lat.toFixed(4)}/${centre.lng.toFixed(4)}`];
    for (const name of ["county", "category"]) {
      if (form.elements[name].value) parts.push(`${name}=${form.elements[name].value}`);
    }
    window.history.replaceState(null, "", `#${parts.join("&")}`);
  };

  const everything = L.latLngBounds([]);
  for (const marker of markers) everything.extend(marker.getLatLng());
  if (told.getLayers().length) everything.extend(told.getBounds());
  if (!everything.isValid() && polygons.getLayers().length) everything.extend(polygons.getBounds());
  const show = (view) => {
    if (view) map.setView(view[0], view[1]);
    else if (everything.isValid()) map.fitBounds(everything, { padding: [16, 16], maxZoom: 12 });
    else map.setView([36, 118], 7);
  };

  const start = read();
  show(start);
  clusters.addTo(map);
  choose();
  map.on("moveend", write);
  form.addEventListener("change", () => {
    choose();
    write();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", () => {
    if (!window.location.hash.includes("view=")) return; // a heading of the page
    const view = read();
    choose();
    show(view);
  });
})();
