/* Answers queries from posting lists: words are found by place, and joined by document. */
"use strict";

var casebook = casebook || {};
{
  const { files, postings, query: queries } = casebook;
  const { NAMES, HEADINGS, TEXTS, READINGS, GAPS } = postings.FIELDS;
  const ENOUGH = 50; // results after which no further slice is looked through unasked
  const ALL = [NAMES, HEADINGS, TEXTS, READINGS, GAPS];
  const NO_GROUP = { kind: "", county: "", category: "" };

  /**
   * Returns where a way to write a word stands in one field; null where every file for it is missing.
   * @param {Entry[]} entries @param {number} field @param {number} slice @param {Set<string>} missing
   */
  async function occurrences(entries, field, slice, missing) {
    const known = entries.filter((entry) => entry.parts);
    if (!known.length) return null;
    if (known.some(({ parts }) => !parts || !parts[field])) return postings.empty();
    for (const entry of known) {
      // Nothing is loaded where a short list says that it would be in vain.
      const part = entry.parts && entry.parts[field];
      if (typeof part !== "string" || part[0] === ":") continue;
      const list = await files.listOf(entry, field, slice, missing);
      if (list && !list.numbers.length) return postings.empty();
    }
    const lists = await Promise.all(
      known.map((entry) => files.listOf(entry, field, slice, missing)),
    );
    /** @type {Postings | null} */
    let found = null;
    let start = 0;
    lists.forEach((next, i) => {
      if (!next) return;
      if (!found) start = known[i].at;
      found = found ? postings.followed(found, next, known[i].at - start) : next;
    });
    return found && field === READINGS ? postings.atSyllables(found) : found;
  }

  /**
   * Returns how well a word stands in each document; null where no file for it could be loaded.
   * @param {Word} word @param {Map<Way, Entry[]>} entries @param {number} slice
   * @param {number[]} fields @param {Set<string>} missing
   */
  async function matches(word, entries, slice, fields, missing) {
    /** @type {Map<number, Match>} */
    const best = new Map();
    let isUnknown = true;
    for (const [order, way] of word.ways.entries()) {
      for (const field of way.fields.filter((one) => fields.includes(one))) {
        const found = await occurrences(entries.get(way) || [], field, slice, missing);
        if (!found) continue;
        const where = { way, order, field };
        isUnknown = false;
        found.numbers.forEach((number, i) => {
          const match = best.get(number) || queries.noMatch();
          queries.strengthen(match, where, found, i);
          best.set(number, match);
        });
      }
    }
    return isUnknown ? null : best;
  }

  /**
   * Returns the documents in which all words stand, or `some` of them, each with one match a word.
   * @param {Word[]} words @param {Map<Way, Entry[]>} entries @param {number} slice
   * @param {number[]} fields @param {Set<string>} missing @param {boolean} some
   */
  async function together(words, entries, slice, fields, missing, some) {
    const all = await Promise.all(
      words.map((word) => matches(word, entries, slice, fields, missing)),
    );
    /** @type {Map<number, Matches> | null} */
    let found = null;
    all.forEach((best, i) => {
      if (!best) return; // its files are missing; the other words go on
      words[i].documents += best.size;
      /** @type {Map<number, Matches>} */
      const next = new Map(some && found ? found : []);
      for (const [number, match] of best) {
        const before = found && !some ? found.get(number) : next.get(number) || [];
        if (before) next.set(number, [...before, [i, match]]);
      }
      found = next;
    });
    return found || new Map();
  }

  /**
   * Returns the lists of the bigrams of each way to write a word.
   * @param {Word[]} words @param {Set<string>} missing
   */
  async function entriesOf(words, missing) {
    /** @type {Map<Way, Entry[]>} */
    const entries = new Map();
    const ways = words.flatMap((word) => word.ways);
    const load = async (/** @type {[string, number]} */ [bigram, at]) => {
      return { bigram, at, parts: await files.partsOf(bigram, missing) };
    };
    await Promise.all(
      ways.map(async (way) => entries.set(way, await Promise.all(way.bigrams.map(load)))),
    );
    return entries;
  }

  /** @param {Iterable<number>} numbers  of tables @param {Set<string>} missing */
  function loadTables(numbers, missing) {
    return Promise.all(Array.from(numbers, (number) => files.table(number, missing)));
  }

  /**
   * Looks for words, slice by slice.
   * @param {Word[]} words @param {number} slices  how many to look through at least
   * @param {Corpus} corpus @param {Set<string>} missing @param {boolean} some
   */
  async function lookFor(words, slices, corpus, missing, some) {
    const entries = await entriesOf(words, missing);
    /** @type {Map<number, Matches>} */
    const found =
      corpus.slices > 1
        ? await together(words, entries, -1, [NAMES, READINGS], missing, some)
        : new Map();
    let slice = 0;
    for (; slice < corpus.slices && (slice < slices || found.size < ENOUGH); slice += 1) {
      const here = await together(words, entries, slice, ALL, missing, some);
      here.forEach((match, number) => found.set(number, match));
    }
    return { found, slice };
  }

  /**
   * Returns what is found for a query: where no document has all words, those that have the most of them.
   * @param {string} query
   * @param {number} slices  how many to look through at least; more where it takes more to find enough
   */
  async function search(query, slices) {
    /** @type {Set<string>} */
    const missing = new Set();
    /** @type {Answer} */
    const answer = {
      words: [],
      results: [],
      more: false,
      isCut: false,
      isPart: false,
      missing,
      slices: 0,
    };
    const corpus = await files.ready(missing);
    if (!corpus) return answer;
    Object.assign(answer, queries.parse(query, corpus.synonyms));
    if (!answer.words.length) return answer;
    // Nearly every query needs the table: asked for with the bigrams, it makes none wait a second time.
    if (corpus.slices === 1) loadTables(Array(corpus.tables).keys(), new Set());
    let { found, slice } = await lookFor(answer.words, slices, corpus, missing, false);
    const pieces = found.size ? [] : queries.pieces(answer.words, corpus.synonyms);
    if (pieces.length > 1) {
      answer.words = pieces;
      answer.isPart = true;
      ({ found, slice } = await lookFor(pieces, slices, corpus, missing, true));
    }
    answer.slices = slice;
    answer.more = slice < corpus.slices;
    answer.results = await ranked(found, answer, corpus, missing);
    return answer;
  }

  /**
   * Returns the results, the best first. Of those with some of the words only the ones that have at least
   * half as much as the best stay.
   * @param {Map<number, Matches>} found @param {Answer} answer @param {Corpus} corpus
   * @param {Set<string>} missing
   */
  async function ranked(found, { words, isPart }, corpus, missing) {
    const numbers = Array.from(found.keys());
    const size = 2 ** corpus.table;
    await loadTables(new Set(numbers.map((number) => Math.floor(number / size))), missing);
    const rarities = words.map((word) => queries.rarity(word.documents, corpus.documents));
    const results = Array.from(found, ([number, matches]) => {
      const row = files.rows.get(number);
      const length = row ? row.length / (corpus.length || 1) : 1;
      return {
        number,
        matches,
        part: isPart ? queries.coverage(matches, rarities) : 0,
        score: queries.score(matches, length, rarities),
        title: row ? row.title : 0,
        group: files.groupOf(number) || NO_GROUP,
      };
    });
    results.sort(
      (a, b) => b.part - a.part || b.score - a.score || a.title - b.title || a.number - b.number,
    );
    return results.filter(({ part }) => part >= results[0].part / 2);
  }

  /**
   * Returns the ways in which the words of a query stand in a document, each as its characters.
   * @param {Result} result @param {Answer} answer
   */
  function wordsOf(result, answer) {
    return result.matches.flatMap(([word, match]) =>
      answer.words[word].ways
        .filter((_, order) => match.ways & (1 << order))
        .map((way) => way.characters),
    );
  }

  /**
   * Returns what a result shows; undefined where its file is missing.
   * @param {number} number @param {Set<string>} missing
   * @returns {Promise<Card | undefined>}
   */
  async function card(number, missing) {
    const corpus = await files.ready(missing);
    const cards = corpus && (await files.cards(Math.floor(number / 2 ** corpus.cards), missing));
    if (!cards || !cards[number]) return undefined;
    const [path, names, [kind, place], headings, texts, gaps] = cards[number];
    return { path, names, kind, place, headings, texts, gaps };
  }

  casebook.index = { search, card, wordsOf };
}
