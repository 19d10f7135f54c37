import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { loadFrom } from "./load.mjs";

loadFrom("templates/bundle/", "return-file.js");
const { fileText, quizTotals, sha256 } = casebook.returning;

test("digests are those of everybody", () => {
  for (const text of ["", "abc", "甲县", "a".repeat(55), "a".repeat(56), "村".repeat(5000)]) {
    const digest = createHash("sha256").update(text, "utf8").digest("hex");
    assert.equal(sha256(text), digest, text.slice(0, 9));
  }
});

test("answers are added up by the record that asked", () => {
  const answers = {
    "course/a/1": true,
    "course/a/2": false,
    "course/ab/1": true,
    "term/x/1": true,
  };
  const records = { "course/a": "甲", "course/ab": "乙", "course/c": "丙" };
  assert.deepEqual(quizTotals(answers, records), [
    { record: "course/a", answered: 2, right: 1 },
    { record: "course/ab", answered: 1, right: 1 },
  ]);
});

test("a file says what it holds, and its digest is of that", () => {
  const bundle = { scope: "village:zi", version: "0123456789ab" };
  const kept = {
    machine: "00",
    number: 2,
    classes: {
      spring: {
        returned: 1,
        items: { 党章学习: { very: 1, fairly: 0, fair: 0, poor: 0 } },
        remarks: ["好"],
      },
    },
    notes: [{ page: "", text: "错字" }],
  };
  const known = { format: "casebook-return-1", bundle, records: {} };
  const file = JSON.parse(fileText(known, kept, {}, "2026-05-06"));
  assert.equal(file.digest, sha256(file.payload));
  const inner = JSON.parse(file.payload);
  assert.deepEqual(inner.bundle, bundle);
  assert.deepEqual(inner.classes[0].items, [
    { name: "党章学习", very: 1, fairly: 0, fair: 0, poor: 0 },
  ]);
  assert.equal(inner.made, "2026-05-06");
});
