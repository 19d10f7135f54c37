/* What a query asks for, and how well a document answers it. */
"use strict";

var casebook = casebook || {};
{
  const { NAMES, HEADINGS, TEXTS, READINGS, GAPS } = casebook.postings.FIELDS;
  const LONGEST = 40; // characters of a query
  const VARIANTS = 4; // ways to write a word
  const BEHIND = 1000; // more than any score
  const WORDS = /["“”「」]([^"“”「」]*)["“”「」]|[^\s，、；。"“”「」]+/g;

  /**
   * Returns the words of a query, and whether it was too long: what stands in quotation marks, or
   * between spaces and the marks ，、；。
   * @param {string} query
   * @param {string[][]} synonyms
   */
  function parse(query, synonyms) {
    /** @type {Word[]} */
    const words = [];
    let left = LONGEST;
    let isCut = false;
    for (const [whole, phrase] of query.matchAll(WORDS)) {
      const characters = left ? casebook.text.read(phrase ?? whole).characters : [];
      isCut = isCut || !left || characters.length > left;
      characters.length = Math.min(characters.length, left);
      while (characters[characters.length - 1] === " ") characters.pop();
      left -= characters.length;
      const key = characters.join("");
      if (key && words.every((word) => word.key !== key)) {
        words.push({ key, ways: variants(key, synonyms).map(wayOf), documents: 0 });
      }
    }
    return { words, isCut };
  }

  /**
   * Returns a word, and the words that it becomes with a part of it changed for a synonym.
   * @param {string} word @param {string[][]} synonyms
   */
  function variants(word, synonyms) {
    const found = [word];
    for (const group of synonyms) {
      for (const from of group) {
        for (const to of group) {
          const other = word.split(from).join(to);
          if (found.length < VARIANTS && !found.includes(other)) found.push(other);
        }
      }
    }
    return found;
  }

  /**
   * Returns the words for a search that is content with some of them: those that are found somewhere,
   * and of the others the pairs of Chinese characters, 红色教具 → 红色 色教 教具.
   * @param {Word[]} words  with the number of documents of each
   * @param {string[][]} synonyms
   */
  function pieces(words, synonyms) {
    const keys = words.flatMap(({ key, documents }) => {
      if (documents || !/^[\u3400-\u9fff]{3,}$/.test(key)) return [key];
      return Array.from(key.slice(1), (character, i) => key[i] + character);
    });
    return Array.from(new Set(keys), (key) => ({
      key,
      ways: variants(key, synonyms).map(wayOf),
      documents: 0,
    }));
  }

  /**
   * @param {string} word
   * @returns {Way}
   */
  function wayOf(word) {
    const characters = Array.from(word);
    if (characters.length === 1) return { characters, bigrams: [[`${word}.`, 0]], fields: [NAMES] };
    /** @type {Array<[string, number]>} */
    const bigrams = [];
    for (let i = 0; i < characters.length; i += 2) {
      const at = Math.min(i, characters.length - 2);
      bigrams.push([characters[at] + characters[at + 1], at]);
    }
    const fields = [NAMES, HEADINGS, TEXTS, GAPS];
    if (/^[a-z]+$/.test(word)) fields.push(READINGS);
    return { characters, bigrams, fields };
  }

  // --- ranking: title before heading before text before what is not known, exact before partial ---

  /** @returns {Match} */
  function noMatch() {
    return { name: 0, heading: 0, frequency: 0, gap: 0, ways: 0 };
  }

  /**
   * Adds to a match what a list of places says of one document.
   * @param {Match} match
   * @param {{ way: Way, order: number, field: number }} where  `order`: the number of the way
   * @param {Postings} list
   * @param {number} i  of the document in the list
   */
  function strengthen(match, { way, order, field }, list, i) {
    const fit = order ? 0.8 : 1;
    const start = list.ends[i - 1] || 0;
    match.ways |= 1 << order;
    if (field === HEADINGS) match.heading = Math.max(match.heading, fit);
    else if (field === TEXTS) match.frequency += (list.ends[i] - start) * fit;
    else if (field === GAPS) match.gap = Math.max(match.gap, fit);
    else {
      for (let n = start; n < list.ends[i]; n += 1) {
        const share = way.characters.length / Math.max(1, list.beside[n]);
        const worth = 20 + 10 * share + (share >= 1 ? 10 : 0);
        match.name = Math.max(match.name, worth * fit * (field === READINGS ? 0.75 : 1));
      }
    }
  }

  /**
   * Returns how much a word tells, from 0 to 1: the more, the fewer documents it stands in.
   * @param {number} found @param {number} documents
   */
  function rarity(found, documents) {
    return Math.log(1 + documents / (1 + found)) / Math.log(1 + documents);
  }

  /**
   * Returns whether a word stands only in what a document says that it does not know.
   * @param {Match} match
   */
  function isGap(match) {
    return match.gap > 0 && !match.name && !match.heading && !match.frequency;
  }

  /**
   * Returns how well a document answers a query; in texts by BM25. Below 0 where it says of a word only
   * that nothing is known of it.
   * @param {Array<[word: number, match: Match]>} matches
   * @param {number} length  of the document, as a multiple of the mean
   * @param {number[]} rarities  of the words
   */
  function score(matches, length, rarities) {
    let sum = 0;
    for (const [word, match] of matches) {
      const often = (match.frequency * 2.2) / (match.frequency + 1.2 * (0.4 + 0.6 * length));
      sum += match.name + 8 * match.heading + often * (0.2 + 0.8 * rarities[word]);
      if (isGap(match)) sum += match.gap - BEHIND;
    }
    return sum;
  }

  /**
   * Returns how much of a query stands in a document: the sum of what its words tell.
   * @param {Matches} matches @param {number[]} rarities  of the words
   */
  function coverage(matches, rarities) {
    return matches.reduce((sum, [word]) => sum + rarities[word], 0);
  }

  casebook.query = { parse, pieces, noMatch, strengthen, rarity, score, coverage, isGap };
}
