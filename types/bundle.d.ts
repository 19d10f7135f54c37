// What the page of a bundle's self-check gives to its script.

/** What should be in the folder. */
declare var casebookExpected: {
  version: string;
  /** The version that this one updates, or empty. */
  base: string;
  /** The file that an update from this version leaves. */
  later: string;
  /** Folder → names of files. */
  folders: Record<string, string[]>;
};

/** Versions whose marker files are there, and those that updates have led on from. */
declare var casebookVersions: string[];
declare var casebookLater: string[];
