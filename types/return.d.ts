// What the page of a bundle that is taken back knows, and what it keeps on the machine.

type ReturnMark = "very" | "fairly" | "fair" | "poor";

/** What the program has put into the page. */
interface ReturnKnown {
  format: string;
  /** The bundle, as return files name it. */
  bundle: { scope: string; [name: string]: string };
  /** Key of a record that asks questions → its name. */
  records: Record<string, string>;
}

/** What was counted on this machine. */
interface ReturnKept {
  /** A random number that tells one machine from another. */
  machine: string;
  /** How many files were saved. */
  number: number;
  classes: Record<
    string,
    { returned: number; items: Record<string, Record<ReturnMark, number>>; remarks: string[] }
  >;
  notes: { page: string; text: string }[];
}
