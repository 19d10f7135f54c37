import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.mjs";

load("reading.js", "voice.js");
const { parsed } = casebook.reading;
const { sentences } = casebook.voice;
const DEFAULT = { size: 0, contrast: false, plain: false, open: false };

test("what was kept is taken up again", () => {
  const kept = { size: 2, contrast: true, plain: false, open: true };
  assert.deepEqual(parsed(JSON.stringify(kept)), kept);
});

test("what is damaged or was never kept changes nothing", () => {
  for (const text of [null, "", "null", "{", "[]", '"x"', '{"size": 9, "contrast": "yes"}']) {
    assert.deepEqual(parsed(text), DEFAULT, String(text));
  }
});

test("a text is read sentence by sentence, nothing left out", () => {
  const text = "先议事，再办事。“怎样分红？”大家说；定了就办";
  const read = sentences(text).map(([start, end]) => text.slice(start, end));
  assert.deepEqual(read, ["先议事，再办事。", "“怎样分红？”", "大家说；", "定了就办"]);
  assert.equal(read.join(""), text);
  assert.deepEqual(sentences("  \n "), []);
});
