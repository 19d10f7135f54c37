/* The day of a training class: times, the check of the procedure, the record as YAML. */
"use strict";

var casebook = casebook || {};
{
  const ID = /^[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?$/;
  const COUNTED = { prescribed: "项", teaching_point: "处", own: "项" };
  const USUAL_START = 510; // 08:30

  // --- times -----------------------------------------------------------------------------------

  /**
   * Returns `09:05` for a number of minutes; a day has 1440.
   * @param {number} minutes
   */
  function clock(minutes) {
    const day = ((minutes % 1440) + 1440) % 1440;
    const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
    return `${two(Math.floor(day / 60))}:${two(day % 60)}`;
  }

  /**
   * Returns when each session begins and ends; before a teaching point is the way there.
   * @param {PlannedSession[]} sessions @param {{ starts: string, travel: number }} planned
   * @returns {TimedSession[]}
   */
  function timed(sessions, { starts, travel }) {
    const [hours, minutes] = starts.split(":");
    let now = minutes === undefined ? USUAL_START : Number(hours) * 60 + Number(minutes);
    return sessions.map((session) => {
      const at = now + (session.teaching_point ? travel : 0);
      now = at + session.minutes;
      return { session, at, until: now };
    });
  }

  // --- the procedure, and the days of the year ---------------------------------------------------

  /** @param {PlannedSession} session @param {ProcedureComponent[]} components */
  function markOf(session, components) {
    const component = components.find(({ role }) => session[role]);
    return component ? component.mark : "休";
  }

  /**
   * Returns what the procedure asks for, item by item, and whether the day has it.
   * @param {PlannedSession[]} sessions @param {Procedure} procedure
   * @returns {ProcedureCheck[]}
   */
  function checksOf(sessions, { components }) {
    return components.flatMap((component) => {
      const values = sessions.map((session) => session[component.role]);
      const items = Object.entries(component.items);
      if (!items.length) return [countCheck(component, values.filter(Boolean).length)];
      return items.map(([item, title]) => {
        const isMet = values.includes(item);
        const said = isMet ? "有" : "缺";
        const isRequired = component.least > 0;
        return { title: `${component.title}：${title}`, isMet, isRequired, said };
      });
    });
  }

  /** @param {ProcedureComponent} component @param {number} held */
  function countCheck({ role, request, least }, held) {
    const none = least ? "缺" : "未安排";
    return {
      title: request,
      isMet: held > 0 && held >= least,
      isRequired: least > 0,
      said: held ? `${held} ${COUNTED[role]}` : none,
    };
  }

  /**
   * Returns whether the class alone reaches the days of the year; it need not.
   * @param {number} days @param {Trainees} trainees
   * @returns {ProcedureCheck}
   */
  function yearCheck(days, { title, least }) {
    const isMet = days >= least;
    const said = isMet ? "已满足" : `本班${days}天，全年还差${least - days}天`;
    return { title: `${title}全年至少${least}天`, isMet, isRequired: false, said };
  }

  /**
   * Returns a session for each item of the procedure that the day lacks.
   * @param {PlannedSession[]} sessions @param {Procedure} procedure
   * @param {Record<string, number>} minutes
   * @returns {PlannedSession[]}
   */
  function missingItems(sessions, { components }, minutes) {
    return components.flatMap(({ role, items }) =>
      Object.entries(items)
        .filter(([item]) => !sessions.some((session) => session[role] === item))
        .map(([item, title]) => ({ title, [role]: item, minutes: minutes[item] })),
    );
  }

  // --- the record ------------------------------------------------------------------------------

  /** @param {string} text  a JSON string is a YAML string too */
  function quoted(text) {
    return JSON.stringify(text);
  }

  /** @param {TimedSession} entry */
  function sessionYaml({ session, at }) {
    const parts = [`title: ${quoted(session.title.trim() || "环节")}`];
    if (session.prescribed) parts.push(`prescribed: ${session.prescribed}`);
    if (session.teaching_point) parts.push(`teaching_point: ${session.teaching_point}`);
    if (session.own) parts.push("own: true");
    if (session.course) parts.push(`course: ${session.course}`);
    parts.push(`at: ${quoted(clock(at))}`, `minutes: ${session.minutes}`);
    return `  - {${parts.join(", ")}}`;
  }

  /**
   * Returns the record of the class.
   * @param {PlannedSession[]} sessions @param {PlannedClass} planned
   */
  function yamlOf(sessions, planned) {
    const lines = [
      `name: ${quoted(planned.name || "培训班")}`,
      `school: ${planned.school}`,
      `begins: ${planned.begins}`,
      `trainees: ${planned.trainees}`,
      `days: ${planned.days || 1}`,
    ];
    if (planned.participants) lines.push(`participants: ${planned.participants}`);
    lines.push("sessions:");
    for (const entry of timed(sessions, planned)) {
      if (!entry.session.pause) lines.push(sessionYaml(entry));
    }
    return `${lines.join("\n")}\n`;
  }

  /** @param {string} id */
  function isId(id) {
    return ID.test(id);
  }

  /**
   * Returns why the record could not be taken over as it is, or nothing.
   * @param {PlannedSession[]} sessions @param {PlannedClass} planned @param {Procedure} procedure
   */
  function faultOf(sessions, planned, procedure) {
    if (!planned.begins) return "先填日期。";
    if (!planned.name) return "先填班名。";
    if (!isId(planned.id)) return "编号用小写英文字母、数字和短横线，如 spring-2026。";
    const lacking = checksOf(sessions, procedure).filter((one) => one.isRequired && !one.isMet);
    if (!lacking.length) return "";
    const titles = lacking.map((one) => one.title).join("、");
    return `不合“${procedure.title}”，编辑检查时通不过：${titles}。`;
  }

  casebook.day = {
    clock,
    timed,
    markOf,
    checksOf,
    yearCheck,
    missingItems,
    yamlOf,
    isId,
    faultOf,
  };
}
