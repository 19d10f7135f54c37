/* The form in which texts and queries are compared, as in generator/casebook_site/search/text.py, and the
   search for words in a text that is shown. */
"use strict";

var casebook = casebook || {};
{
  /* Code points of letters, digits, ideographs and private characters: first, last, first, last … */
  // prettier-ignore
  const LETTERS = [
    0x30, 0x39, 0x61, 0x7a, 0xaa, 0xaa, 0xb5, 0xb5, 0xba, 0xba, 0xc0, 0xd6, 0xd8, 0xf6, 0xf8, 0x1fff,
    0x2c00, 0x2dff, 0x2e80, 0x2fdf, 0x3005, 0x3007, 0x3021, 0x302f, 0x3031, 0x3035, 0x3038, 0x303c,
    0x3041, 0x309f, 0x30a1, 0x30fa, 0x30fc, 0x318f, 0x31a0, 0x31ff, 0x3400, 0x4dbf, 0x4e00, 0xa48f,
    0xa4d0, 0xfdff, 0xfe70, 0xfefc, 0x10000, 0x1cfff, 0x20000, 0x3ffff, 0xf0000, 0x10ffff,
  ];
  /* Marks, variants and invisible characters, which fall away. */
  // prettier-ignore
  const UNSEEN = [
    0xad, 0xad, 0x300, 0x36f, 0x483, 0x489, 0x180b, 0x180f, 0x1ab0, 0x1aff, 0x1dc0, 0x1dff,
    0x200b, 0x200f, 0x202a, 0x202e, 0x2060, 0x2064, 0x20d0, 0x20ff, 0xfe00, 0xfe0f, 0xfe20, 0xfe2f,
    0xfeff, 0xfeff, 0xe0100, 0xe01ef,
  ];
  const NOT_SEARCHED = "script, style, template, svg, button, select";

  /** @type {Map<string, string>} */
  let simplified = new Map();

  /**
   * Takes the table of traditional characters: `黨党國国…`, each before its simplified one.
   * @param {string} pairs
   */
  function simplify(pairs) {
    const characters = Array.from(pairs);
    simplified = new Map();
    for (let i = 0; i < characters.length; i += 2) {
      simplified.set(characters[i], characters[i + 1]);
    }
  }

  /** @param {number} point @param {number[]} ranges */
  function isWithin(point, ranges) {
    for (let i = 0; i < ranges.length; i += 2) {
      if (point <= ranges[i + 1]) return point >= ranges[i];
    }
    return false;
  }

  /**
   * Returns what a decomposed character becomes: "" where it falls away, " " for a gap.
   * @param {string} character
   */
  function folded(character) {
    const point = character.codePointAt(0) || 0;
    if (isWithin(point, UNSEEN)) return "";
    if (!isWithin(point, LETTERS)) return " ";
    return character === "ς" ? "σ" : simplified.get(character) || character;
  }

  /** @param {NormalForm} form @param {string} character @param {number} from @param {number} to */
  function append(form, character, from, to) {
    const last = form.characters.length - 1;
    const afterGap = last < 0 || form.characters[last] === " ";
    if (character === "") {
      if (!afterGap) form.to[last] = to; // an accent belongs to its letter
    } else if (character !== " " || !afterGap) {
      form.characters.push(character);
      form.from.push(from);
      form.to.push(to);
    }
  }

  /**
   * Returns the normal form of a text. A run of gaps is one space; at the ends there is none.
   * @param {string} text
   * @returns {NormalForm}
   */
  function read(text) {
    /** @type {NormalForm} */
    const form = { characters: [], from: [], to: [] };
    let at = 0;
    for (const character of text) {
      const end = at + character.length;
      const point = character.codePointAt(0) || 0;
      if (point >= 0x4e00 && point <= 0x9fff) {
        append(form, simplified.get(character) || character, at, end); // nothing to decompose
      } else {
        for (const part of character.normalize("NFKD").toLowerCase()) {
          append(form, folded(part), at, end);
        }
      }
      at = end;
    }
    if (form.characters[form.characters.length - 1] === " ") {
      form.characters.pop();
      form.from.pop();
      form.to.pop();
    }
    return form;
  }

  /** @param {string} text */
  function normal(text) {
    return read(text).characters.join("");
  }

  /** @param {NormalForm} form @param {number} at @param {string[]} word */
  function standsAt(form, at, word) {
    return word.length > 0 && word.every((character, n) => form.characters[at + n] === character);
  }

  /**
   * Returns every place in a text where one of some words stands, in order, none inside another.
   * @param {string} text
   * @param {string[][]} words  each as its characters
   * @returns {Hit[]}
   */
  function find(text, words) {
    const form = read(text);
    /** @type {Hit[]} */
    const hits = [];
    words.forEach((word, number) => {
      for (let i = 0; i + word.length <= form.characters.length; i += 1) {
        if (standsAt(form, i, word))
          hits.push([form.from[i], form.to[i + word.length - 1], number]);
      }
    });
    hits.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    let end = -1;
    return hits.filter((hit) => {
      if (hit[0] < end) return false;
      end = hit[1];
      return true;
    });
  }

  /**
   * Appends a text with its hits in <mark>: text nodes only, so nothing in it is read as HTML.
   * @template {Node} T
   * @param {string} text
   * @param {string[][]} words
   * @param {T} parent
   */
  function appendMarked(text, words, parent) {
    let at = 0;
    for (const [from, to] of find(text, words)) {
      parent.appendChild(document.createTextNode(text.slice(at, from)));
      const mark = document.createElement("mark");
      mark.textContent = text.slice(from, to);
      parent.appendChild(mark);
      at = to;
    }
    parent.appendChild(document.createTextNode(text.slice(at)));
    return parent;
  }

  /**
   * Marks the hits on the page that is open, and jumps to the first of them.
   * @param {Element} root
   * @param {string[]} queries
   */
  function markPage(root, queries) {
    const words = queries.map((query) => read(query).characters).filter((word) => word.length);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, null);
    /** @type {Text[]} */
    const nodes = [];
    while (walker.nextNode()) {
      const node = /** @type {Text} */ (walker.currentNode);
      if (node.parentElement && !node.parentElement.closest(NOT_SEARCHED)) nodes.push(node);
    }
    for (const node of nodes) {
      if (!find(node.data, words).length) continue;
      node.replaceWith(appendMarked(node.data, words, document.createDocumentFragment()));
    }
    const first = root.querySelector("mark");
    if (first) first.scrollIntoView({ block: "center" });
  }

  casebook.text = { simplify, read, normal, find, appendMarked, markPage };
}
