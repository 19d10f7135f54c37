import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.mjs";

/** @type {Record<string, unknown>} what the files under search/ hold; others are missing */
const FILES = {
  corpus: {
    documents: 4,
    length: 1,
    slices: 1,
    pieces: -1,
    common: 0,
    table: 3,
    cards: 3,
    tables: 1,
    names: ["", "党校", "教学点", "甲县", "乙县"],
    groups: [1, 3, 0, 2, 4, 0],
    synonyms: [["联村党委", "联合党委"]],
    pairs: "黨党",
  },
  "table-0": `${"#!##"}${"#!#$"}${"##!#"}${"##!#"}`,
  "cards-0": {
    1: [
      "a.html",
      ["甲镇党校"],
      ["党校", "甲县"],
      ["办学"],
      ["联村党委办党校。"],
      ["待补充：开放时间"],
      [["jia", "zhen"]],
    ],
    2: ["b.html", ["党校"], ["党校", "甲县"], [], ["学员"], [], [[]]],
    3: [
      "c.html",
      ["果园"],
      ["教学点", "乙县"],
      ["联合党委"],
      ["党校的学员。开放时间：周一"],
      [],
      [["guo", "yuan"]],
    ],
    4: [
      "d.html",
      ["鱼塘"],
      ["教学点", "乙县"],
      [],
      [`${"水".repeat(150)}党委`],
      ["存疑：开放时间；鱼塘的面积"],
      [["yu"]],
    ],
  },
};

/** Takes the place of the page: a script that is asked for says what its file holds. */
const page = {
  createElement: () => ({ src: "", onload: () => {}, remove: () => {} }),
  getElementById: () => ({ textContent: '{"base": ".."}' }),
  head: {
    appendChild(/** @type {{ src: string, onload: () => void }} */ script) {
      const name = script.src.slice("../search/".length, -".js".length);
      if (name in FILES) casebook.receive(name, FILES[name]);
      script.onload();
    },
  },
};
Object.assign(globalThis, { document: page });
load("search-text.js", "search-postings.js", "search-query.js", "search-files.js");
casebook.base = () => "..";
load("search-index.js", "search-results.js");
const { index, results } = casebook;

/** @param {string} query */
async function found(query) {
  return (await index.search(query, 1)).results.map((result) => result.number);
}

test("title before a longer title before text", async () => {
  assert.deepEqual(await found("党校"), [2, 1, 3]);
});

test("what is not known comes last, and its excerpt says what it is", async () => {
  assert.deepEqual(await found("开放时间"), [3, 1, 4]);
  assert.deepEqual(await found("开放时间 党校"), [3, 1]);
  assert.deepEqual(await found("鱼塘的面积"), [4]);
  const card = await index.card(1, new Set());
  assert.ok(card);
  const words = [["开", "放", "时", "间"]];
  assert.equal(results.excerpt(card, words), "待补充：开放时间");
  const long = { ...card, gaps: [`待补充：${"水".repeat(150)}开放时间`] };
  assert.ok(results.excerpt(long, words).startsWith("待补充：…水"));
});

test("all words must stand in a document, each with its synonyms", async () => {
  assert.deepEqual(await found("联村党委"), [3, 1]);
  assert.deepEqual(await found("联村党委 甲镇"), [1]);
  assert.equal((await index.search("联村党委 甲镇", 1)).isPart, false);
});

test("where nothing has all words, those with most of them are found, and it is said", async () => {
  assert.deepEqual(await found("联村党委 鱼塘"), [4, 3, 1]);
  assert.equal((await index.search("联村党委 鱼塘", 1)).isPart, true);
  assert.deepEqual(await found("党校学员班"), [2, 3]);
  assert.deepEqual(await found("党校果园 无此"), [3]);
  assert.deepEqual(await found("无此 没有"), []);
});

test("traditional characters, initials and single characters are found", async () => {
  assert.deepEqual(await found("黨校"), await found("党校"));
  assert.deepEqual(await found("guoy"), [3]);
  assert.deepEqual(await found("gy"), [3]);
  assert.deepEqual(await found("uoyu"), []);
  assert.deepEqual(await found("果"), [3]);
});

test("a result has its group and its card", async () => {
  const answer = await index.search("果园", 1);
  assert.deepEqual(answer.results[0].group, { kind: "教学点", county: "乙县", category: "" });
  assert.deepEqual(answer.missing, new Set());
  const card = await index.card(3, answer.missing);
  assert.equal(card && card.path, "c.html");
  assert.deepEqual(index.wordsOf(answer.results[0], answer), [["果", "园"]]);
});

test("an excerpt is cut around the first hit, and says so", async () => {
  const card = await index.card(4, new Set());
  assert.ok(card);
  const excerpt = results.excerpt(card, [["党", "委"]]);
  assert.ok(excerpt.startsWith("…水") && excerpt.endsWith("党委"), excerpt);
  assert.equal(results.excerpt(card, [["无"]]).length, 101);
});
