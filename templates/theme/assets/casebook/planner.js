/* Puts a day of a training class together: points, times, the check of the procedure, the record as YAML.
   Works from a folder: no network, no storage, no eval. Syntax of 2020 at most. All texts of
   records are set as text. */
(function () {
  "use strict";

  var root = document.getElementById("planner");
  var source = document.getElementById("planner-data");
  if (!root || !source) return;
  var data = JSON.parse(source.textContent);
  var form = root.querySelector("form");
  var ID = /^[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?$/;
  var OWN_MINUTES = 30, BREAK_MINUTES = 90, POINT_MINUTES = 60;
  /* Field of the record that makes a session part of a component -> field of the session here. */
  var HELD = { prescribed: "prescribed", teaching_point: "point", own: "own" };
  var COUNTED = { prescribed: "项", teaching_point: "处", own: "项" };
  var components = data.procedure.components;

  /* What the day holds, in order: {title, minutes} and one of prescribed, point, own, pause. */
  var sessions = [];

  function part(name) { return root.querySelector("[data-cb-" + name + "]"); }
  function make(tag, text, kind) {
    var element = document.createElement(tag);
    if (text) element.textContent = text;
    if (kind) element.className = kind;
    return element;
  }
  function value(name) { return form.elements[name].value.trim(); }
  function whole(text) { var n = parseInt(text, 10); return n > 0 ? n : 0; }
  function pointOf(id) { return data.points.filter(function (point) { return point.id === id; })[0]; }
  function count(component) {
    return sessions.filter(function (session) { return session[HELD[component.role]]; }).length;
  }
  function isHeld(component, item) {
    return sessions.some(function (session) { return session[HELD[component.role]] === item; });
  }
  function markOf(session) {
    var found = components.filter(function (component) { return session[HELD[component.role]]; })[0];
    return found ? found.mark : "休";
  }

  /* --- times --- */

  function clock(minutes) {
    var day = ((minutes % 1440) + 1440) % 1440;
    return ("0" + Math.floor(day / 60)).slice(-2) + ":" + ("0" + (day % 60)).slice(-2);
  }
  function timed() {
    var start = value("starts").split(":");
    var now = start.length === 2 ? Number(start[0]) * 60 + Number(start[1]) : 510;
    return sessions.map(function (session) {
      if (session.point) now += whole(value("travel"));
      var at = now;
      now += session.minutes;
      return { session: session, at: at, until: now };
    });
  }

  /* --- the points to choose from --- */

  function showPoints() {
    var place = part("points");
    var here = data.schools[value("school")];
    place.textContent = "";
    Object.keys(data.categories).forEach(function (category) {
      var points = data.points.filter(function (point) { return point.category === category; });
      if (!points.length) return;
      points = points.filter(near).concat(points.filter(function (point) { return !near(point); }));
      var group = make("fieldset");
      group.appendChild(make("legend", data.categories[category]));
      points.forEach(function (point) { group.appendChild(choice(point, near(point))); });
      place.appendChild(group);
    });
    function near(point) { return Boolean(here) && point.township === here; }
  }
  function choice(point, near) {
    var label = make("label", "", "cb-plan__point");
    var box = make("input");
    box.type = "checkbox";
    box.value = point.id;
    box.checked = sessions.some(function (session) { return session.point === point.id; });
    box.addEventListener("change", function () {
      if (box.checked) {
        sessions.push({ title: "现场教学：" + point.name, point: point.id, minutes: point.minutes || POINT_MINUTES });
      } else {
        sessions = sessions.filter(function (session) { return session.point !== point.id; });
      }
      show();
    });
    label.appendChild(box);
    label.appendChild(make("span", point.name));
    label.appendChild(make("span", [near ? "同镇街" : point.place, point.hours].filter(Boolean).join("　"), "cb-note"));
    return label;
  }

  /* --- the day --- */

  function showSessions() {
    var body = part("sessions");
    body.textContent = "";
    timed().forEach(function (entry, number) {
      var session = entry.session;
      var row = make("tr");
      row.appendChild(make("td", clock(entry.at) + "—" + clock(entry.until), "cb-plan__time"));
      var what = make("td");
      what.appendChild(make("span", markOf(session), "cb-badge"));
      if (session.own || session.prescribed) what.appendChild(titleField(session, number));
      else what.appendChild(make("span", session.title));
      if (session.prescribed === data.lecture || session.own) what.appendChild(courseField(session, number));
      row.appendChild(what);
      var long = make("td");
      long.appendChild(minutesField(session, number));
      row.appendChild(long);
      row.appendChild(tools(number));
      body.appendChild(row);
    });
  }
  function named(field, words, number) {
    field.setAttribute("aria-label", words + "（第 " + (number + 1) + " 项）");
    return field;
  }
  function titleField(session, number) {
    var field = named(make("input"), "环节", number);
    field.type = "text";
    field.value = session.title;
    field.addEventListener("input", function () { session.title = field.value; settle(); });
    return field;
  }
  function minutesField(session, number) {
    var field = named(make("input"), "分钟", number);
    field.type = "number";
    field.min = "1";
    field.max = "600";
    field.value = session.minutes;
    field.addEventListener("change", function () { session.minutes = whole(field.value) || session.minutes; show(); });
    return field;
  }
  function courseField(session, number) {
    var field = named(make("select"), "课程", number);
    field.appendChild(new Option("不注明课程", ""));
    data.courses.forEach(function (course) {
      field.appendChild(new Option(course.module + "　" + course.name, course.id));
    });
    field.value = session.course || "";
    field.className = field.value ? "" : "cb-plan__none";
    field.addEventListener("change", function () {
      session.course = field.value;
      field.className = field.value ? "" : "cb-plan__none";
      settle();
    });
    return field;
  }
  function tools(number) {
    var cell = make("td", "", "cb-plan__tools");
    [["↑", "上移", -1], ["↓", "下移", 1], ["×", "去掉", 0]].forEach(function (tool) {
      var button = named(make("button", tool[0]), tool[1], number);
      button.type = "button";
      button.disabled = tool[2] !== 0 && !sessions[number + tool[2]];
      button.addEventListener("click", function () {
        var moved = sessions.splice(number, 1)[0];
        if (tool[2]) sessions.splice(number + tool[2], 0, moved);
        show();
        var rows = part("sessions").rows;
        var target = rows[Math.min(number + tool[2], rows.length - 1)];
        if (target) target.querySelector(".cb-plan__tools button:not([disabled])").focus();
      });
      cell.appendChild(button);
    });
    return cell;
  }

  /* --- the procedure, and the days of the year --- */

  function checks() {
    var found = [];
    components.forEach(function (component) {
      Object.keys(component.items).forEach(function (item) { found.push(itemCheck(component, item)); });
      if (!Object.keys(component.items).length) found.push(countCheck(component));
    });
    return found.concat(yearCheck());
  }
  function itemCheck(component, item) {
    var held = isHeld(component, item);
    return {
      title: component.title + "：" + component.items[item],
      ok: held,
      asked: component.least > 0,
      said: held ? "有" : "缺"
    };
  }
  function countCheck(component) {
    var held = count(component);
    return {
      title: component.request,
      ok: held > 0 && held >= component.least,
      asked: component.least > 0,
      said: held ? held + " " + COUNTED[component.role] : component.least ? "缺" : "未安排"
    };
  }
  function yearCheck() {
    var trainees = data.trainees[value("trainees")];
    var days = Number(value("days")) || 0;
    return {
      title: trainees.title + "全年至少 " + trainees.least + " 天",
      ok: days >= trainees.least,
      asked: false,
      said: days >= trainees.least ? "已满足" : "本班 " + days + " 天，全年还差 " + (trainees.least - days) + " 天"
    };
  }
  function showChecks() {
    var list = part("checks");
    list.textContent = "";
    checks().forEach(function (check) {
      var item = make("li", "", "cb-check cb-check--" + (check.ok ? "ok" : "lacking"));
      item.appendChild(make("strong", check.title));
      item.appendChild(document.createTextNode(" "));
      item.appendChild(make("span", check.said, "cb-check__state"));
      list.appendChild(item);
    });
  }

  /* --- the record --- */

  function quoted(text) { return JSON.stringify(text); } // a JSON string is a YAML string too
  function yaml() {
    var lines = [
      "name: " + quoted(value("name") || "培训班"),
      "school: " + value("school"),
      "begins: " + value("begins"),
      "trainees: " + value("trainees"),
      "days: " + (Number(value("days")) || 1)
    ];
    if (whole(value("participants"))) lines.push("participants: " + whole(value("participants")));
    lines.push("sessions:");
    timed().forEach(function (entry) {
      if (!entry.session.pause) lines.push("  - {" + sessionYaml(entry) + "}");
    });
    return lines.join("\n") + "\n";
  }
  function sessionYaml(entry) {
    var session = entry.session;
    var parts = ["title: " + quoted(session.title.trim() || "环节")];
    if (session.prescribed) parts.push("prescribed: " + session.prescribed);
    if (session.point) parts.push("teaching_point: " + session.point);
    if (session.own) parts.push("own: true");
    if (session.course) parts.push("course: " + session.course);
    parts.push("at: " + quoted(clock(entry.at)), "minutes: " + session.minutes);
    return parts.join(", ");
  }
  function wrong() {
    var id = part("id").value.trim();
    if (!value("begins")) return "先填日期。";
    if (!value("name")) return "先填班名。";
    if (!ID.test(id)) return "编号用小写英文字母、数字和短横线，如 spring-2026。";
    var lacking = checks().filter(function (check) { return check.asked && !check.ok; });
    if (lacking.length) return "不合“" + data.procedure.title + "”，编辑检查时通不过：" + lacking.map(function (check) { return check.title; }).join("、") + "。";
    return "";
  }
  function settle() {
    showChecks();
    var id = part("id").value.trim();
    part("file").textContent = ID.test(id) ? id : "编号";
    part("yaml").value = yaml();
    part("wrong").textContent = wrong();
    var save = part("save");
    save.setAttribute("download", (ID.test(id) ? id : "class") + ".yml");
    save.href = "data:application/yaml;charset=utf-8," + encodeURIComponent(yaml());
  }
  function show() {
    showPoints();
    showSessions();
    settle();
  }

  /* --- what is asked for --- */

  var add = {
    missing: function () {
      var added = [];
      components.forEach(function (component) {
        Object.keys(component.items).forEach(function (item) {
          if (isHeld(component, item)) return;
          added.push({ title: component.items[item], prescribed: item, minutes: data.minutes[item] });
        });
      });
      sessions = added.concat(sessions);
    },
    own: function () { sessions.push({ title: "分组讨论", own: true, minutes: OWN_MINUTES }); },
    "break": function () { sessions.push({ title: "午休", pause: true, minutes: BREAK_MINUTES }); }
  };
  Array.prototype.forEach.call(root.querySelectorAll("[data-cb-add]"), function (button) {
    button.addEventListener("click", function () { add[button.getAttribute("data-cb-add")](); show(); });
  });
  part("print").addEventListener("click", function () { window.print(); });
  part("id").addEventListener("input", settle);
  form.addEventListener("input", show);
  form.addEventListener("submit", function (event) { event.preventDefault(); });

  add.missing();
  root.hidden = false;
  show();
})();
