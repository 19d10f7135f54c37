/* What was counted on this machine, saved as a small file that is carried back on a stick. Nothing
   is sent, and nobody is named: answers are added up here, and only the sums are kept. */
"use strict";

var casebook = casebook || {};
{
  const { fileText, quizTotals } = casebook.returning;
  const QUIZ = "casebook-quiz"; // what the script of self-tests keeps
  const KEPT = "casebook-return";
  const MOST = 200; // remarks that are kept

  /** @template T @param {string} key @param {T} otherwise @returns {T} */
  function stored(key, otherwise) {
    try {
      return JSON.parse(localStorage.getItem(key) || "null") || otherwise;
    } catch {
      return otherwise;
    }
  }

  /** @param {Element} within @param {string} selector */
  function part(within, selector) {
    return /** @type {HTMLElement} */ (within.querySelector(selector));
  }

  /** @param {Element} within @param {string} selector */
  function field(within, selector) {
    return /** @type {HTMLInputElement} */ (within.querySelector(selector));
  }

  /** Returns today as files name it: `2026-05-06`. */
  function today() {
    const now = new Date();
    const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }

  /** Returns a random number that tells this machine from another. */
  function newMachine() {
    const bytes = Array.from(crypto.getRandomValues(new Uint8Array(8)));
    return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  class ReturnPage {
    /** @param {HTMLElement} page @param {ReturnKnown} known */
    constructor(page, known) {
      this.page = page;
      this.known = known;
      /** @type {ReturnKept} */
      this.kept = stored(KEPT, { machine: newMachine(), number: 0, classes: {}, notes: [] });
    }

    /** Keeps what was counted, and returns what to say where the browser does not let it. */
    keep() {
      try {
        localStorage.setItem(KEPT, JSON.stringify(this.kept));
        return "";
      } catch {
        return "这个浏览器不让网页记东西：请不要关掉这一页，填完马上存成文件。";
      }
    }

    // --- classes ---------------------------------------------------------------------------------

    /** @param {HTMLFormElement} form */
    addEvaluation(form) {
      const id = form.getAttribute("data-cb-form") || "";
      const said = part(form, "[role=status]");
      const tell = (/** @type {string} */ more) => {
        const own = this.kept.classes[id];
        said.textContent = `这个班记了${own ? own.returned : 0}份。${more}`;
      };
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        tell(this.evaluate(form, id));
      });
      tell("");
    }

    /**
     * Adds one questionnaire to the counts of a class, and returns what to say.
     * @param {HTMLFormElement} form @param {string} id
     */
    evaluate(form, id) {
      const remark = field(form, "textarea").value.trim();
      const items = Array.from(form.querySelectorAll("[data-cb-item]"));
      const chosen = items.filter((item) => field(item, "input:checked"));
      if (!chosen.length && !remark) return "还没有填。";
      const own = (this.kept.classes[id] = this.kept.classes[id] || newCounts());
      own.returned += 1;
      for (const item of chosen) {
        const name = item.getAttribute("data-cb-item") || "";
        const mark = /** @type {ReturnMark} */ (field(item, "input:checked").value);
        own.items[name] = own.items[name] || { very: 0, fairly: 0, fair: 0, poor: 0 };
        own.items[name][mark] += 1;
      }
      if (remark && own.remarks.length < MOST) own.remarks.push(remark);
      form.reset();
      return this.keep();
    }

    addClasses() {
      const select = /** @type {HTMLSelectElement | null} */ (
        this.page.querySelector("[data-cb-class]")
      );
      /** @type {NodeListOf<HTMLFormElement>} */
      const forms = this.page.querySelectorAll("[data-cb-form]");
      const choose = () => {
        for (const form of Array.from(forms)) {
          form.hidden = form.getAttribute("data-cb-form") !== (select && select.value);
        }
      };
      forms.forEach((form) => this.addEvaluation(form));
      if (select) select.addEventListener("change", choose);
      choose();
    }

    // --- remarks ---------------------------------------------------------------------------------

    addNotes() {
      const form = /** @type {HTMLFormElement} */ (part(this.page, "[data-cb-note]"));
      const said = part(form, "[role=status]");
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        said.textContent = this.note(form);
        this.showNotes();
      });
      this.showNotes();
    }

    /**
     * Adds a remark, and returns what to say.
     * @param {HTMLFormElement} form
     */
    note(form) {
      const text = field(form, "textarea").value.trim();
      if (!text) return "还没有写。";
      if (this.kept.notes.length >= MOST) return "已经记了很多条，请先存成文件交上去。";
      this.kept.notes.push({ page: field(form, "input").value.trim(), text });
      form.reset();
      return `记下了。${this.keep()}`;
    }

    showNotes() {
      const list = part(this.page, "[data-cb-notes]");
      list.textContent = "";
      this.kept.notes.forEach((note, at) => {
        const item = document.createElement("li");
        const remove = document.createElement("button");
        remove.type = "button";
        remove.className = "cb-copy";
        remove.textContent = "删去";
        remove.addEventListener("click", () => {
          this.kept.notes.splice(at, 1);
          this.keep();
          this.showNotes();
        });
        item.append(note.page ? `${note.page}：${note.text} ` : `${note.text} `, remove);
        list.append(item);
      });
    }

    // --- saving ----------------------------------------------------------------------------------

    tellQuiz() {
      const said = this.page.querySelector("[data-cb-quiz]");
      if (!said) return;
      let answered = 0;
      let right = 0;
      for (const total of quizTotals(stored(QUIZ, {}), this.known.records)) {
        answered += total.answered;
        right += total.right;
      }
      said.textContent = `这台电脑上答了${answered}题，对${right}题。`;
    }

    save() {
      this.kept.number += 1;
      const told = this.keep();
      const text = fileText(this.known, this.kept, stored(QUIZ, {}), today());
      const scope = this.known.bundle.scope.replace(":", "-");
      const name = `return-${scope}-${this.kept.machine.slice(0, 6)}-${this.kept.number}.json`;
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
      link.download = name;
      document.body.append(link);
      link.click();
      link.remove();
      part(this.page, "[data-cb-saved]").textContent =
        `存好了：${name}，多半在“下载”文件夹里。拷进 U 盘带回去。${told}`;
      const box = part(this.page, "[data-cb-text]");
      box.hidden = false;
      field(box, "textarea").value = text;
    }

    show() {
      this.tellQuiz();
      this.addClasses();
      this.addNotes();
      part(this.page, "[data-cb-save]").addEventListener("click", () => this.save());
      this.page.hidden = false;
    }
  }

  /** @returns {ReturnKept["classes"][string]} */
  function newCounts() {
    return { returned: 0, items: {}, remarks: [] };
  }

  const page = document.getElementById("return");
  const data = document.getElementById("return-known");
  if (page && data) new ReturnPage(page, JSON.parse(data.textContent || "")).show();
}
