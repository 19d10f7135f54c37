/* Loads the page again when what it shows has changed. */
"use strict";

{
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const shown = script.getAttribute("data-number");

  async function ask() {
    if (document.hidden) {
      document.addEventListener("visibilitychange", ask, { once: true });
      return;
    }
    try {
      const answer = await fetch(new URL(`changes?shown=${shown}`, script.src).href);
      if ((await answer.text()) === shown) ask();
      else location.reload();
    } catch {
      setTimeout(ask, 1000);
    }
  }

  ask();
}
