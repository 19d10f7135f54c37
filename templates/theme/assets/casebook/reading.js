// Large type, strong contrast, plain words, reading aloud. Runs in the head, so that a page is drawn
// at once as the reader has set it; what is set is kept from page to page, in a folder too.
"use strict";

var casebook = casebook || {};
{
  const KEPT = "casebook.reading";
  const SIZES = ["大字", "更大的字", "原来的字"];

  /** @typedef {{size: number, contrast: boolean, plain: boolean, open: boolean}} Reading */

  /** @type {Reading} */
  const DEFAULT = { size: 0, contrast: false, plain: false, open: false };

  /**
   * Returns settings from what was kept of them; anything else is left as it is by default.
   * @param {string | null} text
   * @returns {Reading}
   */
  function parsed(text) {
    /** @type {Partial<Reading>} */
    let kept = {};
    try {
      kept = JSON.parse(text || "{}") || {};
    } catch {
      return DEFAULT;
    }
    return {
      size: kept.size === 1 || kept.size === 2 ? kept.size : 0,
      contrast: kept.contrast === true,
      plain: kept.plain === true,
      open: kept.open === true,
    };
  }

  /** @returns {Reading} */
  function recalled() {
    try {
      return parsed(localStorage.getItem(KEPT));
    } catch {
      return DEFAULT; // a browser that keeps nothing
    }
  }

  /** @param {Reading} reading */
  function keep(reading) {
    try {
      localStorage.setItem(KEPT, JSON.stringify(reading));
    } catch {
      return;
    }
  }

  /**
   * Has the style sheet show a page as it is set.
   * @param {Reading} reading
   */
  function apply(reading) {
    const shown = document.documentElement.classList;
    shown.toggle("cb-large", reading.size > 0);
    shown.toggle("cb-larger", reading.size > 1);
    shown.toggle("cb-contrast", reading.contrast);
    shown.toggle("cb-simple", reading.plain);
    shown.toggle("cb-tools", reading.open);
  }

  /**
   * @param {string} label
   * @param {() => void} press
   */
  function toolButton(label, press) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", press);
    return button;
  }

  /**
   * Returns the bar with the reader's tools.
   * @param {(change: Partial<Reading>) => void} change
   * @param {() => Reading} now
   */
  function toolBar(change, now) {
    const bar = document.createElement("div");
    bar.className = "cb-toolbar";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", "阅读辅助");
    const size = toolButton("", () => change({ size: (now().size + 1) % 3 }));
    const contrast = toolButton("高对比", () => change({ contrast: !now().contrast }));
    const plain = toolButton("简明", () => change({ plain: !now().plain }));
    const tell = () => {
      size.textContent = SIZES[now().size];
      contrast.setAttribute("aria-pressed", String(now().contrast));
      plain.setAttribute("aria-pressed", String(now().plain));
    };
    bar.append(size, contrast, plain);
    bar.addEventListener("click", tell);
    tell();
    return bar;
  }

  /** Adds the button to the header, and the bar below it. */
  function addTools() {
    const header = document.querySelector(".md-header");
    const title = header && header.querySelector(".md-header__title");
    if (!header || !title) return;
    let reading = recalled();
    const change = (/** @type {Partial<Reading>} */ what) => {
      reading = { ...reading, ...what };
      apply(reading);
      keep(reading);
      opener.setAttribute("aria-expanded", String(reading.open));
    };
    const opener = toolButton("阅读", () => change({ open: !reading.open }));
    opener.className = "cb-tools__open";
    opener.setAttribute("aria-label", "阅读辅助");
    opener.setAttribute("aria-expanded", String(reading.open));
    title.after(opener);
    const bar = toolBar(change, () => reading);
    header.before(bar);
    addVoice(bar);
  }

  /**
   * Adds reading aloud, where the device has a Chinese voice of its own.
   * @param {HTMLElement} bar
   */
  function addVoice(bar) {
    const speech = window.speechSynthesis;
    if (!speech) return;
    const look = () => {
      const voice = speech
        .getVoices()
        .find((one) => one.localService && /^(zh|cmn)/i.test(one.lang));
      if (!voice || bar.querySelector(".cb-voice")) return;
      const button = toolButton("朗读", () =>
        load().then(() => casebook.voice.press(button, voice)),
      );
      button.className = "cb-voice";
      bar.append(button);
    };
    const load = () =>
      new Promise((resolve) => {
        if (casebook.voice) return resolve(null);
        const element = document.createElement("script");
        element.src = source.replace("reading.js", "voice.js");
        element.onload = resolve;
        document.head.append(element);
      });
    speech.addEventListener("voiceschanged", look);
    look();
  }

  casebook.reading = { parsed };
  const script = /** @type {HTMLScriptElement | null} */ (
    typeof document === "undefined" ? null : document.currentScript
  );
  const source = script ? script.src : "";
  if (script) {
    apply(recalled());
    document.addEventListener("DOMContentLoaded", addTools);
  }
}
