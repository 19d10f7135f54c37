/* One page at a time; without this, all pages follow each other. */
"use strict";

{
  const MOST = 30; // pages that a search lists
  const pages = /** @type {HTMLElement[]} */ (Array.from(document.querySelectorAll(".page")));
  const words = /** @type {HTMLInputElement} */ (document.getElementById("words"));
  const found = /** @type {HTMLElement} */ (document.getElementById("found"));
  /** @type {string[]} of the pages; made when somebody searches */
  let texts = [];

  function show() {
    const target = document.getElementById(location.hash.slice(1));
    const page = (target && target.closest(".page")) || pages[0];
    for (const one of pages) one.classList.toggle("here", one === page);
    if (target && target !== page) target.scrollIntoView();
    else window.scrollTo(0, 0);
    found.textContent = "";
  }

  /** @param {HTMLElement} page */
  function titleOf(page) {
    return page.getAttribute("data-title") || "";
  }

  /** @param {HTMLElement} page */
  function linkTo(page) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `#${page.id}`;
    link.textContent = titleOf(page) || "首页";
    item.appendChild(link);
    return item;
  }

  function search() {
    const asked = words.value.trim();
    const text = asked.toLowerCase();
    found.textContent = "";
    if (!text) return;
    if (!texts.length) texts = pages.map((page) => (page.textContent || "").toLowerCase());
    const hits = pages.filter((_, number) => texts[number].includes(text));
    const isTitle = (/** @type {HTMLElement} */ page) => titleOf(page).toLowerCase().includes(text);
    const ordered = [...hits.filter(isTitle), ...hits.filter((page) => !isTitle(page))];
    found.append(...ordered.slice(0, MOST).map(linkTo));
    if (!hits.length) found.textContent = `没有找到“${asked}”`;
  }

  document.documentElement.className = "one";
  window.addEventListener("hashchange", show);
  words.addEventListener("input", search);
  show();
}
