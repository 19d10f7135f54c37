// Runs scripts of templates/ as a page does, one after another in one global scope, and reads tables.
import { readFileSync } from "node:fs";
import vm from "node:vm";

const ROOT = new URL("../../", import.meta.url);
const THEME = "templates/theme/assets/casebook/";

/**
 * Runs scripts of the theme; they add to the global `casebook`.
 * @param {string[]} names
 */
export function load(...names) {
  loadFrom(THEME, ...names);
}

/**
 * Runs scripts of a folder of templates/.
 * @param {string} folder @param {string[]} names
 */
export function loadFrom(folder, ...names) {
  for (const name of names) {
    const filename = new URL(folder + name, ROOT);
    vm.runInThisContext(readFileSync(filename, "utf8"), { filename: filename.pathname });
  }
}

/**
 * Returns a table of cases, which tests of the program in Python read too.
 * @param {string} name
 */
export function golden(name) {
  return JSON.parse(readFileSync(new URL(`tests/golden/${name}.json`, ROOT), "utf8"));
}
