// What the scripts of search hand to each other.

/** A text in normal form: its characters, and where each begins and ends in the text itself. */
interface NormalForm {
  characters: string[];
  from: number[];
  to: number[];
}

/** Where a hit begins and ends, and the number of its word. */
type Hit = [from: number, to: number, word: number];

/** A posting list. The places of document `numbers[i]` are `places[ends[i - 1]..ends[i]]`. */
interface Postings {
  numbers: number[];
  ends: number[];
  places: number[];
  /** Parallel to `places` in the fields that name things, and empty in others. */
  beside: number[];
}

/** Bigram → its lists, field by field; and the document that is being added to them. */
interface PostingsTarget {
  lists: Map<string, Postings[]>;
  number: number;
}

/** What a result shows, as a file holds it; `readings` only in an index without posting lists. */
type CardValues = [
  path: string,
  names: string[],
  what: [kind: string, place: string],
  headings: string[],
  texts: string[],
  gaps: string[],
  readings: string[][],
];

/** Number of a document → what a result shows. */
type Cards = Record<string, CardValues>;

/** What is known before the first query. The numbers of files are given in bits. */
interface Corpus {
  documents: number;
  /** Mean length of a document. */
  length: number;
  slices: number;
  /** -1: there are no such files, and cards-0 holds all texts. */
  pieces: number;
  common: number;
  /** Bits of the numbers of documents in one file. */
  table: number;
  cards: number;
  /** Number of files. */
  tables: number;
  /** Names of facets; `groups` counts three of them for each: kind, county, category. */
  names: string[];
  groups: number[];
  synonyms: string[][];
  /** Traditional characters, each before its simplified one. */
  pairs: string;
}

interface Group {
  kind: string;
  county: string;
  category: string;
}

/** What the table says of a document. */
interface Row {
  group: number;
  length: number;
  title: number;
}

/** Bigram → its lists, field by field, as written. */
type Shard = Map<string, string[]>;

/** A bigram of a word with its distance from the word's beginning, and its lists; null: not loaded. */
interface Entry {
  bigram: string;
  at: number;
  parts: Array<string | Postings> | null;
}

/** A way to write a word, the bigrams that cover it with their distances from its beginning. */
interface Way {
  characters: string[];
  bigrams: Array<[bigram: string, at: number]>;
  /** In which it is looked for. */
  fields: number[];
}

/** A word of a query in normal form, and in how many documents it was found. */
interface Word {
  key: string;
  ways: Way[];
  documents: number;
}

/** How a word stands in a document. */
interface Match {
  /** What its best place in the names is worth, and in the headings. */
  name: number;
  heading: number;
  /** How often it stands in the texts. */
  frequency: number;
  /** What its place in what is not known is worth. */
  gap: number;
  /** Bit n: it stands there in way n. */
  ways: number;
}

type Matches = Array<[word: number, match: Match]>;

interface Result {
  number: number;
  /** How much of the query it has, where none has all of it. */
  part: number;
  score: number;
  /** Length of the title. */
  title: number;
  group: Group;
  matches: Matches;
}

/** What is found for a query. */
interface Answer {
  words: Word[];
  results: Result[];
  /** Whether there are slices that were not looked through. */
  more: boolean;
  /** Whether the query was too long. */
  isCut: boolean;
  /** Whether the results have only some of the words. */
  isPart: boolean;
  /** Files that could not be loaded. */
  missing: Set<string>;
  /** How many were looked through. */
  slices: number;
}

/** What a result shows. */
interface Card {
  path: string;
  names: string[];
  kind: string;
  place: string;
  headings: string[];
  texts: string[];
  /** What is not known or in doubt. */
  gaps: string[];
}

/** What a list of results shows: those that fit, and how many of them are on the page. */
interface Shown {
  answer: Answer;
  results: Result[];
  query: string;
  offered: number;
}

/** The elements of a list of results, and how it behaves. */
interface ListParts {
  status: Element;
  notes: Element;
  list: Element;
  /** How many results it adds at a time. */
  size: number;
  fits: (result: Result) => boolean;
  /** Called when the list has changed. */
  after: (shown: Shown) => void;
}

/** The elements of the search box. */
interface BoxParts {
  form: HTMLFormElement;
  input: HTMLInputElement;
  /** The theme's switch: whether the box is open. */
  toggle: HTMLInputElement;
  inner: HTMLElement;
  result: HTMLElement;
  status: HTMLElement;
  notes: HTMLElement;
  /** What was searched for lately. */
  lately: HTMLElement;
  list: HTMLElement;
  all: HTMLElement;
  /** To the search page. */
  link: HTMLAnchorElement;
}

type Facet = keyof Group;
