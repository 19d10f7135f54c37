/* Numbers and posting lists as they are written in the files under search/ (docs/SEARCH.md), how lists
   are joined, and how they are made for an index that holds texts alone. */
"use strict";

var casebook = casebook || {};
{
  const SPACE = 65536; // numbers of a slice
  const FIELDS = { NAMES: 0, HEADINGS: 1, TEXTS: 2, READINGS: 3, GAPS: 4 }; // in the order of an entry
  const BASE = 44;
  const STEP = 128; // a heading, text or gap begins at a multiple of this

  const DIGITS = new Uint8Array(128);
  for (let code = 0x21, digit = 0; code < 0x7f; code += 1) {
    if (!'"\\,.:<'.includes(String.fromCharCode(code))) DIGITS[code] = digit++;
  }

  // --- reading ---------------------------------------------------------------------------------

  /**
   * Returns a reader of numbers: whether there are `more`, and the `next` one.
   * @param {string} content
   */
  function reader(content) {
    let at = 0;
    const next = () => {
      let value = 0;
      let weight = 1;
      let digit = DIGITS[content.charCodeAt(at++)];
      while (digit >= BASE) {
        value += (digit - BASE) * weight;
        weight *= BASE;
        value += weight;
        digit = DIGITS[content.charCodeAt(at++)];
      }
      return value + digit * weight;
    };
    return { more: () => at < content.length, next };
  }

  /**
   * Returns a text without the number at its beginning.
   * @param {string} content
   */
  function afterNumber(content) {
    let end = 0;
    while (DIGITS[content.charCodeAt(end)] >= BASE) end += 1;
    return content.slice(end + 1);
  }

  /** @returns {Postings} */
  function empty() {
    return { numbers: [], ends: [], places: [], beside: [] };
  }

  /**
   * Returns a posting list that was written.
   * @param {string} content
   * @param {number} field
   * @param {number} before  the number from which the first distance counts
   */
  function decode(content, field, before) {
    const list = empty();
    const isNamed = field === FIELDS.NAMES || field === FIELDS.READINGS;
    const input = reader(content);
    let number = before;
    while (input.more()) {
      const head = input.next();
      let count = head % 2 ? input.next() + 2 : 1;
      let place = 0;
      number += (head - (head % 2)) / 2;
      for (; count; count -= 1) {
        place += input.next();
        list.places.push(place);
        if (isNamed) list.beside.push(input.next());
      }
      list.numbers.push(number);
      list.ends.push(list.places.length);
    }
    return list;
  }

  // --- joining ---------------------------------------------------------------------------------

  /**
   * Ends a document of a list, if it has got places since `before`.
   * @param {Postings} list @param {number} number @param {number} before
   */
  function close(list, number, before) {
    if (list.places.length === before) return;
    list.numbers.push(number);
    list.ends.push(list.places.length);
  }

  /** @param {Postings} list @param {number} slice */
  function within(list, slice) {
    const found = empty();
    list.numbers.forEach((number, i) => {
      if (number < slice * SPACE || number >= (slice + 1) * SPACE) return;
      const before = found.places.length;
      for (let n = list.ends[i - 1] || 0; n < list.ends[i]; n += 1) {
        found.places.push(list.places[n]);
        if (list.beside.length) found.beside.push(list.beside[n]);
      }
      close(found, number, before);
    });
    return found;
  }

  /**
   * Returns the places of `first` behind which `second` stands at a distance.
   * @param {Postings} first @param {Postings} second @param {number} distance
   */
  function followed(first, second, distance) {
    const found = empty();
    let j = 0;
    first.numbers.forEach((number, i) => {
      while (j < second.numbers.length && second.numbers[j] < number) j += 1;
      if (second.numbers[j] !== number) return;
      let b = second.ends[j - 1] || 0;
      const before = found.places.length;
      for (let a = first.ends[i - 1] || 0; a < first.ends[i]; a += 1) {
        const place = first.places[a] + distance;
        while (b < second.ends[j] && second.places[b] < place) b += 1;
        if (b === second.ends[j] || second.places[b] !== place) continue;
        found.places.push(first.places[a]);
        if (first.beside.length) found.beside.push(first.beside[a]);
      }
      close(found, number, before);
    });
    return found;
  }

  /**
   * Returns the places of readings where a syllable begins; the others are not found.
   * @param {Postings} list
   */
  function atSyllables(list) {
    const found = empty();
    list.numbers.forEach((number, i) => {
      const before = found.places.length;
      for (let n = list.ends[i - 1] || 0; n < list.ends[i]; n += 1) {
        if (list.beside[n] % 2 === 0) continue;
        found.places.push(list.places[n]);
        found.beside.push(Math.floor(list.beside[n] / 2));
      }
      close(found, number, before);
    });
    return found;
  }

  // --- making, as generator/casebook_site/search/documents.py does -------------------------------

  /** @param {PostingsTarget} target @param {string} bigram @param {number} field @param {number} place @param {number} [beside] */
  function add(target, bigram, field, place, beside) {
    const parts = target.lists.get(bigram) || [];
    const list = parts[field] || (parts[field] = empty());
    target.lists.set(bigram, parts);
    list.places.push(place);
    if (beside !== undefined) list.beside.push(beside);
    if (list.numbers[list.numbers.length - 1] !== target.number) list.numbers.push(target.number);
    list.ends[list.numbers.length - 1] = list.places.length;
  }

  /** @param {PostingsTarget} target @param {number} field @param {string[]} texts  in normal form */
  function addTexts(target, field, texts) {
    let start = 0;
    for (const text of texts) {
      if (!text) continue;
      const characters = Array.from(` ${text} `);
      for (let i = 0; i + 1 < characters.length; i += 1) {
        add(target, characters[i] + characters[i + 1], field, start + i);
      }
      start = (Math.floor((start + characters.length) / STEP) + 1) * STEP;
    }
  }

  /** @param {PostingsTarget} target @param {string[]} names  in normal form */
  function addNames(target, names) {
    let start = 0;
    for (const name of names) {
      const characters = Array.from(` ${name} `);
      const length = characters.length - 2;
      characters.forEach((character, i) => {
        const next = characters[i + 1];
        if (next) add(target, character + next, FIELDS.NAMES, start + i, length);
      });
      characters.forEach((character, i) => {
        if (character !== " ") add(target, `${character}.`, FIELDS.NAMES, start + i, length);
      });
      start += characters.length + 1;
    }
  }

  /** @param {PostingsTarget} target @param {string[][]} readings  the syllables of each name */
  function addReadings(target, readings) {
    let start = 0;
    for (const syllables of readings) {
      for (const parts of [syllables, syllables.map((syllable) => syllable[0])]) {
        const letters = parts.join("");
        const begins = new Set();
        let at = 0;
        for (const part of parts) {
          begins.add(at);
          at += part.length;
        }
        for (let i = 0; i + 1 < letters.length; i += 1) {
          const beside = 2 * letters.length + (begins.has(i) ? 1 : 0);
          add(target, letters[i] + letters[i + 1], FIELDS.READINGS, start + i, beside);
        }
        start += letters.length + 1;
      }
    }
  }

  /**
   * Returns the posting lists of each bigram, field by field, made of the texts on cards.
   * @param {Cards} cards
   * @param {(text: string) => string} normal
   */
  function ofTexts(cards, normal) {
    /** @type {Map<string, Postings[]>} */
    const lists = new Map();
    const numbers = Object.keys(cards).map(Number);
    for (const number of numbers.sort((a, b) => a - b)) {
      const [, names, , headings, texts, gaps, readings] = cards[number];
      const target = { lists, number };
      addNames(target, names.map(normal));
      addTexts(target, FIELDS.HEADINGS, headings.map(normal));
      addTexts(target, FIELDS.TEXTS, texts.map(normal));
      addReadings(target, readings);
      addTexts(target, FIELDS.GAPS, gaps.map(normal));
    }
    return lists;
  }

  casebook.postings = {
    SPACE,
    FIELDS,
    reader,
    afterNumber,
    empty,
    decode,
    within,
    followed,
    atSyllables,
    ofTexts,
  };
}
