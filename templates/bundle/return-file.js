/* The text of a return file: what was counted on a machine, with a digest of it. */
"use strict";

var casebook = casebook || {};
{
  // --- digest ------------------------------------------------------------------------------------

  /** Returns the first `count` primes. @param {number} count */
  function primes(count) {
    /** @type {number[]} */
    const found = [];
    for (let number = 2; found.length < count; number += 1) {
      if (found.every((prime) => number % prime)) found.push(number);
    }
    return found;
  }

  /** Returns the first 32 bits behind the point of a number. @param {number} number */
  function fraction(number) {
    return ((number % 1) * 2 ** 32) | 0;
  }

  /** @param {number} word @param {number} by */
  function rotated(word, by) {
    return (word >>> by) | (word << (32 - by));
  }

  /**
   * Returns the SHA-256 digest of a text (FIPS 180-4). Browsers have one of their own, but not for
   * every page that is opened from a folder.
   * @param {string} text
   */
  function sha256(text) {
    const constants = primes(64).map((prime) => fraction(prime ** (1 / 3)));
    const state = primes(8).map((prime) => fraction(prime ** (1 / 2)));
    const bytes = new TextEncoder().encode(text);
    const padded = new Uint8Array((((bytes.length + 8) >> 6) + 1) << 6);
    padded.set(bytes);
    padded[bytes.length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
    view.setUint32(padded.length - 4, bytes.length << 3);
    for (let start = 0; start < padded.length; start += 64) mix(state, view, start, constants);
    return state.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  /**
   * Mixes a block of 64 bytes into the state.
   * @param {number[]} state @param {DataView} view @param {number} start @param {number[]} constants
   */
  function mix(state, view, start, constants) {
    /** @type {number[]} */
    const words = [];
    for (let at = 0; at < 64; at += 1) {
      if (at < 16) {
        words.push(view.getInt32(start + at * 4));
        continue;
      }
      const near = words[at - 15];
      const far = words[at - 2];
      const low = rotated(near, 7) ^ rotated(near, 18) ^ (near >>> 3);
      const high = rotated(far, 17) ^ rotated(far, 19) ^ (far >>> 10);
      words.push((words[at - 16] + low + words[at - 7] + high) | 0);
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let at = 0; at < 64; at += 1) {
      const first = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
      const chosen = (e & f) ^ (~e & g);
      const one = (h + first + chosen + constants[at] + words[at]) | 0;
      const second = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
      const two = (second + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
    }
    [a, b, c, d, e, f, g, h].forEach((word, at) => (state[at] = (state[at] + word) | 0));
  }

  // --- what is handed in -------------------------------------------------------------------------

  /**
   * Returns how many questions of each record were answered, and how many right.
   * @param {Record<string, boolean>} answers @param {Record<string, string>} records
   */
  function quizTotals(answers, records) {
    return Object.keys(records).flatMap((record) => {
      const own = Object.keys(answers).filter((id) => id.startsWith(`${record}/`));
      const right = own.filter((id) => answers[id] === true).length;
      return own.length ? [{ record, answered: own.length, right }] : [];
    });
  }

  /**
   * Returns the text of a return file.
   * @param {ReturnKnown} known @param {ReturnKept} kept @param {Record<string, boolean>} answers
   * @param {string} today
   */
  function fileText(known, kept, answers, today) {
    const payload = JSON.stringify({
      bundle: known.bundle,
      machine: kept.machine,
      number: kept.number,
      made: today,
      quiz: quizTotals(answers, known.records),
      classes: Object.entries(kept.classes).map(([id, own]) => ({
        id,
        returned: own.returned,
        items: Object.entries(own.items).map(([name, counts]) => ({ name, ...counts })),
        remarks: own.remarks,
      })),
      notes: kept.notes,
    });
    return JSON.stringify({ format: known.format, digest: sha256(payload), payload });
  }

  casebook.returning = { fileText, quizTotals, sha256 };
}
