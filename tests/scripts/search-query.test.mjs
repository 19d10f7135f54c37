import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.mjs";

load("search-text.js", "search-postings.js", "search-query.js");
const { postings, query } = casebook;
const { NAMES, HEADINGS, TEXTS, READINGS, GAPS } = postings.FIELDS;

/** @param {string} text @param {string[][]} [synonyms] */
function words(text, synonyms = []) {
  return query.parse(text, synonyms).words;
}

test("words are parted by spaces and marks, and quotation marks hold them together", () => {
  const keys = (/** @type {string} */ text) => words(text).map((word) => word.key);
  assert.deepEqual(keys("党委 联村，党校；教学点"), ["党委", "联村", "党校", "教学点"]);
  assert.deepEqual(keys('“党委 联村” "5+1+N"'), ["党委 联村", "5 1 n"]);
  assert.deepEqual(keys("党委 党委 ＡＢ ab"), ["党委", "ab"]);
  assert.deepEqual(keys("，。 ？！"), []);
});

test("a query counts to 40 characters", () => {
  assert.equal(query.parse("党".repeat(40), []).isCut, false);
  const { words: found, isCut } = query.parse(`${"党".repeat(39)} 委员 会`, []);
  assert.deepEqual(
    found.map((word) => Array.from(word.key).length),
    [39, 1],
  );
  assert.equal(isCut, true);
});

test("bigrams cover a word, the last by one that overlaps", () => {
  const [{ ways }] = words("联席会议厅");
  assert.deepEqual(ways[0].bigrams, [
    ["联席", 0],
    ["会议", 2],
    ["议厅", 3],
  ]);
  assert.deepEqual(ways[0].fields, [NAMES, HEADINGS, TEXTS, GAPS]);
  assert.deepEqual(words("ycs")[0].ways[0].fields, [NAMES, HEADINGS, TEXTS, GAPS, READINGS]);
  assert.deepEqual(words("村")[0].ways[0], {
    characters: ["村"],
    bigrams: [["村.", 0]],
    fields: [NAMES],
  });
});

test("a word is also looked for with synonyms in it, in four ways at most", () => {
  const written = (/** @type {Word} */ word) => word.ways.map((way) => way.characters.join(""));
  const group = ["联村党委", "联合党委", "片区党委", "党建联盟", "党建共同体"];
  assert.deepEqual(written(words("联村党委书记", [group])[0]), [
    "联村党委书记",
    "联合党委书记",
    "片区党委书记",
    "党建联盟书记",
  ]);
  assert.deepEqual(written(words("党校", [group])[0]), ["党校"]);
});

test("a word that is found nowhere falls into pairs of characters, a found one stays", () => {
  const asked = words("红色教具 党校 yuan 村");
  asked[1].documents = 3;
  assert.deepEqual(
    query.pieces(asked, []).map(({ key }) => key),
    ["红色", "色教", "教具", "党校", "yuan", "村"],
  );
});

/**
 * Returns how well a document answers a query of one word that stands in one field.
 * @param {string} word @param {number} field @param {number[]} beside  one for each place
 * @param {{ order?: number, length?: number }} [other]
 */
function worth(word, field, beside, { order = 0, length = 1 } = {}) {
  const match = query.noMatch();
  const list = { numbers: [1], ends: [beside.length], places: beside.map((_, i) => i), beside };
  query.strengthen(match, { way: words(word)[0].ways[0], order, field }, list, 0);
  return query.score([[0, match]], length, [query.rarity(1, 1000)]);
}

test("title comes before heading before text", () => {
  assert.ok(worth("党委", NAMES, [20]) > worth("党委", HEADINGS, [0]));
  assert.ok(worth("党委", HEADINGS, [0]) > worth("党委", TEXTS, Array(1000).fill(0)));
});

test("what is not known comes behind every fact", () => {
  assert.ok(worth("党委", GAPS, [0]) < worth("党委", TEXTS, [0], { length: 100 }));
  assert.ok(worth("党委", GAPS, [0], { order: 1 }) < worth("党委", GAPS, [0]));
});

test("the whole title comes before a part of it, a short title before a long one", () => {
  assert.ok(worth("党委", NAMES, [2]) > worth("党委", NAMES, [3]));
  assert.ok(worth("党委", NAMES, [3]) > worth("党委", NAMES, [9]));
  assert.equal(worth("党委", NAMES, [9, 2]), worth("党委", NAMES, [2]));
});

test("synonyms and readings rank behind the word itself", () => {
  assert.ok(worth("党委", NAMES, [2], { order: 1 }) < worth("党委", NAMES, [2]));
  assert.ok(worth("ycs", READINGS, [3]) < worth("ycs", NAMES, [3]));
});

test("in texts a word tells more if it is frequent, the text short, or the word rare", () => {
  assert.ok(worth("党委", TEXTS, [0, 0]) > worth("党委", TEXTS, [0]));
  assert.ok(worth("党委", TEXTS, [0], { length: 0.5 }) > worth("党委", TEXTS, [0], { length: 2 }));
  assert.ok(query.rarity(1, 1000) > query.rarity(500, 1000));
});
