/* One page at a time; without this, all pages follow each other. Syntax of 2009. */
(function () {
  "use strict";
  var most = 30;
  var pages = Array.prototype.slice.call(document.querySelectorAll(".page"));
  var words = document.getElementById("words");
  var found = document.getElementById("found");
  var texts = null;

  function pageOf(element) {
    while (element && !/(^| )page( |$)/.test(element.getAttribute("class") || "")) element = element.parentElement;
    return element;
  }

  function show() {
    var target = document.getElementById(window.location.hash.slice(1));
    var page = pageOf(target) || pages[0];
    pages.forEach(function (one) { one.classList.toggle("here", one === page); });
    if (target && target !== page) target.scrollIntoView();
    else window.scrollTo(0, 0);
    found.innerHTML = "";
  }

  function inTitle(number, text) {
    return Number(pages[number].getAttribute("data-title").toLowerCase().indexOf(text) !== -1);
  }

  function search() {
    var text = words.value.trim().toLowerCase();
    var shown = 0;
    found.innerHTML = "";
    if (!text) return;
    texts = texts || pages.map(function (page) { return page.textContent.toLowerCase(); });
    pages.map(function (page, number) { return number; }).sort(function (a, b) {
      return inTitle(b, text) - inTitle(a, text) || a - b;
    }).forEach(function (number) {
      var item, link, page = pages[number];
      if (shown >= most || texts[number].indexOf(text) === -1) return;
      shown += 1;
      item = document.createElement("li");
      link = document.createElement("a");
      link.href = "#" + page.id;
      link.textContent = page.getAttribute("data-title") || "首页";
      item.appendChild(link);
      found.appendChild(item);
    });
    if (!shown) found.textContent = "没有找到“" + words.value.trim() + "”";
  }

  document.documentElement.className = "one";
  window.addEventListener("hashchange", show);
  words.addEventListener("input", search);
  show();
})();
