/* Small comforts; every page is whole without them. Syntax of 2020 at most (Chrome 86, Firefox 78). */
(function () {
  "use strict";

  /* The menu of a phone opens by keyboard too: the theme has a mere label for it. */
  var label = document.querySelector("label.md-header__button[for='__drawer']");
  var drawer = document.getElementById("__drawer");
  if (label && drawer) {
    var menu = document.createElement("button");
    var tell = function () { menu.setAttribute("aria-expanded", String(drawer.checked)); };
    menu.type = "button";
    menu.className = label.className + " cb-menu";
    menu.setAttribute("aria-label", "菜单");
    while (label.firstChild) menu.appendChild(label.firstChild);
    menu.addEventListener("click", function () { drawer.click(); });
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !drawer.checked) return;
      drawer.click();
      menu.focus();
    });
    drawer.addEventListener("change", tell);
    tell();
    label.parentNode.replaceChild(menu, label);
  }

  /* Filter of a table: the form is hidden until this runs. */
  document.querySelectorAll("[data-cb-filter]").forEach(function (form) {
    var table = document.getElementById(form.getAttribute("data-cb-filter"));
    if (!table) return;
    var rows = Array.prototype.slice.call(table.tBodies[0].rows);
    var output = form.querySelector("output");
    function apply() {
      var county = form.elements.county.value;
      var role = form.elements.role.value;
      var text = form.elements.text.value.trim().toLowerCase();
      var shown = 0;
      rows.forEach(function (row) {
        var fits =
          (!county || row.getAttribute("data-county") === county) &&
          (!role || row.getAttribute("data-role") === role) &&
          (!text || row.textContent.toLowerCase().indexOf(text) !== -1);
        row.hidden = !fits;
        if (fits) shown += 1;
      });
      output.textContent = shown ? "显示 " + shown + " 条，本页共 " + rows.length + " 条" : "没有符合的数据，换个条件试试";
    }
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    apply();
  });

  /* Answers are folded one by one; a button opens all. The theme opens all before a print, which
     shall show only those that the reader has opened: the others keep a mark. */
  var answers = document.querySelectorAll(".cb-questions details");
  answers.forEach(function (answer) {
    answer.classList.add("cb-folded");
    answer.querySelector("summary").addEventListener("click", function () {
      answer.classList.toggle("cb-folded", answer.open); // it is about to change
    });
  });
  if (answers.length > 1) {
    var unfold = document.createElement("button");
    var open = false;
    unfold.textContent = "看全部答案";
    unfold.type = "button";
    unfold.className = "cb-copy cb-unfold";
    unfold.addEventListener("click", function () {
      open = !open;
      answers.forEach(function (answer) {
        answer.open = open;
        answer.classList.toggle("cb-folded", !open);
      });
      unfold.textContent = open ? "收起全部答案" : "看全部答案";
    });
    var first = document.querySelector(".cb-questions");
    first.parentNode.insertBefore(unfold, first);
  }

  /* A button that copies the reference; only where the browser allows it. */
  if (navigator.clipboard && window.isSecureContext) {
    document.querySelectorAll("[data-cb-copy]").forEach(function (place) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "cb-copy";
      button.textContent = "复制";
      button.addEventListener("click", function () {
        navigator.clipboard.writeText(place.firstChild.textContent.trim()).then(function () {
          button.textContent = "已复制";
          setTimeout(function () { button.textContent = "复制"; }, 2000);
        });
      });
      place.appendChild(button);
    });
  }

  /* Search: everything about it is loaded when somebody wants to search, or comes from a result. */
  var here = document.currentScript.src.replace(/casebook\.js.*$/, "");
  var FILES = ["search-text.js", "search-lists.js", "search-index.js", "search.js"];

  function load(names, then) {
    names.forEach(function (name, i) {
      var script = document.createElement("script");
      script.src = here + name;
      script.async = false; // in this order
      if (i === names.length - 1) script.onload = then;
      document.head.appendChild(script);
    });
  }

  var started = false;
  function start(then) {
    if (!started) {
      started = true;
      var style = document.createElement("link");
      style.rel = "stylesheet";
      style.href = here + "search.css";
      document.head.appendChild(style);
      load(FILES, then);
    } else if (window.casebookBox) {
      then();
    }
  }

  var form = document.querySelector(".md-search__form");
  function search() {
    start(function () { window.casebookBox(); });
  }
  if (form) {
    form.elements.q.addEventListener("focus", search, { once: true });
    document.querySelector(".cb-search__open").addEventListener("click", function (event) {
      event.preventDefault();
      search();
    });
    document.addEventListener("keydown", function (event) {
      var at = event.target;
      if (event.altKey || event.ctrlKey || event.metaKey || at.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName)) return;
      if (["/", "s", "f"].indexOf(event.key) === -1) return;
      event.preventDefault(); // the key is no part of the query
      if (!started) form.elements.q.focus(); // the next keys are, though the box is still loading
      search();
    });
  }
  if (document.getElementById("search-page")) start(function () {});

  var hits = new URLSearchParams(location.search).getAll("h").slice(0, 20);
  var article = document.querySelector("article");
  if (hits.length && article) {
    load(FILES.slice(0, 3), function () {
      window.casebookIndex.ready(new Set()).then(function () { window.casebookText.markPage(article, hits); });
    });
  }
})();
