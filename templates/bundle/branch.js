/* The home page of a bundle for a branch: how old it is, and which classes are this month's. The page
   is whole without it. */
"use strict";

{
  const home = /** @type {HTMLElement | null} */ (document.querySelector("[data-cb-branch]"));
  const now = new Date();
  const month = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}`;

  /**
   * Returns the whole months from a date, as exact as it is known, to today; below 0 for later ones.
   * @param {string} date
   */
  function monthsSince(date) {
    const [year, of] = date.split("-").map(Number);
    return (now.getFullYear() - year) * 12 + now.getMonth() + 1 - (of || 12);
  }

  /** @param {number} months */
  function age(months) {
    if (months < 1) return "";
    const years = Math.floor(months / 12);
    return years ? `已有${years}年${months % 12 ? "多" : ""}` : `已有${months}个月`;
  }

  /** @param {HTMLElement} home */
  function tellAge(home) {
    const said = home.querySelector("[data-cb-age]");
    const newest = home.getAttribute("data-newest");
    const told = newest ? age(monthsSince(newest)) : "";
    if (!said || !told) return;
    said.append(`离今天${told}，想要新的，向发给你的人要。`);
  }

  /**
   * Shows the classes of this month; the others stay behind a button.
   * @param {HTMLElement} part
   */
  function chooseMonth(part) {
    const items = /** @type {HTMLElement[]} */ (Array.from(part.querySelectorAll("li")));
    const title = /** @type {HTMLElement} */ (part.querySelector("h2"));
    for (const item of items) {
      const begins = item.getAttribute("data-begins") || "";
      const ends = item.getAttribute("data-ends") || "";
      item.hidden = month < begins.slice(0, 7) || month > ends.slice(0, 7) || begins.length < 7;
    }
    const shown = items.filter((item) => !item.hidden).length;
    title.textContent = "本月培训班";
    if (!shown) title.after("本月没有列入的培训班。");
    if (shown === items.length) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "cb-copy";
    button.textContent = `全部${items.length}个培训班`;
    button.addEventListener("click", () => {
      for (const item of items) item.hidden = false;
      button.remove();
    });
    part.append(button);
  }

  const classes = /** @type {HTMLElement | null} */ (document.querySelector("[data-cb-classes]"));
  if (home) tellAge(home);
  if (classes) chooseMonth(classes);
}
