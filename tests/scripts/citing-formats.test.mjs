import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.mjs";

load("citing-formats.js");
const { dated, cited, bibtex, ris, shared } = casebook.formats;
const LATE = new Date(2026, 0, 2, 23, 59);
const URL = "https://x.example/villages/zi.html";

test("a blank becomes the day of the reader's own calendar", () => {
  assert.equal(dated("某站. [____-__-__]. x", LATE), "某站. [2026-01-02]. x");
});

test("programs that keep references get what the reference says", () => {
  const text = `甲&乙. 子村：100%_达标[EB/OL]. (2024-05)[____-__-__]. ${URL}`;
  const page = cited(text, "子村：100%_达标", LATE);
  assert.equal(
    bibtex(page),
    [
      "@online{villages-zi,",
      "  author = {{甲\\&乙}},",
      "  title = {子村：100\\%\\_达标},",
      "  date = {2024-05},",
      `  url = {${URL}},`,
      "  urldate = {2026-01-02},",
      "  language = {chinese}",
      "}",
    ].join("\n"),
  );
  assert.equal(
    ris(page),
    `TY  - ELEC\nAU  - 甲&乙\nTI  - 子村：100%_达标\nDA  - 2024/05\nUR  - ${URL}\nY2  - 2026/01/02\nLA  - zh\nER  - `,
  );
});

test("what a reference does not say is left out", () => {
  const page = cited("某站. 甲[EB/OL]. [____-__-__].", "甲", LATE);
  assert.deepEqual([page.author, page.updated, page.address], ["某站", "", ""]);
  assert.doesNotMatch(bibtex(page), /date = {}|url = /);
  assert.doesNotMatch(ris(page), /^(DA|UR)/m);
});

test("a page is passed on with its name, what it says, and its address", () => {
  assert.equal(shared("甲", "23个", URL), `甲：23个\n${URL}`);
  assert.equal(shared("甲", "甲", ""), "甲");
});
