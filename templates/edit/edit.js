/* The form of one record: lists, names to choose from, problems and page as one types, other windows.
   Without it the form still opens and saves. Syntax of 2020 at most. All texts are set as text. */
(function () {
  "use strict";

  var form = document.getElementById("form");
  var base = form.getAttribute("data-base"), tab = form.getAttribute("data-tab");
  var PAUSE = 500, ROUND = 3000;
  var dirty = false, leaving = false, timer = 0, asked = 0;

  function part(id) { return document.getElementById(id); }
  function all(selector, root) { return [].slice.call((root || document).querySelectorAll(selector)); }
  function filled() { return new URLSearchParams(new FormData(form)); }

  /* --- lists: the position of an entry is a step of the names of its inputs --- */

  var NAMED = ["name", "id", "for", "aria-describedby", "data-said", "data-list", "data-entry", "data-blank"];

  function renamed(element, before, after) {
    NAMED.forEach(function (attribute) {
      var value = element.getAttribute(attribute);
      if (value === before || (value && value.indexOf(before + "-") === 0))
        element.setAttribute(attribute, after + value.slice(before.length));
    });
    if (element.content) all("*", element.content).forEach(function (inner) { renamed(inner, before, after); });
  }
  function settle(list) {
    var name = list.getAttribute("data-list");
    entries(list).forEach(function (entry, position) {
      var before = entry.getAttribute("data-entry"), after = name + "-" + position;
      /* By way of a name that nobody has, as two entries may change places. */
      [[before, "@" + after], ["@" + after, after]].forEach(function (step) {
        [entry].concat(all("*", entry)).forEach(function (element) { renamed(element, step[0], step[1]); });
      });
    });
  }
  function entries(list) { return [].slice.call(list.querySelector("ol").children); }
  function add(list) {
    var blank = all("template", list).filter(function (one) { return one.parentNode === list; })[0];
    var entry = document.importNode(blank.content, true).firstElementChild;
    list.querySelector("ol").appendChild(entry);
    settle(list);
    wake(entry);
    entry.querySelector("input:not([type=hidden]), select, textarea").focus();
  }
  function remove(list, entry) {
    var next = entry.nextElementSibling || entry.previousElementSibling;
    entry.remove();
    settle(list);
    (next ? next.querySelector("[data-remove]") : list.querySelector("[data-add]")).focus();
  }
  function move(list, entry, by) {
    var all = entries(list), place = all.indexOf(entry) + by;
    if (place < 0 || place >= all.length) return;
    entry.parentNode.insertBefore(entry, by < 0 ? all[place] : all[place].nextSibling);
    settle(list);
    entry.querySelector("[data-move='" + by + "']").focus();
  }
  function wake(root) {
    all("[data-add], .entry-tools", root).forEach(function (one) { one.hidden = false; });
  }
  form.addEventListener("click", function (event) {
    var button = event.target.closest("[data-add], [data-remove], [data-move]");
    if (!button) return;
    var list = button.closest("[data-list]"), entry = button.closest("[data-entry]");
    if (button.hasAttribute("data-add")) add(list);
    else if (button.hasAttribute("data-remove")) remove(list, entry);
    else move(list, entry, Number(button.getAttribute("data-move")));
    touched();
  });

  /* --- names of other records --- */

  var offered = 0;
  function offer(input) {
    var number = ++offered;
    var query = "?kind=" + encodeURIComponent(input.getAttribute("data-links")) + "&q=" + encodeURIComponent(input.value);
    fetch(base + "names" + query).then(function (answer) { return answer.json(); }).then(function (names) {
      if (number !== offered) return;
      var box = part("names");
      box.textContent = "";
      names.forEach(function (name) {
        var option = document.createElement("option");
        option.value = name;
        box.appendChild(option);
      });
    }).catch(function () {});
  }
  ["focusin", "input"].forEach(function (kind) {
    form.addEventListener(kind, function (event) {
      if (event.target.hasAttribute("data-links")) offer(event.target);
    });
  });

  /* --- problems and the page, a moment after the last key --- */

  function say(text, wrong) {
    part("state").textContent = text;
    part("state").className = wrong ? "state wrong" : "state";
  }
  function tell(box, texts, tag) {
    box.textContent = "";
    texts.forEach(function (text) {
      var line = document.createElement(tag);
      line.textContent = text;
      box.appendChild(line);
    });
  }
  function show(answer) {
    var count = 0;
    all("[data-said]").forEach(function (box) {
      var name = box.getAttribute("data-said"), texts = answer.inputs[name] || [];
      tell(box, texts, "p");
      count += texts.length;
      var input = name && form.elements[name];
      if (input && input.setAttribute) {
        if (texts.length) input.setAttribute("aria-invalid", "true"); else input.removeAttribute("aria-invalid");
      }
      var group = box.closest("details");
      if (texts.length && group) group.open = true;
    });
    tell(part("elsewhere").querySelector("ul"), answer.elsewhere, "li");
    part("elsewhere").hidden = !answer.elsewhere.length;
    count += answer.elsewhere.length;
    if (form.elements.id && form.elements.id.placeholder !== answer.id) form.elements.id.placeholder = answer.id;
    if (count) say("还有 " + count + " 处要改", true);
    else if (dirty) say("没有问题，还没有保存");
    picture(answer.page);
    notice(answer);
  }
  function picture(page) {
    var frame = part("preview");
    part("page-state").textContent = page ? (dirty ? "还没有保存" : "") : "改好上面的问题，这里才会更新";
    if (!page) return;
    var inside = frame.contentWindow, address = base + "preview/" + tab + "/" + page;
    if (frame.getAttribute("src") !== address) { frame.setAttribute("src", address); return; }
    var depth = inside.scrollY;
    frame.addEventListener("load", function () { inside.scrollTo(0, depth); }, { once: true });
    inside.location.replace(address);
  }
  function check() {
    var number = ++asked;
    fetch(base + "check/" + tab, { method: "POST", body: filled() })
      .then(function (answer) {
        if (!answer.ok) throw answer;
        return answer.json();
      })
      .then(function (answer) { if (number === asked) show(answer); })
      .catch(function () { if (number === asked && !leaving) say("连不上程序：看看终端里 casebook edit 是否还开着", true); });
  }
  function touched() {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(check, PAUSE);
  }
  form.addEventListener("input", touched);

  /* --- other windows, and leaving --- */

  function notice(state) {
    part("changed").hidden = !state.changed;
    part("others").hidden = !state.others;
  }
  function round() {
    fetch(base + "state/" + tab)
      .then(function (answer) { return answer.ok ? answer.json() : { changed: false, others: false }; })
      .then(notice).catch(function () {})
      .then(function () { setTimeout(round, ROUND); });
  }
  form.addEventListener("submit", function () { leaving = true; });
  window.addEventListener("beforeunload", function (event) {
    if (dirty && !leaving) { event.preventDefault(); event.returnValue = ""; }
  });
  window.addEventListener("pagehide", function () {
    if (!leaving && navigator.sendBeacon) navigator.sendBeacon(base + "leave/" + tab);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "s" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); part("save").click(); }
  });

  wake(document);
  part("look").hidden = false;
  if (document.querySelector("main > .notice.bad:not([hidden])")) dirty = true;
  /* Typed before this script was there. */
  if (all("input, textarea", form).some(function (input) { return input.value !== input.defaultValue; })) dirty = true;
  if (dirty || !form.elements.id) check();
  round();
})();
