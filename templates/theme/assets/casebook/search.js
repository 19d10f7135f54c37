/* The search box in the header and the search page. What is found is shown as text, never as HTML.
   Loaded when somebody searches. Syntax of 2020 at most (Chrome 86, Firefox 78). */
(function () {
  "use strict";

  const text = window.casebookText;
  const index = window.casebookIndex;
  const base = JSON.parse(document.getElementById("__config").textContent).base;
  const FACETS = [["kind", "类别"], ["county", "县市"], ["category", "教学点类别"]];
  const PAUSE = 30; // milliseconds without a key before a query is answered
  const AROUND = 100; // characters of a text around its hits

  function make(tag, name, content) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (content) element.textContent = content;
    return element;
  }

  /* --- one result --- */

  /* The text with the most of the words in it, cut around the first of them. */
  function excerpt(card, words) {
    let best = null;
    card.texts.concat(card.headings, card.names.slice(1)).forEach(function (value) {
      const spans = text.find(value, words);
      const kinds = new Set(spans.map(function (span) { return span[2]; })).size;
      if (!best || kinds > best.kinds) best = { value: value, kinds: kinds, at: spans.length ? spans[0][0] : 0 };
    });
    if (!best) return "";
    const from = best.at > AROUND / 3 ? Math.floor(best.at - AROUND / 4) : 0;
    // Never in the middle of a character beyond the first plane.
    const cut = Array.from(best.value.slice(from + (isLow(best.value, from) ? 1 : 0)));
    return (from ? "…" : "") + cut.slice(0, AROUND).join("") + (cut.length > AROUND ? "…" : "");
  }

  function isLow(value, at) {
    return (value.charCodeAt(at) & 0xfc00) === 0xdc00;
  }

  function address(card, words) {
    const hits = words.map(function (signs) { return "h=" + encodeURIComponent(signs.join("")); });
    return base + "/" + card.path + (hits.length ? "?" + hits.join("&") : "");
  }

  function shown(card, words) {
    const item = make("li", "md-search-result__item");
    if (!card) {
      item.appendChild(make("p", "cb-search__lost", "这一条的文字没有读到，见上面缺少的文件。"));
      return item;
    }
    const link = item.appendChild(make("a", "md-search-result__link"));
    link.href = address(card, words);
    const article = link.appendChild(make("div", "md-search-result__article md-typeset"));
    article.appendChild(make("p", "cb-search__kind", card.kind + (card.place ? " · " + card.place : "")));
    text.marked(card.names[0], words, article.appendChild(make("p", "cb-search__name")));
    const around = excerpt(card, words);
    if (around) text.marked(around, words, article.appendChild(make("p", "cb-search__text")));
    return item;
  }

  /* --- an answer --- */

  function told(answer, count, query) {
    if (!query.trim()) return "";
    if (!answer.words.length) return answer.missing.size ? "" : "请输入要找的字词。";
    if (!count) return "没有找到“" + query.trim().slice(0, 40) + "”。换个说法，或者少写几个字试试。";
    return "找到 " + count + " 条" + (answer.more ? "以上" : "") + "。";
  }

  function notes(answer) {
    const found = [];
    if (answer.cut) found.push("查询太长，只用了前面 40 个字。");
    if (answer.words.length === 1 && Array.from(answer.words[0].key).length === 1) found.push("一个字只在标题里找；写两个字以上，正文也找。");
    if (answer.missing.size) found.push("缺少文件 " + Array.from(answer.missing).join("、") + "，结果可能不全。请重新复制整个文件夹。");
    return found;
  }

  /* A list of results that answers queries; the box and the page have one each. */
  function panel(parts) {
    let turn = 0;
    let answer = null;
    let results = [];
    let query = "";
    let offered = 0;

    async function ask(next, slices) {
      const mine = ++turn;
      query = next;
      const found = await index.search(query, slices || 1);
      if (mine !== turn) return; // a later query has been asked
      answer = found;
      await show();
    }

    async function show() {
      const mine = turn;
      results = answer.results.filter(parts.fits || Boolean);
      offered = 0;
      if (!results.length) parts.list.textContent = "";
      await offer(mine);
      if (mine === turn) parts.status.textContent = told(answer, results.length, query);
    }

    /* Shows the next results, each as soon as its card and those before it are there. */
    async function offer(mine) {
      const start = offered;
      const next = results.slice(start, start + parts.size);
      const cards = next.map(function (result) { return index.card(result.number, answer.missing); });
      for (let i = 0; i < next.length; i += 1) {
        const card = await cards[i];
        if (mine !== turn) return;
        if (i === 0) while (parts.list.children.length > start) parts.list.lastChild.remove();
        parts.list.appendChild(shown(card, index.wordsOf(next[i], answer)));
      }
      if (mine !== turn) return;
      offered = start + next.length;
      parts.notes.textContent = notes(answer).join(" ");
      parts.after(answer, results, query, offered);
    }

    async function further() {
      const first = offered;
      await offer(++turn);
      const link = parts.list.children[first] && parts.list.children[first].querySelector("a");
      if (link) link.focus();
    }

    return { ask: ask, show: function () { turn += 1; return answer && show(); }, further: further, answer: function () { return answer; } };
  }

  /* Answers while somebody types, but not within a word that is being composed. */
  function listen(input, answer) {
    input.setAttribute("autocapitalize", "off");
    input.spellcheck = false;
    let timer = 0;
    let composing = false;
    function later() {
      clearTimeout(timer);
      timer = setTimeout(answer, PAUSE);
    }
    input.addEventListener("compositionstart", function () { composing = true; });
    input.addEventListener("compositionend", function () { composing = false; later(); });
    input.addEventListener("input", function () { if (!composing) later(); });
    return function isComposing() { return composing; };
  }

  /* --- the box in the header --- */

  function box(form) {
    const input = form.querySelector("input");
    const toggle = document.getElementById("__search");
    const inner = form.parentNode;
    const output = inner.appendChild(make("div", "md-search__output"));
    const wrap = output.appendChild(make("div", "md-search__scrollwrap"));
    const result = wrap.appendChild(make("div", "md-search-result"));
    const status = result.appendChild(make("div", "md-search-result__meta"));
    const note = result.appendChild(make("p", "cb-search__notes"));
    const list = result.appendChild(make("ol", "md-search-result__list"));
    const all = result.appendChild(make("p", "cb-search__all"));
    const link = all.appendChild(make("a"));
    status.setAttribute("role", "status");
    note.setAttribute("role", "status");
    all.hidden = true;
    const overlay = inner.parentNode.insertBefore(make("label", "md-search__overlay"), inner);
    overlay.htmlFor = toggle.id;
    const back = form.appendChild(make("button", "cb-search__back", "返回"));
    back.type = "button";

    const found = panel({
      status: status, notes: note, list: list, size: 10,
      after: function (answer, results, query) {
        all.hidden = !query.trim();
        link.href = form.action + "?q=" + encodeURIComponent(query.trim());
        link.textContent = results.length > 10 || answer.more ? "看全部结果，按类别和县市筛选" : "到搜索页看";
      },
    });
    const composing = listen(input, function () { found.ask(input.value); });

    function open() {
      if (toggle.checked) return;
      toggle.checked = true;
      toggle.dispatchEvent(new Event("change"));
    }
    function close() {
      toggle.checked = false;
      toggle.dispatchEvent(new Event("change"));
      input.blur();
    }

    input.addEventListener("focus", open);
    inner.addEventListener("focusout", function (event) {
      if (event.relatedTarget && !inner.contains(event.relatedTarget)) close();
    });
    back.addEventListener("click", close);
    overlay.addEventListener("click", function (event) { event.preventDefault(); close(); });
    form.addEventListener("submit", function (event) {
      const first = list.querySelector("a");
      if (composing()) event.preventDefault();
      else if (first && found.answer() && input.value.trim()) {
        event.preventDefault();
        location.href = first.href;
      }
    });
    inner.addEventListener("keydown", function (event) {
      if (composing() || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "Escape") close();
      else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        const stops = [input].concat(Array.from(result.querySelectorAll("a")).filter(function (stop) { return stop.offsetParent; }));
        const way = event.key === "ArrowDown" ? 1 : stops.length - 1;
        event.preventDefault();
        stops[(Math.max(0, stops.indexOf(document.activeElement)) + way) % stops.length].focus();
      }
    });
    if (input.value) found.ask(input.value);
    return function () {
      const typing = document.activeElement === input; // what was typed while this loaded must stay
      open();
      if (typing) return;
      input.focus();
      input.select();
    };
  }

  /* --- the search page --- */

  function page(root) {
    const form = root.querySelector("form");
    const input = form.elements.q;
    const facets = root.querySelector(".cb-search__facets");
    const more = root.querySelector(".cb-search__more");
    const chosen = {};

    function fits(result, except) {
      return FACETS.every(function (facet) {
        const key = facet[0];
        return key === except || !chosen[key] || result.group[key] === chosen[key];
      });
    }

    const found = panel({
      status: root.querySelector(".cb-search__status"),
      notes: root.querySelector(".cb-search__notes"),
      list: root.querySelector(".cb-search__list"),
      size: 20,
      fits: function (result) { return fits(result); },
      after: function (answer, results, query, offered) {
        remember(query);
        showFacets(answer);
        more.hidden = offered >= results.length && !answer.more;
        more.textContent = offered < results.length ? "再显示 " + Math.min(20, results.length - offered) + " 条" : "继续找";
        more.onclick = offered < results.length ? found.further : function () { found.ask(query, answer.slices + 1); };
      },
    });

    /* The numbers beside a facet count what the other facets let through. */
    function showFacets(answer) {
      const focused = document.activeElement && document.activeElement.getAttribute("data-facet");
      facets.textContent = "";
      FACETS.forEach(function (facet) {
        const counts = new Map();
        answer.results.forEach(function (result) {
          const value = result.group[facet[0]];
          if (value && fits(result, facet[0])) counts.set(value, (counts.get(value) || 0) + 1);
        });
        if (!counts.size && !chosen[facet[0]]) return;
        const group = facets.appendChild(make("div", "cb-search__facet"));
        group.setAttribute("role", "group");
        group.setAttribute("aria-label", facet[1]);
        group.appendChild(make("p", "cb-search__label", facet[1]));
        if (chosen[facet[0]] && !counts.has(chosen[facet[0]])) counts.set(chosen[facet[0]], 0);
        Array.from(counts).sort(function (a, b) { return b[1] - a[1] || (a[0] < b[0] ? -1 : 1); }).forEach(function (pair) {
          const button = group.appendChild(make("button", "", pair[0]));
          button.type = "button";
          button.setAttribute("data-facet", facet[0] + "=" + pair[0]);
          button.setAttribute("aria-pressed", String(chosen[facet[0]] === pair[0]));
          button.appendChild(make("span", "cb-count", String(pair[1])));
          button.addEventListener("click", function () {
            chosen[facet[0]] = chosen[facet[0]] === pair[0] ? "" : pair[0];
            found.show();
          });
          if (focused === facet[0] + "=" + pair[0]) button.focus();
        });
      });
    }

    function remember(query) {
      const parts = query.trim() ? ["q=" + encodeURIComponent(query.trim())] : [];
      FACETS.forEach(function (facet) {
        if (chosen[facet[0]]) parts.push(facet[0] + "=" + encodeURIComponent(chosen[facet[0]]));
      });
      try {
        history.replaceState(null, "", location.pathname + (parts.length ? "?" + parts.join("&") : "") + location.hash);
      } catch (error) {
        // Some browsers refuse this for a page opened from a folder; only the address stays behind.
      }
    }

    listen(input, function () { found.ask(input.value); });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      found.ask(input.value);
    });
    const given = new URLSearchParams(location.search);
    FACETS.forEach(function (facet) { chosen[facet[0]] = given.get(facet[0]) || ""; });
    root.hidden = false;
    input.value = given.get("q") || "";
    if (input.value) found.ask(input.value);
    else input.focus();
  }

  const form = document.querySelector(".md-search__form");
  const root = document.getElementById("search-page");
  window.casebookBox = form && box(form);
  if (root) page(root);
})();
