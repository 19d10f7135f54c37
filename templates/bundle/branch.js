/* The home page of a bundle for a branch: which classes are this month's, and what is new on
   this machine. The page is whole without it. */
"use strict";

{
  const home = /** @type {HTMLElement | null} */ (document.querySelector("[data-cb-branch]"));
  const now = new Date();
  const month = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}`;

  /**
   * Says how much is new since the bundle was looked at last on this machine, and keeps that it was.
   * @param {HTMLElement} home @param {HTMLElement} line
   */
  function tellNews(home, line) {
    /** @type {[day: string, count: number][]} the newest first */
    const changes = JSON.parse(line.getAttribute("data-cb-changes") || "[]");
    const key = `casebook-seen ${home.getAttribute("data-cb-branch")}`;
    const newest = changes.length ? changes[0][0] : "";
    let seen = "";
    try {
      seen = localStorage.getItem(key) || "";
      localStorage.setItem(key, newest);
    } catch {
      return; // nobody knows what was looked at before
    }
    const since = changes.filter(([day]) => day > seen);
    const count = since.reduce((sum, [, number]) => sum + number, 0);
    if (seen && count)
      line.prepend(`比上次在这台电脑上看的（内容至${seen}）新增或改动了${count}条。`);
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
  const news = /** @type {HTMLElement | null} */ (document.querySelector("[data-cb-changes]"));
  if (home && news) tellNews(home, news);
  if (classes) chooseMonth(classes);
}
