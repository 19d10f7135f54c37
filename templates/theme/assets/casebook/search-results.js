/* A list of results that answers queries: the box in the header and the search page have one each.
   What is found is shown as text, never as HTML. */
"use strict";

var casebook = casebook || {};
{
  const { index, text } = casebook;
  const PAUSE = 30; // milliseconds without a key before a query is answered
  const AROUND = 100; // characters of a text around its hits

  /**
   * @template {keyof HTMLElementTagNameMap} T
   * @param {T} tag @param {string} [className] @param {string} [content]
   */
  function make(tag, className, content) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (content) element.textContent = content;
    return element;
  }

  // --- one result ------------------------------------------------------------------------------

  /**
   * Returns the text of a card with the most of the words in it, cut around the first of them.
   * @param {Card} card @param {string[][]} words
   */
  function excerpt(card, words) {
    let best = { value: "", kinds: -1, at: 0 };
    for (const value of [...card.texts, ...card.headings, ...card.names.slice(1), ...card.gaps]) {
      const hits = text.find(value, words);
      const kinds = new Set(hits.map((hit) => hit[2])).size;
      if (kinds > best.kinds) best = { value, kinds, at: hits.length ? hits[0][0] : 0 };
    }
    const from = best.at > AROUND / 3 ? Math.floor(best.at - AROUND / 4) : 0;
    // Never in the middle of a character beyond the first plane.
    const isCut = (best.value.charCodeAt(from) & 0xfc00) === 0xdc00;
    const characters = Array.from(best.value.slice(from + (isCut ? 1 : 0)));
    const end = characters.length > AROUND ? "…" : "";
    // What is not known is never shown without the words that say so.
    const title = from && card.gaps.includes(best.value) ? `${best.value.split("：")[0]}：` : "";
    return title + (from ? "…" : "") + characters.slice(0, AROUND).join("") + end;
  }

  /** @param {Card} card @param {string[][]} words */
  function addressOf(card, words) {
    const hits = words.map((characters) => `h=${encodeURIComponent(characters.join(""))}`);
    return `${casebook.base()}/${card.path}${hits.length ? "?" : ""}${hits.join("&")}`;
  }

  /** @param {Card | undefined} card @param {string[][]} words */
  function resultElement(card, words) {
    const element = make("li", "md-search-result__item");
    if (!card) {
      const lost = "这一条的文字没有读到，见上面缺少的文件。";
      element.appendChild(make("p", "cb-search__lost", lost));
      return element;
    }
    const link = element.appendChild(make("a", "md-search-result__link"));
    link.href = addressOf(card, words);
    const article = link.appendChild(make("div", "md-search-result__article md-typeset"));
    const kind = card.kind + (card.place ? ` · ${card.place}` : "");
    article.appendChild(make("p", "cb-search__kind", kind));
    text.appendMarked(card.names[0], words, article.appendChild(make("p", "cb-search__name")));
    const around = excerpt(card, words);
    if (around) {
      text.appendMarked(around, words, article.appendChild(make("p", "cb-search__text")));
    }
    return element;
  }

  // --- an answer -------------------------------------------------------------------------------

  /** @param {Answer} answer @param {number} count @param {string} query */
  function statusOf(answer, count, query) {
    const asked = query.trim();
    if (!asked) return "";
    if (!answer.words.length) return answer.missing.size ? "" : "请输入要找的字词。";
    if (!count) return `没有找到“${asked.slice(0, 40)}”。换个说法，或者少写几个字试试。`;
    if (answer.isPart) {
      return `没有找到“${asked.slice(0, 40)}”。下面${count}条含有其中的一部分。`;
    }
    return `找到${count}条${answer.more ? "以上" : ""}。`;
  }

  /** @param {Answer} answer */
  function notesOf(answer) {
    const notes = [];
    if (answer.isCut) notes.push("查询太长，只用了前面40个字。");
    if (answer.words.length === 1 && Array.from(answer.words[0].key).length === 1) {
      notes.push("一个字只在标题里找；写两个字以上，正文也找。");
    }
    if (answer.missing.size) {
      const files = Array.from(answer.missing).join("、");
      notes.push(`缺少文件 ${files}，结果可能不全。请重新复制整个文件夹。`);
    }
    return notes;
  }

  class ResultList {
    /** @param {ListParts} parts */
    constructor(parts) {
      this.parts = parts;
      this.turn = 0; // grows with every query and every change, so that what is late is dropped
      this.query = "";
      this.offered = 0;
      /** @type {Answer | null} */
      this.answer = null;
      /** @type {Result[]} */
      this.results = [];
    }

    /** @param {string} query @param {number} [slices] */
    async ask(query, slices) {
      const turn = ++this.turn;
      this.query = query;
      const answer = await index.search(query, slices || 1);
      if (turn !== this.turn) return;
      this.answer = answer;
      await this.show(answer);
    }

    /** Shows the results anew, after a change of which fit. */
    refresh() {
      this.turn += 1;
      if (this.answer) this.show(this.answer);
    }

    /** @param {Answer} answer */
    async show(answer) {
      const turn = this.turn;
      this.results = answer.results.filter(this.parts.fits);
      this.offered = 0;
      if (!this.results.length) this.parts.list.textContent = "";
      await this.offer(answer, turn);
      if (turn !== this.turn) return;
      this.parts.status.textContent = statusOf(answer, this.results.length, this.query);
    }

    /**
     * Adds the next results, each as soon as its card and those before it are there.
     * @param {Answer} answer @param {number} turn
     */
    async offer(answer, turn) {
      const { list, notes, size, after } = this.parts;
      const start = this.offered;
      const next = this.results.slice(start, start + size);
      const cards = next.map((result) => index.card(result.number, answer.missing));
      for (const [i, result] of next.entries()) {
        const card = await cards[i];
        if (turn !== this.turn) return;
        while (i === 0 && list.lastChild && list.children.length > start) list.lastChild.remove();
        list.appendChild(resultElement(card, index.wordsOf(result, answer)));
      }
      if (turn !== this.turn) return;
      this.offered = start + next.length;
      notes.textContent = notesOf(answer).join(" ");
      const { results, query, offered } = this;
      after({ answer, results, query, offered });
    }

    /** Adds the next results, and goes to the first of them. */
    async addMore() {
      if (!this.answer) return;
      const first = this.offered;
      await this.offer(this.answer, ++this.turn);
      const element = this.parts.list.children[first];
      const link = element && element.querySelector("a");
      if (link) link.focus();
    }
  }

  /**
   * Answers while somebody types, but not within a word that is being composed. Returns whether one is.
   * @param {HTMLInputElement} input @param {() => void} answer
   */
  function listen(input, answer) {
    let timer = 0;
    let isComposing = false;
    const later = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(answer, PAUSE);
    };
    input.setAttribute("autocapitalize", "off");
    input.spellcheck = false;
    input.addEventListener("compositionstart", () => {
      isComposing = true;
    });
    input.addEventListener("compositionend", () => {
      isComposing = false;
      later();
    });
    input.addEventListener("input", () => {
      if (!isComposing) later();
    });
    return () => isComposing;
  }

  casebook.results = { make, excerpt, ResultList, listen };
}
