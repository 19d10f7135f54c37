// References of a page in the forms that programs keep them in.
"use strict";

var casebook = casebook || {};
{
  /** @typedef {{title: string, author: string, updated: string, address: string, day: Date}} Cited */

  /** @type {Record<string, string>} */
  const NAMES = {
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
  };

  /** @param {Date} day  of the reader's own calendar */
  function iso(day) {
    const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
    return [day.getFullYear(), two(day.getMonth() + 1), two(day.getDate())].join("-");
  }

  /**
   * Writes a day into the blank of a reference.
   * @param {string} text  with `____-__-__`
   * @param {Date} day
   */
  function dated(text, day) {
    return text.replace("____-__-__", iso(day));
  }

  /**
   * Returns what a reference says of a page.
   * @param {string} text  `author. title[EB/OL]. (2024-05-06)[____-__-__]. address`
   * @param {string} title
   * @param {Date} day
   * @returns {Cited}
   */
  function cited(text, title, day) {
    const [author, rest = ""] = text.split(`. ${title}[EB/OL].`);
    const [, updated = "", address = ""] =
      /^\s*(?:\(([-\d]+)\))?\[[^\]]*\]\.\s*(.*)$/.exec(rest) || [];
    return { title, author, updated, address, day };
  }

  /** @param {string} text */
  function escaped(text) {
    return text.replace(/[\\{}#$%&_~^]/g, (sign) => NAMES[sign] || `\\${sign}`);
  }

  /** @param {Cited} page */
  function bibtex({ title, author, updated, address, day }) {
    const key =
      address
        .split("/")
        .slice(-2)
        .join("-")
        .replace(/\.html$/, "") || "page";
    const lines = [
      `author = {{${escaped(author)}}}`,
      `title = {${escaped(title)}}`,
      updated && `date = {${updated}}`,
      address && `url = {${address}}`,
      `urldate = {${iso(day)}}`,
      "language = {chinese}",
    ];
    return `@online{${key},\n  ${lines.filter(Boolean).join(",\n  ")}\n}`;
  }

  /** @param {Cited} page */
  function ris({ title, author, updated, address, day }) {
    const slashed = (/** @type {string} */ date) => date.replace(/-/g, "/");
    return [
      "TY  - ELEC",
      `AU  - ${author}`,
      `TI  - ${title}`,
      updated && `DA  - ${slashed(updated)}`,
      address && `UR  - ${address}`,
      `Y2  - ${slashed(iso(day))}`,
      "LA  - zh",
      "ER  - ",
    ]
      .filter(Boolean)
      .join("\n");
  }

  /**
   * Returns what is sent to others of a page: its name, what it says in short, and its address.
   * @param {string} name
   * @param {string} description
   * @param {string} address  empty for none
   */
  function shared(name, description, address) {
    const told = description && description !== name ? `${name}：${description}` : name;
    return address ? `${told}\n${address}` : told;
  }

  casebook.formats = { dated, cited, bibtex, ris, shared };
}
