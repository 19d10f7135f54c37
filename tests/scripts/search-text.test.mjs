import assert from "node:assert/strict";
import { test } from "node:test";

import { golden, load } from "./load.mjs";

load("search-text.js");
const { text } = casebook;
const { simplified, cases } = golden("search-text");
text.simplify(simplified);

test("the normal form of each text is the one that Python makes", () => {
  for (const [given, form] of cases) assert.equal(text.normal(given), form, given);
});

test("the characters of a normal form know where they stand in the text", () => {
  const given = "（聯村）Yu\u030cche\u0301ng½𠮷";
  const { characters, from, to } = text.read(given);
  assert.deepEqual(
    characters.map((character, i) => [character, given.slice(from[i], to[i])]),
    [
      ["联", "聯"],
      ["村", "村"],
      [" ", "）"],
      ["y", "Y"],
      ["u", "u\u030c"],
      ["c", "c"],
      ["h", "h"],
      ["e", "e\u0301"],
      ["n", "n"],
      ["g", "g"],
      ["1", "½"],
      [" ", "½"],
      ["2", "½"],
      ["𠮷", "𠮷"],
    ],
  );
});

/** @param {string} given @param {string[]} words */
function hits(given, ...words) {
  const found = text.find(
    given,
    words.map((word) => text.read(word).characters),
  );
  return found.map(([from, to, number]) => [given.slice(from, to), number]);
}

test("words are found in order, the longer first, none inside another", () => {
  assert.deepEqual(hits("联村党委与党委会", "党委", "党委会", "联村"), [
    ["联村", 2],
    ["党委", 0],
    ["党委会", 1],
  ]);
  assert.deepEqual(hits("聯村，黨委", "联村 党委"), [["聯村，黨委", 0]]);
  assert.deepEqual(hits("党 委", "党委"), []);
  assert.deepEqual(hits("党委", ""), []);
});
