import assert from "node:assert/strict";
import { test } from "node:test";

import { golden, load } from "./load.mjs";

load("planner-day.js");
const { day } = casebook;
/** @type {{ procedure: Procedure, cases: Array<{ sessions: PlannedSession[], lacking: string[] }> }} */
const { procedure, cases } = golden("training-procedure");

/** @type {PlannedClass} */
const CLASS = {
  id: "winter-2026",
  name: "冬训“一班”: #1",
  school: "yi-school",
  begins: "2026-11-02",
  trainees: "ordinary",
  days: 1.5,
  participants: 40,
  starts: "08:30",
  travel: 20,
};
const VISIT = { title: "现场教学：果园", teaching_point: "yi-orchard", minutes: 60 };
const BREAK = { title: "午休", pause: true, minutes: 90 };
const TALK = { title: " 讨论: {x} ", own: true, minutes: 30 };

test("what a day lacks is what the program says", () => {
  for (const { sessions, lacking } of cases) {
    const checks = day.checksOf(sessions, procedure);
    assert.deepEqual(
      checks.filter((check) => check.isRequired && !check.isMet).map((check) => check.title),
      lacking,
    );
  }
});

test("an item that is not required is open, not lacking", () => {
  const own = day.checksOf([], procedure)[6];
  assert.deepEqual(own, { title: "自选动作", isMet: false, isRequired: false, said: "未安排" });
  assert.equal(day.checksOf([TALK, TALK], procedure)[6].said, "2 项");
});

test("missing items are those of the procedure, in its order, with their usual minutes", () => {
  const minutes = { sign_in: 10, anthem: 5, oath: 5, constitution: 20, leader_lecture: 40 };
  const held = [{ title: "宣誓", prescribed: "oath", minutes: 7 }];
  const added = day.missingItems(held, procedure, minutes);
  assert.deepEqual(
    added.map((session) => [session.prescribed, session.minutes]),
    [
      ["sign_in", 10],
      ["anthem", 5],
      ["constitution", 20],
      ["leader_lecture", 40],
    ],
  );
  assert.deepEqual(day.missingItems([...added, ...held], procedure, minutes), []);
});

test("times follow one another, with the way before a teaching point", () => {
  const times = (/** @type {string} */ starts) =>
    day
      .timed([TALK, VISIT, BREAK], { starts, travel: 20 })
      .map(({ at, until }) => `${day.clock(at)}—${day.clock(until)}`);
  assert.deepEqual(times("09:05"), ["09:05—09:35", "09:55—10:55", "10:55—12:25"]);
  assert.equal(times("")[0], "08:30—09:00");
  assert.equal(times("23:50")[0], "23:50—00:20");
});

test("a session shows the mark of its component", () => {
  const marks = [{ title: "", prescribed: "oath", minutes: 5 }, VISIT, TALK, BREAK];
  assert.equal(marks.map((one) => day.markOf(one, procedure.components)).join(""), "51N休");
});

test("the days of a class count towards those of the year", () => {
  const cadres = { title: "村干部", least: 2 };
  assert.equal(day.yearCheck(1.5, cadres).said, "本班1.5天，全年还差0.5天");
  assert.equal(day.yearCheck(2, cadres).isMet, true);
});

test("the record is YAML with quoted texts, without pauses", () => {
  const sessions = [{ ...TALK, course: "party" }, BREAK, VISIT];
  assert.equal(
    day.yamlOf(sessions, CLASS),
    `name: "冬训“一班”: #1"
school: yi-school
begins: 2026-11-02
trainees: ordinary
days: 1.5
participants: 40
sessions:
  - {title: "讨论: {x}", own: true, course: party, at: "08:30", minutes: 30}
  - {title: "现场教学：果园", teaching_point: yi-orchard, at: "10:50", minutes: 60}
`,
  );
});

test("what keeps a record from being taken over is said, one thing at a time", () => {
  const whole = cases[2].sessions;
  const fault = (/** @type {Partial<PlannedClass>} */ change) =>
    day.faultOf(whole, { ...CLASS, ...change }, procedure);
  assert.equal(fault({}), "");
  assert.match(fault({ begins: "", name: "" }), /日期/);
  assert.match(fault({ name: "" }), /班名/);
  for (const id of ["", "冬训", "-a", "A", "a".repeat(65)]) assert.match(fault({ id }), /编号/, id);
  assert.match(day.faultOf(cases[1].sessions, CLASS, procedure), /到基层教学点上课/);
});
