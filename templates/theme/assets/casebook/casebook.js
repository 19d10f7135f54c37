/* Small comforts; every page is whole without them. */
"use strict";

var casebook = casebook || {};
{
  // --- the menu of a phone ---------------------------------------------------------------------

  /** Opens the menu by keyboard too: the theme has a mere label for it. */
  function addMenuButton() {
    const label = document.querySelector("label.md-header__button[for='__drawer']");
    const drawer = /** @type {HTMLInputElement | null} */ (document.getElementById("__drawer"));
    if (!label || !drawer) return;
    const menu = document.createElement("button");
    const tell = () => menu.setAttribute("aria-expanded", String(drawer.checked));
    menu.type = "button";
    menu.className = `${label.className} cb-menu`;
    menu.setAttribute("aria-label", "菜单");
    menu.append(...label.childNodes);
    menu.addEventListener("click", () => drawer.click());
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !drawer.checked) return;
      drawer.click();
      menu.focus();
    });
    drawer.addEventListener("change", tell);
    tell();
    label.replaceWith(menu);
  }

  // --- filters of tables -----------------------------------------------------------------------

  /**
   * Makes a form filter the rows of its table; it is hidden until then.
   * @param {HTMLFormElement} form
   */
  function addFilter(form) {
    const table = document.getElementById(form.getAttribute("data-cb-filter") || "");
    const output = form.querySelector("output");
    if (!(table instanceof HTMLTableElement) || !output) return;
    const rows = Array.from(table.tBodies[0].rows);
    const apply = () => {
      const asked = new FormData(form);
      const county = asked.get("county");
      const role = asked.get("role");
      const text = String(asked.get("text")).trim().toLowerCase();
      let shown = 0;
      for (const row of rows) {
        row.hidden =
          Boolean(county && row.getAttribute("data-county") !== county) ||
          Boolean(role && row.getAttribute("data-role") !== role) ||
          !(row.textContent || "").toLowerCase().includes(text);
        if (!row.hidden) shown += 1;
      }
      output.textContent = shown
        ? `显示${shown}条，本页共${rows.length}条`
        : "没有符合的数据，换个条件试试";
    };
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    apply();
  }

  // --- self-tests ------------------------------------------------------------------------------

  /**
   * Answers are folded one by one; a button opens all. The theme opens all before a print, which
   * shall show only those that the reader has opened: the others keep a mark.
   */
  function foldAnswers() {
    const answers = /** @type {NodeListOf<HTMLDetailsElement>} */ (
      document.querySelectorAll(".cb-questions details")
    );
    for (const answer of answers) {
      const summary = answer.querySelector("summary");
      answer.classList.add("cb-folded");
      if (!summary) continue;
      summary.addEventListener("click", () => {
        answer.classList.toggle("cb-folded", answer.open); // it is about to change
      });
    }
    if (answers.length > 1) addUnfoldButton(answers);
  }

  /** @param {NodeListOf<HTMLDetailsElement>} answers */
  function addUnfoldButton(answers) {
    const button = document.createElement("button");
    let isOpen = false;
    button.textContent = "看全部答案";
    button.type = "button";
    button.className = "cb-copy cb-unfold";
    button.addEventListener("click", () => {
      isOpen = !isOpen;
      for (const answer of answers) {
        answer.open = isOpen;
        answer.classList.toggle("cb-folded", !isOpen);
      }
      button.textContent = isOpen ? "收起全部答案" : "看全部答案";
    });
    const [first, ...others] = document.querySelectorAll(".cb-questions");
    const heading = first.previousElementSibling;
    // Where each record has a list of its own, the button is of none of them.
    (others.length && heading ? heading : first).before(button);
  }

  // --- one sheet of paper ----------------------------------------------------------------------

  /**
   * Adds the button that prints the page.
   * @param {HTMLElement} place
   */
  function addPrintButton(place) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "cb-copy";
    button.textContent = "打印本页";
    button.addEventListener("click", () => window.print());
    place.append(button);
    place.hidden = false;
  }

  /**
   * Puts site, address and day at the foot of each printed page, where the browser can: no rule of a
   * style sheet knows them.
   */
  function addFoot() {
    const name = document.querySelector(".cb-footer__name");
    const link = /** @type {HTMLLinkElement | null} */ (
      document.querySelector("link[rel=canonical]")
    );
    const now = new Date();
    const day = `${now.getFullYear()}年${now.getMonth() + 1}月${now.getDate()}日打印`;
    const parts = [name && name.textContent, link && link.href, day];
    const foot = JSON.stringify(parts.filter(Boolean).join("　"));
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`@page {
        @bottom-left { content: ${foot}; font-size: 8pt; }
        @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt; }
      }`);
      // eslint-disable-next-line compat/compat -- what an older browser lacks is caught
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    } catch {
      return; // an older browser, which prints an address of its own
    }
  }

  // --- search: loaded when somebody wants to search, or comes from a result ----------------------

  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const folder = script.src.replace(/casebook\.js.*$/, "");
  const MARKING = ["search-text.js", "search-postings.js", "search-query.js", "search-files.js"];
  const SEARCHING = ["search-index.js", "search-results.js", "search-recent.js", "search-box.js"];
  const TYPING = /^(INPUT|SELECT|TEXTAREA)$/;

  /** Returns the way from this page to the site's root, without a slash at the end. */
  function base() {
    const config = /** @type {HTMLElement} */ (document.getElementById("__config"));
    return String(JSON.parse(config.textContent || "").base).replace(/\/$/, "");
  }

  /** @type {Map<string, Promise<unknown>>} */
  const loads = new Map();

  /** @param {string} name */
  function loadScript(name) {
    const element = document.createElement("script");
    const isLoaded = new Promise((resolve) => (element.onload = resolve));
    element.src = folder + name;
    element.async = false; // they run in the order in which they are asked for
    document.head.appendChild(element);
    loads.set(name, isLoaded);
    return isLoaded;
  }

  /**
   * Loads scripts that are not there yet, and runs them in their order.
   * @param {string[]} names
   */
  function load(names) {
    return Promise.all(names.map((name) => loads.get(name) || loadScript(name)));
  }

  /** @type {Promise<unknown> | null} */
  let loading = null;

  /** Loads search, once. */
  function loadSearch() {
    if (loading) return loading;
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = `${folder}search.css`;
    document.head.appendChild(style);
    const page = document.getElementById("search-page") ? ["search-page.js"] : [];
    loading = load([...MARKING, ...SEARCHING, ...page]);
    return loading;
  }

  async function openSearch() {
    await loadSearch();
    casebook.box.open();
  }

  /** @param {HTMLFormElement} form  the search box in the header */
  function addSearch(form) {
    const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
    const link = document.querySelector(".cb-search__open");
    input.addEventListener("focus", openSearch, { once: true });
    if (link) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        openSearch();
      });
    }
    document.addEventListener("keydown", (event) => {
      const at = event.target;
      if (event.altKey || event.ctrlKey || event.metaKey || !["/", "s", "f"].includes(event.key))
        return;
      if (at instanceof HTMLElement && (at.isContentEditable || TYPING.test(at.tagName))) return;
      event.preventDefault(); // the key is no part of the query
      if (!loading) input.focus(); // the next keys are, though the box is still loading
      openSearch();
    });
  }

  /** Marks the words by which a reader has found this page. */
  async function markHits() {
    const hits = new URLSearchParams(location.search).getAll("h").slice(0, 20);
    const article = document.querySelector("article");
    if (!hits.length || !article) return;
    await load(MARKING);
    await casebook.files.ready(new Set());
    casebook.text.markPage(article, hits);
  }

  /** Loads what copies references, where a page has one. */
  async function addCiting() {
    if (!document.querySelector("[data-cb-copy]")) return;
    await load(["citing-formats.js", "citing.js"]);
    casebook.citing.add();
  }

  casebook.base = base;
  addMenuButton();
  addFoot();
  /** @type {NodeListOf<HTMLFormElement>} */ (
    document.querySelectorAll("form[data-cb-filter]")
  ).forEach(addFilter);
  foldAnswers();
  addCiting();
  /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-cb-sheet]")).forEach(
    addPrintButton,
  );
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector(".md-search__form"));
  if (form) addSearch(form);
  if (document.getElementById("search-page")) loadSearch();
  if (document.querySelector("[data-cb-question]")) load(["quiz.js"]);
  markHits();
}
