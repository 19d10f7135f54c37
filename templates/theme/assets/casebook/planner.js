/* Puts a day of a training class together: points, times, the check of the procedure, the record.
   Works from a folder: no network, no storage. All texts of records are set as text. */
"use strict";

var casebook = casebook || {};
{
  const { day } = casebook;
  const OWN_MINUTES = 30;
  const BREAK_MINUTES = 90;
  const POINT_MINUTES = 60;
  const root = /** @type {HTMLElement} */ (document.getElementById("planner"));
  const source = /** @type {HTMLElement} */ (document.getElementById("planner-data"));
  const form = /** @type {HTMLFormElement} */ (root.querySelector("form"));
  /** @type {PlannerData} */
  const data = JSON.parse(source.textContent || "");
  const { components } = data.procedure;

  /** @type {PlannedSession[]} in order */
  let sessions = [];

  /** @param {string} name @returns {any} the element that the page marks for a purpose */
  function part(name) {
    return root.querySelector(`[data-cb-${name}]`);
  }

  /**
   * @template {keyof HTMLElementTagNameMap} T
   * @param {T} tag @param {string} [text] @param {string} [className]
   */
  function make(tag, text, className) {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    if (className) element.className = className;
    return element;
  }

  /** @param {string} text  a whole number from 1, or anything else: 0 */
  function whole(text) {
    return Math.max(parseInt(text, 10) || 0, 0);
  }

  /** @returns {PlannedClass} what the form says */
  function planned() {
    const given = new FormData(form);
    const value = (/** @type {string} */ name) => String(given.get(name) || "").trim();
    return {
      id: part("id").value.trim(),
      name: value("name"),
      school: value("school"),
      begins: value("begins"),
      trainees: value("trainees"),
      days: Number(value("days")) || 0,
      participants: whole(value("participants")),
      starts: value("starts"),
      travel: whole(value("travel")),
    };
  }

  // --- the points to choose from ---------------------------------------------------------------

  function showPoints() {
    const here = data.schools[planned().school];
    const isNear = (/** @type {PlannedPoint} */ point) => Boolean(here) && point.township === here;
    const place = part("points");
    place.textContent = "";
    for (const [category, title] of Object.entries(data.categories)) {
      const points = data.points.filter((point) => point.category === category);
      if (!points.length) continue;
      const group = make("fieldset");
      group.appendChild(make("legend", title));
      for (const point of points.filter(isNear)) group.appendChild(choice(point, "同镇街"));
      for (const point of points) {
        if (!isNear(point)) group.appendChild(choice(point, point.place));
      }
      place.appendChild(group);
    }
  }

  /** @param {PlannedPoint} point @param {string} where */
  function choice(point, where) {
    const label = make("label", "", "cb-plan__point");
    const box = make("input");
    box.type = "checkbox";
    box.value = point.id;
    box.checked = sessions.some((session) => session.teaching_point === point.id);
    box.addEventListener("change", () => {
      sessions = sessions.filter((session) => session.teaching_point !== point.id);
      if (box.checked) {
        const minutes = point.minutes || POINT_MINUTES;
        sessions.push({ title: `现场教学：${point.name}`, teaching_point: point.id, minutes });
      }
      show();
    });
    const note = [where, point.hours].filter(Boolean).join("　");
    label.append(box, make("span", point.name), make("span", note, "cb-note"));
    return label;
  }

  // --- the day ---------------------------------------------------------------------------------

  function showSessions() {
    const rows = day.timed(sessions, planned()).map(sessionRow);
    part("sessions").textContent = "";
    part("sessions").append(...rows);
  }

  /** @param {TimedSession} entry @param {number} number */
  function sessionRow({ session, at, until }, number) {
    const row = make("tr");
    const what = make("td");
    const long = make("td");
    const isNamed = session.own || session.prescribed;
    const hasCourse = session.own || session.prescribed === data.lecture;
    what.appendChild(make("span", day.markOf(session, components), "cb-badge"));
    what.appendChild(isNamed ? titleField(session, number) : make("span", session.title));
    if (hasCourse) what.appendChild(courseField(session, number));
    long.appendChild(minutesField(session, number));
    const time = make("td", `${day.clock(at)}—${day.clock(until)}`, "cb-plan__time");
    row.append(time, what, long, tools(number));
    return row;
  }

  /**
   * @template {Element} T
   * @param {T} field @param {string} words @param {number} number
   */
  function named(field, words, number) {
    field.setAttribute("aria-label", `${words}（第${number + 1}项）`);
    return field;
  }

  /** @param {PlannedSession} session @param {number} number */
  function titleField(session, number) {
    const field = named(make("input"), "环节", number);
    field.type = "text";
    field.value = session.title;
    field.addEventListener("input", () => {
      session.title = field.value;
      settle();
    });
    return field;
  }

  /** @param {PlannedSession} session @param {number} number */
  function minutesField(session, number) {
    const field = named(make("input"), "分钟", number);
    field.type = "number";
    field.min = "1";
    field.max = "600";
    field.value = String(session.minutes);
    field.addEventListener("change", () => {
      session.minutes = whole(field.value) || session.minutes;
      show();
    });
    return field;
  }

  /** @param {PlannedSession} session @param {number} number */
  function courseField(session, number) {
    const field = named(make("select"), "课程", number);
    field.appendChild(new Option("不注明课程", ""));
    for (const { id, name, module } of data.courses) {
      field.appendChild(new Option(`${module}　${name}`, id));
    }
    field.value = session.course || "";
    field.classList.toggle("cb-plan__none", !field.value);
    field.addEventListener("change", () => {
      session.course = field.value;
      field.classList.toggle("cb-plan__none", !field.value);
      settle();
    });
    return field;
  }

  /** @param {number} number */
  function tools(number) {
    const cell = make("td", "", "cb-plan__tools");
    cell.append(
      tool("↑", "上移", number, number - 1),
      tool("↓", "下移", number, number + 1),
      tool("×", "去掉", number, null),
    );
    return cell;
  }

  /**
   * Returns a button that moves a session to a place, or (null) takes it out.
   * @param {string} sign @param {string} words @param {number} number @param {number | null} to
   */
  function tool(sign, words, number, to) {
    const button = named(make("button", sign), words, number);
    button.type = "button";
    button.disabled = to !== null && !sessions[to];
    button.addEventListener("click", () => {
      const [moved] = sessions.splice(number, 1);
      if (to !== null) sessions.splice(to, 0, moved);
      show();
      const { rows } = part("sessions");
      const row = rows[Math.min(to === null ? number : to, rows.length - 1)];
      if (row) row.querySelector(".cb-plan__tools button:not([disabled])").focus();
    });
    return button;
  }

  // --- the check and the record ----------------------------------------------------------------

  function showChecks() {
    const { days, trainees } = planned();
    const checks = day.checksOf(sessions, data.procedure);
    const list = part("checks");
    list.textContent = "";
    const asked = data.trainees[trainees];
    if (asked.least) checks.push(day.yearCheck(days, asked));
    for (const check of checks) {
      const entry = make("li", "", `cb-check cb-check--${check.isMet ? "ok" : "lacking"}`);
      const said = make("span", check.said, "cb-check__state");
      entry.append(make("strong", check.title), " ", said);
      list.appendChild(entry);
    }
  }

  function showRecord() {
    const given = planned();
    const yaml = day.yamlOf(sessions, given);
    const save = part("save");
    part("file").textContent = day.isId(given.id) ? given.id : "编号";
    part("yaml").value = yaml;
    part("wrong").textContent = day.faultOf(sessions, given, data.procedure);
    save.setAttribute("download", `${day.isId(given.id) ? given.id : "class"}.yml`);
    save.href = `data:application/yaml;charset=utf-8,${encodeURIComponent(yaml)}`;
  }

  function settle() {
    showChecks();
    showRecord();
  }

  function show() {
    showPoints();
    showSessions();
    settle();
  }

  // --- what is asked for -----------------------------------------------------------------------

  /** @type {Record<string, () => void>} */
  const additions = {
    missing() {
      sessions = [...day.missingItems(sessions, data.procedure, data.minutes), ...sessions];
    },
    own() {
      sessions.push({ title: "分组讨论", own: true, minutes: OWN_MINUTES });
    },
    break() {
      sessions.push({ title: "午休", pause: true, minutes: BREAK_MINUTES });
    },
  };

  root.querySelectorAll("[data-cb-add]").forEach((button) => {
    button.addEventListener("click", () => {
      additions[button.getAttribute("data-cb-add") || ""]();
      show();
    });
  });
  part("print").addEventListener("click", () => window.print());
  part("id").addEventListener("input", settle);
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());

  additions.missing();
  root.hidden = false;
  show();
}
