/* Self-tests that are marked: choices, the right one with its explanation, and a score. What the
   reader has answered stays on this machine, where the browser lets it; nothing is sent. */
"use strict";

{
  const KEPT = "casebook-quiz";
  const questions = /** @type {HTMLElement[]} */ (
    Array.from(document.querySelectorAll("[data-cb-question]"))
  );

  /**
   * Returns id of a question → whether it was answered right at last.
   * @returns {Record<string, boolean>}
   */
  function read() {
    if (memory) return memory;
    try {
      return JSON.parse(localStorage.getItem(KEPT) || "{}") || {};
    } catch {
      return {};
    }
  }

  /** @type {Record<string, boolean> | null} the answers of this page, where they cannot be kept */
  let memory = null;

  /** @param {Record<string, boolean>} answers */
  function write(answers) {
    memory = null;
    try {
      localStorage.setItem(KEPT, JSON.stringify(answers));
    } catch {
      memory = answers; // the score of this page is told all the same
    }
  }

  /**
   * Returns the answers that still count: of a question, by its id.
   * @param {Record<string, boolean>} answers @param {string[]} ids
   */
  function score(answers, ids) {
    const known = ids.filter((id) => typeof answers[id] === "boolean");
    return { answered: known.length, right: known.filter((id) => answers[id]).length };
  }

  /** @param {number} number */
  function letter(number) {
    return String.fromCharCode("A".charCodeAt(0) + number);
  }

  /**
   * Returns what is said of an answer.
   * @param {number[]} chosen @param {number[]} right
   */
  function verdict(chosen, right) {
    if (!chosen.length) return "先选一项。";
    const isRight = chosen.join() === right.join();
    return isRight ? "答对了。" : `不对，应选${right.map(letter).join("、")}。`;
  }

  const board = document.createElement("p");
  const ids = questions.map(idOf);

  /** @param {HTMLElement} question */
  function idOf(question) {
    return question.getAttribute("data-cb-question") || "";
  }

  function tell() {
    const { answered, right } = score(read(), ids);
    board.textContent = answered
      ? `${ids.length}题答了${answered}题，对${right}题。`
      : `共${ids.length}题，答完一题看一题。`;
    if (answered) board.append(" ", button("重做", clear));
  }

  /** @param {string} text @param {() => void} act */
  function button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "cb-copy";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }

  function clear() {
    const answers = read();
    for (const id of ids) delete answers[id];
    write(answers);
    location.reload();
  }

  /** @param {HTMLElement} question @param {boolean} isRight */
  function keep(question, isRight) {
    write(Object.assign(read(), { [idOf(question)]: isRight }));
    tell();
  }

  /** @param {HTMLElement} question */
  function open(question) {
    const answer = /** @type {HTMLDetailsElement} */ (question.querySelector("details"));
    answer.open = true;
    answer.classList.remove("cb-folded");
  }

  /**
   * Makes choices that can be chosen, and a button that marks them.
   * @param {HTMLElement} question @param {number[]} right
   */
  function addChoices(question, right) {
    const items = Array.from(question.querySelectorAll("ol > li"));
    const inputs = items.map((item) => {
      const label = document.createElement("label");
      const input = document.createElement("input");
      input.type = right.length > 1 ? "checkbox" : "radio";
      input.name = idOf(question);
      label.append(input, " ", ...item.childNodes);
      item.append(label);
      return input;
    });
    const said = saidBelow(question);
    const check = button("看对不对", () => {
      const chosen = inputs.flatMap((input, number) => (input.checked ? [number] : []));
      said.textContent = verdict(chosen, right);
      if (!chosen.length) return;
      open(question);
      keep(question, chosen.join() === right.join());
    });
    said.before(check);
  }

  /**
   * Lets readers say themselves whether their answer was right, once they have seen the answer.
   * @param {HTMLElement} question
   */
  function addOwnVerdict(question) {
    const answer = /** @type {HTMLDetailsElement} */ (question.querySelector("details"));
    const said = saidBelow(question);
    const choose = (/** @type {boolean} */ isRight) => () => {
      said.textContent = isRight ? "记为答对。" : "记为没答对。";
      keep(question, isRight);
    };
    answer.append(button("我答对了", choose(true)), " ", button("没答对", choose(false)));
  }

  /**
   * Returns the line that says how an answer was, before the folded answer.
   * @param {HTMLElement} question
   */
  function saidBelow(question) {
    const said = document.createElement("span");
    said.className = "cb-note";
    said.setAttribute("role", "status");
    const line = document.createElement("p");
    line.append(said);
    /** @type {HTMLElement} */ (question.querySelector("details")).before(line);
    return said;
  }

  for (const question of questions) {
    const right = (question.getAttribute("data-cb-right") || "").split(",").filter(Boolean);
    if (right.length) addChoices(question, right.map(Number));
    else addOwnVerdict(question);
  }
  if (questions.length) {
    board.className = "cb-note";
    board.setAttribute("role", "status");
    const unfold = document.querySelector(".cb-unfold");
    if (unfold) unfold.after(board);
    else /** @type {HTMLElement} */ (questions[0].parentElement).before(board);
    tell();
  }
}
