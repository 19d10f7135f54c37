// References that hold the day of reading, and what is passed on of a page.
"use strict";

var casebook = casebook || {};
{
  const { dated, cited, bibtex, ris, shared } = casebook.formats;

  /**
   * Copies a text, also where pages may not use the clipboard by themselves: over plain http.
   * @param {string} text
   */
  async function copy(text) {
    if (navigator.clipboard && window.isSecureContext) {
      await navigator.clipboard.writeText(text);
      return;
    }
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "cb-off";
    document.body.appendChild(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }

  /**
   * Returns a button that copies what `text` gives when it is pressed.
   * @param {string} label
   * @param {() => string} text
   */
  function copyButton(label, text) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "cb-copy";
    button.textContent = label;
    button.addEventListener("click", async () => {
      await copy(text());
      button.textContent = "已复制";
      setTimeout(() => (button.textContent = label), 2000);
    });
    return button;
  }

  /**
   * Dates the reference of a page, and adds the buttons that copy it as of the moment.
   * @param {Element} place
   * @param {HTMLElement} buttons
   * @param {string} title
   */
  function addReference(place, buttons, title) {
    const written = (place.textContent || "").trim();
    const now = () => cited(written, title, new Date());
    place.textContent = dated(written, new Date());
    buttons.append(
      copyButton("复制引文", () => dated(written, new Date())),
      copyButton("BibTeX", () => bibtex(now())),
      copyButton("RIS", () => ris(now())),
    );
  }

  /**
   * Adds the buttons for passing a page on.
   * @param {HTMLElement} buttons
   * @param {string} title
   */
  function addSharing(buttons, title) {
    const { protocol, href } = location;
    const own = protocol === "file:" ? "" : href.replace(/[?#].*/, "");
    const address = buttons.getAttribute("data-cb-share") || own;
    const description = document.querySelector("meta[name=description]");
    const told = (description && description.getAttribute("content")) || "";
    if (address) buttons.append(copyButton("复制链接", () => address));
    buttons.append(copyButton("复制转发文字", () => shared(title, told, address)));
  }

  /** Adds the buttons of a page. */
  function add() {
    const place = document.querySelector("[data-cb-copy]");
    const buttons = /** @type {HTMLElement | null} */ (document.querySelector("[data-cb-share]"));
    const heading = document.querySelector("h1");
    if (!place || !buttons) return;
    const title = ((heading && heading.textContent) || document.title).trim();
    addReference(place, buttons, title);
    addSharing(buttons, title);
    buttons.hidden = false;
  }

  casebook.citing = { add };
}
