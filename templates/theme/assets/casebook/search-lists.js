/* Numbers and posting lists as they are written in the files under search/ (docs/SEARCH.md), and how
   lists are joined. Syntax of 2020 at most. */
(function () {
  "use strict";

  const SPACE = 65536; // numbers of a slice
  const NAMES = 0, HEADINGS = 1, TEXTS = 2, READINGS = 3; // fields, in the order of an entry

  const DIGITS = new Uint8Array(128);
  for (let code = 0x21, digit = 0; code < 0x7f; code += 1) {
    if ('"\\,.:<'.indexOf(String.fromCharCode(code)) === -1) DIGITS[code] = digit++;
  }

  function reader(content) {
    let at = 0;
    return {
      more: function () { return at < content.length; },
      next: function () {
        let value = 0, weight = 1, digit = DIGITS[content.charCodeAt(at++)];
        while (digit >= 44) {
          value += (digit - 44) * weight;
          weight *= 44;
          value += weight;
          digit = DIGITS[content.charCodeAt(at++)];
        }
        return value + digit * weight;
      },
    };
  }

  /* A list of documents by number: places[ends[i - 1]..ends[i]] are those of numbers[i]. */
  function empty() {
    return { numbers: [], ends: [], places: [], beside: [] };
  }

  function decode(content, field, before) {
    const list = empty();
    const named = field === NAMES || field === READINGS;
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
        if (named) list.beside.push(input.next());
      }
      list.numbers.push(number);
      list.ends.push(list.places.length);
    }
    return list;
  }

  function within(list, slice) {
    const found = empty();
    list.numbers.forEach(function (number, i) {
      if (number >= slice * SPACE && number < (slice + 1) * SPACE) copy(list, i, list.ends[i - 1] || 0, list.ends[i], found);
    });
    return found;
  }

  function copy(list, i, from, to, found) {
    for (let n = from; n < to; n += 1) {
      found.places.push(list.places[n]);
      if (list.beside.length) found.beside.push(list.beside[n]);
    }
    found.numbers.push(list.numbers[i]);
    found.ends.push(found.places.length);
  }

  /* Where `second` stands `distance` behind a place of `first`. */
  function followed(first, second, distance) {
    const found = empty();
    let j = 0;
    first.numbers.forEach(function (number, i) {
      while (j < second.numbers.length && second.numbers[j] < number) j += 1;
      if (second.numbers[j] !== number) return;
      let b = second.ends[j - 1] || 0;
      const before = found.places.length;
      for (let a = first.ends[i - 1] || 0; a < first.ends[i]; a += 1) {
        const place = first.places[a] + distance;
        while (b < second.ends[j] && second.places[b] < place) b += 1;
        if (b < second.ends[j] && second.places[b] === place) {
          found.places.push(first.places[a]);
          if (first.beside.length) found.beside.push(first.beside[a]);
        }
      }
      if (found.places.length > before) {
        found.numbers.push(number);
        found.ends.push(found.places.length);
      }
    });
    return found;
  }

  /* A reading is only found where a syllable begins. */
  function atSyllables(list) {
    const found = empty();
    list.numbers.forEach(function (number, i) {
      const before = found.places.length;
      for (let n = list.ends[i - 1] || 0; n < list.ends[i]; n += 1) {
        if (list.beside[n] % 2) {
          found.places.push(list.places[n]);
          found.beside.push(Math.floor(list.beside[n] / 2));
        }
      }
      if (found.places.length > before) {
        found.numbers.push(number);
        found.ends.push(found.places.length);
      }
    });
    return found;
  }

  /* A text without the number at its beginning. */
  function afterNumber(content) {
    let end = 0;
    while (DIGITS[content.charCodeAt(end)] >= 44) end += 1;
    return content.slice(end + 1);
  }

  /* --- a small index without lists: they are made of its texts, as generator/casebook_site/search/documents.py does --- */

  /* A text begins at a multiple of this. */
  const STEP = 128;

  /* Piece → a list for each field. `cards`: number → [address, names, place, headings, texts, readings]. */
  function ofTexts(cards, normal) {
    const found = new Map();

    function add(piece, field, number, place, beside) {
      const parts = found.get(piece) || [];
      const list = parts[field] || (parts[field] = empty());
      found.set(piece, parts);
      list.places.push(place);
      if (beside !== undefined) list.beside.push(beside);
      if (list.numbers[list.numbers.length - 1] !== number) list.numbers.push(number);
      list.ends[list.numbers.length - 1] = list.places.length;
    }

    function addPairs(signs, field, number, start, beside) {
      for (let i = 0; i + 1 < signs.length; i += 1) add(signs[i] + signs[i + 1], field, number, start + i, beside && beside(i));
    }

    function addTexts(values, field, number) {
      let start = 0;
      values.map(normal).filter(Boolean).forEach(function (value) {
        const signs = Array.from(" " + value + " ");
        addPairs(signs, field, number, start);
        start = (Math.floor((start + signs.length) / STEP) + 1) * STEP;
      });
    }

    function addNames(names, number) {
      let start = 0;
      names.map(normal).forEach(function (name) {
        const signs = Array.from(" " + name + " ");
        const length = signs.length - 2;
        addPairs(signs, NAMES, number, start, function () { return length; });
        signs.forEach(function (sign, i) { if (sign !== " ") add(sign + ".", NAMES, number, start + i, length); });
        start += signs.length + 1;
      });
    }

    function addReadings(readings, number) {
      let start = 0;
      readings.forEach(function (syllables) {
        const initials = syllables.map(function (syllable) { return syllable[0]; });
        [syllables, initials].forEach(function (parts) {
          const signs = parts.join("");
          const begins = new Set();
          let at = 0;
          parts.forEach(function (part) { begins.add(at); at += part.length; });
          addPairs(signs, READINGS, number, start, function (i) { return 2 * signs.length + (begins.has(i) ? 1 : 0); });
          start += signs.length + 1;
        });
      });
    }

    Object.keys(cards).map(Number).sort(function (a, b) { return a - b; }).forEach(function (number) {
      const card = cards[number];
      addNames(card[1], number);
      addTexts(card[3], HEADINGS, number);
      addTexts(card[4], TEXTS, number);
      addReadings(card[5], number);
    });
    return found;
  }

  window.casebookLists = {
    SPACE: SPACE, NAMES: NAMES, HEADINGS: HEADINGS, TEXTS: TEXTS, READINGS: READINGS,
    reader: reader, decode: decode, empty: empty, within: within, followed: followed,
    atSyllables: atSyllables, afterNumber: afterNumber, ofTexts: ofTexts,
  };
})();
