// One dialect for all scripts: the language of tsconfig.json, the browsers of package.json.
import { readFileSync } from "node:fs";

import js from "@eslint/js";
import compat from "eslint-plugin-compat";

const TSCONFIG = readFileSync(new URL("tsconfig.json", import.meta.url), "utf8");
const LANGUAGE = Number(JSON.parse(TSCONFIG).compilerOptions.target.slice("ES".length));

const STYLE = {
  "no-undef": "off", // the type check knows more names
  eqeqeq: "error",
  "prefer-const": "error",
  "object-shorthand": "error",
  "prefer-template": "error",
  "prefer-arrow-callback": "error",
  "no-unused-vars": ["error", { varsIgnorePattern: "^casebook$" }],
  "no-irregular-whitespace": ["error", { skipStrings: true, skipTemplates: true }],
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-restricted-globals": ["error", "event", "find", "length", "name", "parent", "status", "top"],
  "no-restricted-properties": [
    "error",
    { property: "innerHTML", message: "Texts are set as text, never as markup." },
    { property: "outerHTML", message: "Texts are set as text, never as markup." },
  ],
};

export default [
  js.configs.recommended,
  {
    files: ["templates/**/*.js"],
    ...compat.configs["flat/recommended"],
    languageOptions: { ecmaVersion: LANGUAGE, sourceType: "script" },
    rules: {
      ...compat.configs["flat/recommended"].rules,
      ...STYLE,
      "no-redeclare": "off", // each file begins with the namespace
      "no-restricted-syntax": [
        "error",
        {
          selector: "VariableDeclaration[kind='var'] > VariableDeclarator[id.name!='casebook']",
          message: "Only the namespace is a var; all else is const or let inside the file's block.",
        },
        {
          selector: "Program > FunctionDeclaration, Program > ClassDeclaration",
          message: "All scripts of a page share one global scope: put it into the file's block.",
        },
      ],
      strict: ["error", "global"],
      "max-lines": ["error", 300],
      "max-lines-per-function": ["error", 40],
    },
  },
  {
    // The self-check of a bundle tells browsers of any age what they lack.
    files: ["templates/bundle/check.js"],
    languageOptions: { ecmaVersion: 5, sourceType: "script" },
    rules: {
      "no-restricted-syntax": "off",
      "no-unused-vars": ["error", { caughtErrors: "none" }],
      "object-shorthand": "off",
      "prefer-arrow-callback": "off",
      "prefer-template": "off",
      strict: ["error", "function"],
      "max-lines-per-function": "off",
    },
  },
  {
    files: ["tests/scripts/*.mjs", "*.mjs"],
    languageOptions: { ecmaVersion: 2022, sourceType: "module" },
    rules: STYLE,
  },
];
