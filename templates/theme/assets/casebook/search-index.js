/* Answers queries from the files under search/, which are loaded as scripts when a query needs them.
   The format stands in docs/SEARCH.md. No worker, no fetch, no eval. Syntax of 2020 at most. */
(function () {
  "use strict";

  const ENOUGH = 50; // results after which no further slice is looked through unasked
  const LONGEST = 40; // characters of a query
  const VARIANTS = 4; // ways to write a word
  const base = JSON.parse(document.getElementById("__config").textContent).base + "/search/";
  const text = window.casebookText;
  const lists = window.casebookLists;
  const NAMES = lists.NAMES, HEADINGS = lists.HEADINGS, TEXTS = lists.TEXTS, READINGS = lists.READINGS;

  /* --- files --- */

  const arrived = {}; // name → what the file holds
  const asked = {}; // name → promise

  window.casebookSearch = function (name, content) { arrived[name] = content; };

  /* What `make` makes of a file, once. A file that is missing is noted, and stands as undefined. */
  function load(name, make, missing) {
    asked[name] = asked[name] || new Promise(function (resolve) {
      const script = document.createElement("script");
      script.src = base + name + ".js";
      script.onload = script.onerror = function () {
        script.remove();
        resolve(name in arrived ? make(arrived[name]) : undefined);
        delete arrived[name];
      };
      document.head.appendChild(script);
    });
    return asked[name].then(function (content) {
      if (content === undefined) missing.add("search/" + name + ".js");
      return content;
    });
  }

  let corpus;
  function ready(missing) {
    return load("corpus", function (content) {
      text.simplify(content.pairs);
      const names = content.groups.map(function (number) { return content.names[number]; });
      content.groups = [];
      for (let i = 0; i < names.length; i += 3) content.groups.push({ kind: names[i], county: names[i + 1], category: names[i + 2] });
      corpus = content;
      if (content.pieces < 0) load("cards-0", function (cards) { return cards; }, missing);
      return content;
    }, missing);
  }

  function entries(content) {
    const found = new Map();
    if (content) {
      content.split(",").forEach(function (entry) {
        const signs = entry.codePointAt(0) > 0xffff ? 2 : 1;
        const end = signs + (entry.codePointAt(signs) > 0xffff ? 2 : 1);
        found.set(entry.slice(0, end), entry.slice(end).split("."));
      });
    }
    return found;
  }

  function shardOf(piece, bits) {
    const signs = Array.from(piece);
    const spread = Math.imul(signs[0].codePointAt(0) * 31 + signs[1].codePointAt(0), 0x9e3779b1);
    return (bits ? spread >>> (32 - bits) : 0).toString(16);
  }

  /* --- queries --- */

  /* Words: what stands in quotation marks, or between spaces and the marks ，、；。 */
  function parse(query) {
    const words = [];
    let left = LONGEST;
    let cut = false;
    query.replace(/["“”「」]([^"“”「」]*)["“”「」]|[^\s，、；。"“”「」]+/g, function (whole, phrase) {
      const signs = left ? text.read(phrase === undefined ? whole : phrase).signs : [];
      cut = cut || !left || signs.length > left;
      if (signs.length > left) signs.length = left;
      while (signs[signs.length - 1] === " ") signs.pop();
      left -= signs.length;
      const key = signs.join("");
      if (key && words.every(function (word) { return word.key !== key; })) words.push({ key: key, ways: ways(key), documents: 0 });
    });
    return { words: words, cut: cut };
  }

  /* The ways to write a word: itself, and with a part of it changed for a synonym. */
  function ways(word) {
    const found = [word];
    corpus.synonyms.forEach(function (group) {
      group.forEach(function (from) {
        group.forEach(function (to) {
          const other = word.split(from).join(to);
          if (found.length < VARIANTS && found.indexOf(other) === -1) found.push(other);
        });
      });
    });
    return found.map(way);
  }

  /* The pieces that cover a word, with their distances from its beginning. */
  function way(word) {
    const signs = Array.from(word);
    const pieces = [];
    if (signs.length === 1) return { signs: signs, pieces: [[word + ".", 0]], fields: [NAMES] };
    for (let i = 0; i < signs.length; i += 2) {
      const at = Math.min(i, signs.length - 2);
      pieces.push([signs[at] + signs[at + 1], at]);
    }
    const latin = /^[a-z]+$/.test(word);
    return { signs: signs, pieces: pieces, fields: latin ? [NAMES, HEADINGS, TEXTS, READINGS] : [NAMES, HEADINGS, TEXTS] };
  }

  /* --- answers --- */

  const state = { lists: new Map(), rows: new Map(), whole: null };

  function entryOf(piece, missing) {
    if (corpus.pieces < 0) {
      return load("cards-0", function (content) { return content; }, missing).then(function (cards) {
        if (cards && !state.whole) state.whole = lists.ofTexts(cards, text.normal);
        return cards ? state.whole.get(piece) || [] : null;
      });
    }
    const name = "pieces-" + shardOf(piece, corpus.pieces);
    return load(name, entries, missing).then(function (shard) {
      return shard ? shard.get(piece) || [] : null;
    });
  }

  function list(name, content, field, before) {
    const key = name + "/" + field;
    if (!state.lists.has(key)) state.lists.set(key, lists.decode(content, field, before));
    return state.lists.get(key);
  }

  /* The list of a piece in a slice, or (slice −1) what its shard itself holds: all, or champions. */
  async function postings(piece, parts, field, slice, missing) {
    const part = parts[field] || "";
    if (part.numbers) return part; // made here
    if (part[0] !== ":") {
      const whole = list(piece, part, field, 0);
      return slice < 0 || corpus.slices === 1 ? whole : lists.within(whole, slice);
    }
    if (slice < 0) {
      return list(piece + "champions", lists.afterNumber(part.slice(1)), field, 0);
    }
    const name = "common-" + slice.toString(16) + "-" + shardOf(piece, corpus.common);
    const shard = await load(name, entries, missing);
    const content = shard && (shard.get(piece) || [])[field];
    return shard ? list(name + piece, content || "", field, slice * lists.SPACE) : null;
  }

  /* Where a way to write a word stands in one field; null where every file for it is missing. */
  async function occurrences(way, field, slice, missing) {
    const known = way.entries.filter(function (entry) { return entry.parts; });
    if (!known.length) return null;
    if (known.some(function (entry) { return !entry.parts[field]; })) return lists.empty();
    for (const entry of known) { // nothing is loaded where a short list says that it would be in vain
      if (entry.parts[field][0] === ":") continue;
      if (!(await postings(entry.piece, entry.parts, field, slice, missing)).numbers.length) return lists.empty();
    }
    const all = await Promise.all(known.map(function (entry) {
      return postings(entry.piece, entry.parts, field, slice, missing);
    }));
    let found = null;
    let start = 0;
    all.forEach(function (next, i) {
      if (!next) return;
      if (!found) start = known[i].at;
      found = found ? lists.followed(found, next, known[i].at - start) : next;
    });
    return found && field === READINGS ? lists.atSyllables(found) : found;
  }

  /* Document → how well a word stands in it. Title before heading before text, exact before partial. */
  async function matches(word, slice, fields, missing) {
    const best = new Map();
    let unknown = true;
    for (const [order, way] of word.ways.entries()) {
      for (const field of way.fields) {
        if (fields.indexOf(field) === -1) continue;
        const found = await occurrences(way, field, slice, missing);
        if (!found) continue;
        unknown = false;
        found.numbers.forEach(function (number, i) {
          const from = found.ends[i - 1] || 0;
          const match = best.get(number) || { name: 0, heading: 0, tf: 0, ways: 0 };
          const fit = order ? 0.8 : 1;
          if (field === HEADINGS) match.heading = Math.max(match.heading, fit);
          else if (field === TEXTS) match.tf += (found.ends[i] - from) * fit;
          else for (let n = from; n < found.ends[i]; n += 1) {
            const share = way.signs.length / Math.max(1, found.beside[n]);
            const exact = share >= 1 ? 10 : 0;
            const worth = (20 + 10 * share + exact) * fit * (field === READINGS ? 0.75 : 1);
            match.name = Math.max(match.name, worth);
          }
          match.ways |= 1 << order;
          best.set(number, match);
        });
      }
    }
    return unknown ? null : best;
  }

  /* The documents in which all words stand: number → one match a word. */
  async function together(words, slice, fields, missing) {
    const all = await Promise.all(words.map(function (word) { return matches(word, slice, fields, missing); }));
    let found = null;
    all.forEach(function (best, i) {
      if (!best) return; // its files are missing; the other words go on
      words[i].documents += best.size;
      const next = new Map();
      best.forEach(function (match, number) {
        const before = found ? found.get(number) : [];
        if (before) next.set(number, before.concat([[i, match]]));
      });
      found = next;
    });
    return found || new Map();
  }

  /* Number → {group, length, title} for documents. */
  async function rowsOf(numbers, missing) {
    const parts = new Set(numbers.map(function (number) { return Math.floor(number / Math.pow(2, corpus.table)); }));
    await Promise.all(Array.from(parts).map(function (part) { return table(part, missing); }));
  }

  function table(part, missing) {
    return load("table-" + part.toString(16), function (content) {
      const input = lists.reader(content);
      let number = part * Math.pow(2, corpus.table);
      while (input.more()) {
        number += input.next();
        state.rows.set(number, { group: input.next(), length: input.next(), title: input.next() });
      }
      return true;
    }, missing);
  }

  /* Nearly every query needs these: asked for with the pieces, they do not make it wait a second time. */
  function askForTables() {
    for (let part = 0; corpus.slices === 1 && part < corpus.tables; part += 1) table(part, new Set());
  }

  function score(found, row, rarity) {
    let sum = 0;
    found.forEach(function (pair) {
      const match = pair[1];
      const longer = row ? row.length / (corpus.length || 1) : 1;
      const often = match.tf * 2.2 / (match.tf + 1.2 * (0.4 + 0.6 * longer));
      sum += match.name + 8 * match.heading + often * (0.2 + 0.8 * rarity[pair[0]]);
    });
    return sum;
  }

  /* All that is found for a query: {words, results: [{number, score, title, group, found}], more, cut, missing}.
     `slices`: how many to look through at least; the first, and as many as it takes to find enough. */
  async function search(query, slices) {
    const missing = new Set();
    const answer = { words: [], results: [], more: false, cut: false, missing: missing, slices: 0 };
    if (!(await ready(missing))) return answer;
    const asked = parse(query);
    answer.cut = asked.cut;
    answer.words = asked.words;
    if (!asked.words.length) return answer;
    askForTables();
    await Promise.all([].concat.apply([], asked.words.map(function (word) {
      return word.ways.map(async function (way) {
        way.entries = await Promise.all(way.pieces.map(async function (pair) {
          return { piece: pair[0], at: pair[1], parts: await entryOf(pair[0], missing) };
        }));
      });
    })));
    const found = corpus.slices > 1 ? await together(asked.words, -1, [NAMES, READINGS], missing) : new Map();
    let slice = 0;
    for (; slice < corpus.slices && (slice < slices || found.size < ENOUGH); slice += 1) {
      (await together(asked.words, slice, [NAMES, HEADINGS, TEXTS, READINGS], missing))
        .forEach(function (match, number) { found.set(number, match); });
    }
    answer.slices = slice;
    answer.more = slice < corpus.slices;
    await rank(found, answer, missing);
    return answer;
  }

  async function rank(found, answer, missing) {
    const numbers = Array.from(found.keys());
    await rowsOf(numbers, missing);
    const rarity = answer.words.map(function (word) {
      return Math.log(1 + corpus.documents / (1 + word.documents)) / Math.log(1 + corpus.documents);
    });
    answer.results = numbers.map(function (number) {
      const row = state.rows.get(number);
      return {
        number: number,
        score: score(found.get(number), row, rarity),
        title: row ? row.title : 0,
        group: row ? corpus.groups[row.group] : { kind: "", county: "", category: "" },
        found: found.get(number),
      };
    }).sort(function (a, b) { return b.score - a.score || a.title - b.title || a.number - b.number; });
  }

  /* The ways in which the words of a query stand in a document, as lists of characters. */
  function wordsOf(result, answer) {
    const signs = [];
    result.found.forEach(function (pair) {
      answer.words[pair[0]].ways.forEach(function (way, order) {
        if (pair[1].ways & (1 << order)) signs.push(way.signs);
      });
    });
    return signs;
  }

  /* What a result shows: {path, names, kind, place, headings, texts}; undefined without its file. */
  async function card(number, missing) {
    const name = "cards-" + Math.floor(number / Math.pow(2, corpus.cards)).toString(16);
    const cards = await load(name, function (content) { return content; }, missing);
    const values = cards && cards[number];
    return values && {
      path: values[0], names: values[1], kind: values[2][0], place: values[2][1],
      headings: values[3], texts: values[4],
    };
  }

  window.casebookIndex = { search: search, card: card, wordsOf: wordsOf, ready: ready };
})();
