import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.mjs";

load("search-recent.js");
const { parsed } = casebook.recent;

test("of what was kept only queries are taken, six at most", () => {
  assert.deepEqual(parsed('["党校", "禹城"]'), ["党校", "禹城"]);
  assert.deepEqual(parsed('["党校", 3, null, " "]'), ["党校"]);
  assert.equal(parsed(JSON.stringify(Array.from("一二三四五六七八"))).length, 6);
  for (const damaged of [null, "", "{", '{"a": 1}', "3", '"党校"']) {
    assert.deepEqual(parsed(damaged), []);
  }
});
