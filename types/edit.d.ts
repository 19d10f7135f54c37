// What the program answers to the form while one types.

/** Whether the record's file has changed, and whether other windows have it open. */
interface WindowState {
  changed: boolean;
  others: boolean;
}

/** What is wrong with a form. */
interface CheckAnswer extends WindowState {
  /** Name of an input → what is wrong there. */
  inputs: Record<string, string[] | undefined>;
  /** What would be wrong in other records. */
  elsewhere: string[];
  /** The id that the record gets if none is typed. */
  id: string;
  /** Path of its page, or empty where it could not be made. */
  page: string;
}
