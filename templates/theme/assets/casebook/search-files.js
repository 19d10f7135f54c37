/* The files under search/, which are loaded as scripts when a query needs them. Their format stands in
   docs/SEARCH.md. */
"use strict";

var casebook = casebook || {};
{
  const { postings, text } = casebook;

  // --- loading ---------------------------------------------------------------------------------

  /** @type {Map<string, any>} what files hold that have just been loaded */
  const received = new Map();
  /** @type {Map<string, Promise<any>>} */
  const requested = new Map();

  /**
   * Takes what a file holds; each file under search/ calls it.
   * @param {string} name @param {any} content
   */
  function receive(name, content) {
    received.set(name, content);
  }

  /**
   * Returns what `make` makes of a file, once. A file that cannot be loaded is added to `missing`, and
   * stands as undefined.
   * @template T
   * @param {string} name
   * @param {(content: any) => T} make
   * @param {Set<string>} missing
   * @returns {Promise<T | undefined>}
   */
  async function load(name, make, missing) {
    let content = requested.get(name);
    if (!content) {
      content = request(name, make);
      requested.set(name, content);
    }
    const found = await content;
    if (found === undefined) missing.add(`search/${name}.js`);
    return found;
  }

  /** @param {string} name @param {(content: any) => any} make @returns {Promise<any>} */
  function request(name, make) {
    return new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = `${casebook.base()}/search/${name}.js`;
      script.onload = script.onerror = () => {
        script.remove();
        resolve(received.has(name) ? make(received.get(name)) : undefined);
        received.delete(name);
      };
      document.head.appendChild(script);
    });
  }

  // --- what files hold -------------------------------------------------------------------------

  /** @type {Corpus} */
  let corpus;
  /** @type {Group[]} */
  const groups = [];
  /** @type {Map<number, Row>} */
  const rows = new Map();

  /**
   * Returns the corpus, which everything else depends on; undefined where it is missing.
   * @param {Set<string>} missing
   */
  async function ready(missing) {
    const found = await load("corpus", begin, missing);
    if (found && found.pieces < 0) cards(0, missing);
    return found;
  }

  /** @param {Corpus} content */
  function begin(content) {
    text.simplify(content.pairs);
    const names = content.groups.map((number) => content.names[number]);
    for (let i = 0; i < names.length; i += 3) {
      groups.push({ kind: names[i], county: names[i + 1], category: names[i + 2] });
    }
    corpus = content;
    return content;
  }

  /** @param {number} number  of a document */
  function groupOf(number) {
    const row = rows.get(number);
    return row && groups[row.group];
  }

  /** @param {number} file @param {Set<string>} missing @returns {Promise<Cards | undefined>} */
  function cards(file, missing) {
    return load(`cards-${file.toString(16)}`, (content) => content, missing);
  }

  /** @param {number} file @param {Set<string>} missing */
  function table(file, missing) {
    return load(
      `table-${file.toString(16)}`,
      (content) => {
        const input = postings.reader(content);
        let number = file * 2 ** corpus.table;
        while (input.more()) {
          number += input.next();
          rows.set(number, { group: input.next(), length: input.next(), title: input.next() });
        }
        return true;
      },
      missing,
    );
  }

  /**
   * Returns the entries of a file: bigram → its lists, field by field, as written.
   * @param {string} content
   * @returns {Shard}
   */
  function shardFrom(content) {
    const found = new Map();
    if (!content) return found;
    for (const entry of content.split(",")) {
      const [first, second] = entry;
      const end = first.length + second.length;
      found.set(entry.slice(0, end), entry.slice(end).split("."));
    }
    return found;
  }

  /** @param {string} name @param {Set<string>} missing */
  function shard(name, missing) {
    return load(name, shardFrom, missing);
  }

  /**
   * Returns the number of a bigram's file, as it stands in the file's name.
   * @param {string} bigram @param {number} bits
   */
  function shardOf(bigram, bits) {
    const [first, second] = Array.from(bigram, (character) => character.codePointAt(0) || 0);
    const spread = Math.imul(first * 31 + second, 0x9e3779b1);
    return (bits ? spread >>> (32 - bits) : 0).toString(16);
  }

  // --- posting lists ---------------------------------------------------------------------------

  /** @type {Map<string, Postings[]> | null} the lists of an index that holds texts alone */
  let made = null;
  /** @type {Map<string, Postings>} */
  const decoded = new Map();

  /**
   * Returns the lists of a bigram, field by field; null where the file is missing.
   * @param {string} bigram @param {Set<string>} missing
   * @returns {Promise<Array<string | Postings> | null>}
   */
  async function partsOf(bigram, missing) {
    if (corpus.pieces >= 0) {
      const entries = await shard(`pieces-${shardOf(bigram, corpus.pieces)}`, missing);
      return entries ? entries.get(bigram) || [] : null;
    }
    const all = await cards(0, missing);
    if (!all) return null;
    made = made || postings.ofTexts(all, text.normal);
    return made.get(bigram) || [];
  }

  /** @param {string} name @param {string} content @param {number} field @param {number} before */
  function decodedList(name, content, field, before) {
    const key = `${name}/${field}`;
    const list = decoded.get(key) || postings.decode(content, field, before);
    decoded.set(key, list);
    return list;
  }

  /**
   * Returns the list of a bigram in a slice, or (slice -1) what its own file holds: all of it, or the
   * documents with the shortest names. Null where the file is missing.
   * @param {Entry} entry @param {number} field @param {number} slice @param {Set<string>} missing
   */
  async function listOf({ bigram, parts }, field, slice, missing) {
    const part = (parts && parts[field]) || "";
    if (typeof part !== "string") return part;
    if (part[0] !== ":") {
      const whole = decodedList(bigram, part, field, 0);
      return slice < 0 || corpus.slices === 1 ? whole : postings.within(whole, slice);
    }
    if (slice < 0) {
      return decodedList(`${bigram}shortest`, postings.afterNumber(part.slice(1)), field, 0);
    }
    const name = `common-${slice.toString(16)}-${shardOf(bigram, corpus.common)}`;
    const entries = await shard(name, missing);
    if (!entries) return null;
    const content = (entries.get(bigram) || [])[field] || "";
    return decodedList(name + bigram, content, field, slice * postings.SPACE);
  }

  casebook.receive = receive;
  casebook.files = { shardOf, ready, rows, groupOf, cards, table, partsOf, listOf };
}
