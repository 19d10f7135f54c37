import assert from "node:assert/strict";
import { test } from "node:test";

import { golden, load } from "./load.mjs";

load("search-text.js", "search-postings.js", "search-query.js", "search-files.js");
const { files, postings, text } = casebook;
const { NAMES, HEADINGS, TEXTS, READINGS, GAPS } = postings.FIELDS;
const table = golden("search-index");

/**
 * Returns a list as document → its places, each with what stands beside it.
 * @param {Postings} list
 */
function placesOf({ numbers, ends, places, beside }) {
  return Object.fromEntries(
    numbers.map((number, i) => [
      number,
      places
        .slice(ends[i - 1] || 0, ends[i])
        .map((place, n) => (beside.length ? [place, beside[(ends[i - 1] || 0) + n]] : place)),
    ]),
  );
}

/**
 * Returns a list of documents without anything beside their places.
 * @param {Record<number, number[]>} documents
 */
function listOf(documents) {
  const list = postings.empty();
  for (const [number, places] of Object.entries(documents)) {
    list.numbers.push(Number(number));
    list.places.push(...places);
    list.ends.push(list.places.length);
  }
  return list;
}

/** @param {number} number  as Python writes it */
function written(number) {
  return table.numbers.find((/** @type {[number, string]} */ row) => row[0] === number)[1];
}

test("numbers are read as Python writes them", () => {
  const input = postings.reader(
    table.numbers.map((/** @type {[number, string]} */ row) => row[1]).join(""),
  );
  for (const [number] of table.numbers) {
    assert.ok(input.more());
    assert.equal(input.next(), number);
  }
  assert.ok(!input.more());
  assert.equal(postings.afterNumber(`${written(1980)}rest`), "rest");
});

test("bigrams lie in the files into which Python sorts them", () => {
  for (const [bigram, bits, shard] of table.shards) {
    assert.equal(files.shardOf(bigram, bits), shard, `${bigram} ${bits}`);
  }
});

test("posting lists are read with distances, several places and what stands beside them", () => {
  // Document 10 + 1979 / 2, whole, with 44 + 2 places would be long: one place; then two places.
  const texts = `${written(44)}${written(43)}${written(43)}${written(0)}${written(1)}${written(44)}`;
  assert.deepEqual(placesOf(postings.decode(texts, TEXTS, 10)), { 32: [43], 53: [1, 45] });
  const names = `${written(0)}${written(1)}${written(44)}`;
  assert.deepEqual(placesOf(postings.decode(names, NAMES, 65536)), { 65536: [[1, 44]] });
});

test("a list is cut to one slice", () => {
  const list = listOf({ 5: [1], 65536: [2, 3], 131071: [4], 131072: [5] });
  assert.deepEqual(placesOf(postings.within(list, 1)), { 65536: [2, 3], 131071: [4] });
});

test("lists are joined where one place follows another at a distance", () => {
  const first = listOf({ 1: [0, 10, 20], 2: [5], 4: [7] });
  const second = listOf({ 1: [2, 21, 22], 3: [7], 4: [9] });
  assert.deepEqual(placesOf(postings.followed(first, second, 2)), { 1: [0, 20], 4: [7] });
  assert.deepEqual(placesOf(postings.followed(first, postings.empty(), 2)), {});
});

test("readings are found only where a syllable begins", () => {
  const list = { numbers: [1, 2], ends: [2, 3], places: [0, 1, 0], beside: [21, 20, 20] };
  assert.deepEqual(placesOf(postings.atSyllables(list)), { 1: [[0, 10]] });
});

test("lists made of texts are those that Python makes", () => {
  const { names, headings, texts, gaps, readings } = table.document;
  /** @type {CardValues} */
  const card = ["a.html", names, ["村", ""], headings, texts, gaps, readings];
  const lists = postings.ofTexts({ 7: card }, text.normal);
  const fields = { names: NAMES, headings: HEADINGS, texts: TEXTS, readings: READINGS, gaps: GAPS };
  for (const [name, field] of Object.entries(fields)) {
    for (const [bigram, places] of Object.entries(table.places[name])) {
      const list = (lists.get(bigram) || [])[field];
      assert.ok(list, `${name}: ${bigram}`);
      assert.deepEqual(placesOf(list), { 7: places }, `${name}: ${bigram}`);
    }
  }
});
