/* The form in which texts and queries are compared, as in generator/casebook_site/search/text.py, and the search
   for words in a text that is shown. No network, no eval. Syntax of 2020 at most. */
(function () {
  "use strict";

  /* Code points of letters, digits, ideographs and private characters: first, last, first, last … */
  const LETTERS = [
    0x30, 0x39, 0x61, 0x7a, 0xaa, 0xaa, 0xb5, 0xb5, 0xba, 0xba, 0xc0, 0xd6, 0xd8, 0xf6, 0xf8, 0x1fff,
    0x2c00, 0x2dff, 0x2e80, 0x2fdf, 0x3005, 0x3007, 0x3021, 0x302f, 0x3031, 0x3035, 0x3038, 0x303c,
    0x3041, 0x309f, 0x30a1, 0x30fa, 0x30fc, 0x318f, 0x31a0, 0x31ff, 0x3400, 0x4dbf, 0x4e00, 0xa48f,
    0xa4d0, 0xfdff, 0xfe70, 0xfefc, 0x10000, 0x1cfff, 0x20000, 0x3ffff, 0xf0000, 0x10ffff,
  ];
  /* Marks, variants and invisible characters, which fall away. */
  const UNSEEN = [
    0xad, 0xad, 0x300, 0x36f, 0x483, 0x489, 0x180b, 0x180f, 0x1ab0, 0x1aff, 0x1dc0, 0x1dff,
    0x200b, 0x200f, 0x202a, 0x202e, 0x2060, 0x2064, 0x20d0, 0x20ff, 0xfe00, 0xfe0f, 0xfe20, 0xfe2f,
    0xfeff, 0xfeff, 0xe0100, 0xe01ef,
  ];
  let simplified = new Map();

  function within(point, ranges) {
    for (let i = 0; i < ranges.length; i += 2) {
      if (point <= ranges[i + 1]) return point >= ranges[i];
    }
    return false;
  }

  /* What one character becomes: "" where it falls away, " " for a gap. */
  function folded(sign) {
    const point = sign.codePointAt(0);
    if (within(point, UNSEEN)) return "";
    if (!within(point, LETTERS)) return " ";
    return sign === "ς" ? "σ" : simplified.get(sign) || sign;
  }

  /* The normal form of a text as a list of characters, and where each stands in the text: `from`
     and `to` count as String.slice does. A run of gaps is one space, at the ends there is none. */
  function read(text) {
    const found = { signs: [], from: [], to: [] };
    let place = 0;
    for (const sign of text) {
      const point = sign.codePointAt(0);
      if (point >= 0x4e00 && point <= 0x9fff) { // most characters; nothing to decompose
        add(found, simplified.get(sign) || sign, place, place + 1);
      } else {
        for (const part of sign.normalize("NFKD").toLowerCase()) add(found, folded(part), place, place + sign.length);
      }
      place += sign.length;
    }
    if (found.signs[found.signs.length - 1] === " ") {
      for (const list of [found.signs, found.from, found.to]) list.pop();
    }
    return found;
  }

  function add(found, sign, from, to) {
    const last = found.signs.length - 1;
    if (sign === "") {
      if (last >= 0 && found.signs[last] !== " ") found.to[last] = to; // an accent belongs to its letter
    } else if (sign !== " " || (last >= 0 && found.signs[last] !== " ")) {
      found.signs.push(sign);
      found.from.push(from);
      found.to.push(to);
    }
  }

  function normal(text) {
    return read(text).signs.join("");
  }

  /* Every place where one of some words (lists of characters) stands: [from, to, number of the
     word], in order, none inside another. */
  function find(text, words) {
    const form = read(text);
    const spans = [];
    words.forEach(function (word, number) {
      for (let i = 0; i + word.length <= form.signs.length; i += 1) {
        let n = 0;
        while (n < word.length && form.signs[i + n] === word[n]) n += 1;
        if (n && n === word.length) spans.push([form.from[i], form.to[i + n - 1], number]);
      }
    });
    spans.sort(function (a, b) { return a[0] - b[0] || b[1] - a[1]; });
    let end = -1;
    return spans.filter(function (span) {
      if (span[0] < end) return false;
      end = span[1];
      return true;
    });
  }

  /* A piece of text with its hits in <mark>: text nodes only, so nothing in it is read as HTML. */
  function marked(text, words, parent) {
    let place = 0;
    find(text, words).forEach(function (span) {
      parent.appendChild(document.createTextNode(text.slice(place, span[0])));
      const mark = document.createElement("mark");
      mark.textContent = text.slice(span[0], span[1]);
      parent.appendChild(mark);
      place = span[1];
    });
    parent.appendChild(document.createTextNode(text.slice(place)));
    return parent;
  }

  /* The hits on the page that is open, and a jump to the first of them. */
  function markPage(root, queries) {
    const words = queries.map(function (query) { return read(query).signs; }).filter(function (word) { return word.length; });
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, null);
    const nodes = [];
    while (walker.nextNode()) {
      if (!walker.currentNode.parentNode.closest("script, style, template, svg, button, select")) nodes.push(walker.currentNode);
    }
    nodes.forEach(function (node) {
      if (!find(node.data, words).length) return;
      const around = marked(node.data, words, document.createDocumentFragment());
      node.parentNode.replaceChild(around, node);
    });
    const first = root.querySelector("mark");
    if (first) first.scrollIntoView({ block: "center" });
  }

  window.casebookText = {
    read: read,
    normal: normal,
    find: find,
    marked: marked,
    markPage: markPage,
    /* `黨党國国…`: traditional characters, each before its simplified one. */
    simplify: function (pairs) {
      const signs = Array.from(pairs);
      simplified = new Map();
      for (let i = 0; i < signs.length; i += 2) simplified.set(signs[i], signs[i + 1]);
    },
  };
})();
