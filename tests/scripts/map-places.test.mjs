import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.mjs";

load("map-places.js");
const { places } = casebook;
const CATEGORIES = ["village", "industry"];
const NUMBERS = { committee: 3, union: 1, village: 2, industry: 0 };
const KNOWN = {
  places: (/** @type {string} */ id) => ["county-jia", "town-yi"].includes(id),
  form: ["committee", "union"],
  category: CATEGORIES,
};

/** @param {string} form @param {string} category */
function sums(form, category) {
  return places.sumsOf(NUMBERS, { form, category }, CATEGORIES);
}

test("without a filter everything is counted", () => {
  assert.deepEqual(sums("", ""), {
    joint: 4,
    points: 2,
    total: 6,
    of: { village: 2, industry: 0, joint: 4, points: 2 },
  });
});

test("a filter of one sort counts that sort only, one of each counts both", () => {
  const { joint, points, total } = sums("union", "");
  assert.deepEqual([joint, points, total], [1, 0, 1]);
  assert.equal(sums("", "village").total, 2);
  assert.equal(sums("union", "village").total, 3);
  assert.equal(sums("committee", "industry").total, 3);
});

test("what a place holds is said in words", () => {
  const none = { form: "", category: "" };
  assert.equal(places.wordsOf({ joint: 4, points: 2 }, none), "联村党组织4个，教学点2处");
  assert.equal(places.wordsOf({ joint: 0, points: 2 }, none), "教学点2处");
  assert.equal(places.wordsOf({ joint: 0, points: 0 }, none), "没有收录");
  const filter = { form: "union", category: "" };
  assert.equal(places.wordsOf({ joint: 0, points: 0 }, filter), "没有符合条件的收录");
});

test("a state is read from the address that it makes", () => {
  for (const state of [
    { place: "", form: "", category: "" },
    { place: "town-yi", form: "", category: "" },
    { place: "county-jia", form: "union", category: "village" },
    { place: "", form: "", category: "industry" },
  ]) {
    assert.deepEqual(places.stateOf(places.addressOf(state), KNOWN), state);
  }
});

test("what an address names wrongly is left out", () => {
  const nothing = { place: "", form: "", category: "" };
  for (const hash of ["", "#", "#%E0%A4%A", "#town-nowhere&category=<b>&form=x&y", "#__proto__"]) {
    assert.deepEqual(places.stateOf(hash, KNOWN), nothing, hash);
  }
  assert.deepEqual(places.stateOf("#town-yi&form=village&category=village", KNOWN), {
    place: "town-yi",
    form: "",
    category: "village",
  });
});

test("a key leads to the nearest place ahead, rather ahead than aside", () => {
  /** @param {string} key @param {Point[]} others */
  const next = (key, ...others) => places.nearest([0, 0], others, places.WAYS[key] || [0, 0]);
  assert.equal(next("ArrowRight", [-10, 0], [40, 0], [20, 0], [15, 30]), 2);
  assert.equal(next("ArrowDown", [20, 10], [0, 30]), 1);
  assert.equal(next("ArrowUp", [0, 30], [20, 0]), -1);
  assert.equal(next("ArrowLeft", [-4, 0], [-20, 5]), 1);
});
