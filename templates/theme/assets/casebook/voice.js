// Reads the text of a page aloud, sentence by sentence, and marks the one that is being read.
"use strict";

var casebook = casebook || {};
{
  const READ = "h1, h2, h3, h4, p, li, dt, dd, th, td, figcaption, summary";
  const LEFT =
    ".cb-path, .cb-eyebrow, .cb-citation, .cb-sources, .cb-share, .cb-first button, form, svg, [hidden]";
  const RATES = [1, 1.3, 0.8];

  /**
   * Returns where each sentence of a text begins and ends.
   * @param {string} text
   * @returns {[number, number][]}
   */
  function sentences(text) {
    /** @type {[number, number][]} */
    const found = [];
    for (const match of text.matchAll(/[^。！？；!?\n]+[。！？；!?”’）]*/g)) {
      const start = match.index || 0;
      if (match[0].trim()) found.push([start, start + match[0].length]);
    }
    return found;
  }

  /**
   * Yields the parts of a page that are read, in their order; none that holds another.
   * @param {Element} article
   */
  function* blocks(article) {
    for (const block of article.querySelectorAll(READ)) {
      const inner = block.querySelector(READ);
      if (!inner && !block.closest(LEFT) && block.getClientRects().length) yield block;
    }
  }

  /**
   * Returns a part of a block's text as a range.
   * @param {Element} block
   * @param {number} start
   * @param {number} end
   */
  function rangeIn(block, start, end) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    range.selectNodeContents(block);
    let at = 0;
    while (walker.nextNode()) {
      const length = (walker.currentNode.nodeValue || "").length;
      if (start >= at && start < at + length) range.setStart(walker.currentNode, start - at);
      if (end > at && end <= at + length) range.setEnd(walker.currentNode, end - at);
      at += length;
    }
    return range;
  }

  /** @param {Range} range */
  function mark(range) {
    const selection = window.getSelection();
    if (!selection) return;
    selection.removeAllRanges();
    selection.addRange(range);
    const place = range.startContainer.parentElement;
    if (place) place.scrollIntoView({ block: "nearest" });
  }

  /** @type {{queue: {block: Element, start: number, end: number}[], rate: number} | null} */
  let reading = null;

  /** @param {SpeechSynthesisVoice} voice @param {() => void} done */
  function next(voice, done) {
    const sentence = reading && reading.queue.shift();
    if (!reading || !sentence) return done();
    const { block, start, end } = sentence;
    const told = new SpeechSynthesisUtterance((block.textContent || "").slice(start, end));
    told.voice = voice;
    told.lang = voice.lang;
    told.rate = RATES[reading.rate];
    told.onstart = () => mark(rangeIn(block, start, end));
    told.onend = () => next(voice, done);
    speechSynthesis.speak(told);
  }

  function stop() {
    reading = null;
    speechSynthesis.cancel();
    document.querySelectorAll(".cb-voice__more").forEach((button) => button.remove());
  }

  /**
   * @param {HTMLElement} beside
   * @param {string} label
   * @param {() => void} press
   */
  function addControl(beside, label, press) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "cb-voice__more";
    button.textContent = label;
    button.addEventListener("click", press);
    beside.after(button);
    return button;
  }

  /**
   * Begins to read; pauses, and goes on, when it is pressed again.
   * @param {HTMLElement} button
   * @param {SpeechSynthesisVoice} voice
   */
  function press(button, voice) {
    if (reading && speechSynthesis.paused) {
      speechSynthesis.resume();
      button.textContent = "暂停";
      return;
    }
    if (reading) {
      speechSynthesis.pause();
      button.textContent = "继续";
      return;
    }
    const article = document.querySelector("article") || document.body;
    const queue = Array.from(blocks(article), (block) =>
      sentences(block.textContent || "").map(([start, end]) => ({ block, start, end })),
    ).flat();
    reading = { queue, rate: 0 };
    button.textContent = "暂停";
    const done = () => {
      stop();
      button.textContent = "朗读";
    };
    addControl(button, "停止", done);
    const speed = addControl(button, "语速", () => {
      if (reading) reading.rate = (reading.rate + 1) % RATES.length;
      speed.textContent = `语速 ${reading ? RATES[reading.rate] : 1}`;
    });
    next(voice, done);
  }

  if (typeof window !== "undefined") window.addEventListener("pagehide", stop);
  casebook.voice = { sentences, press };
}
