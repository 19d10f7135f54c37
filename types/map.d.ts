// What the scripts of the schematic map hand to each other.

type Point = [x: number, y: number];

/** Values of the two filters, or empty. */
interface MapFilter {
  form: string;
  category: string;
}

/** What the map shows: also which county or township, or empty. */
interface MapState extends MapFilter {
  place: string;
}

/** What a place holds under a filter. */
interface PlaceSums {
  joint: number;
  points: number;
  total: number;
  /** Number of each symbol of the drawing: categories, `joint`, `points`. */
  of: Record<string, number>;
}

/** A place: a row of the tables, and its marks in the drawings. */
interface Place {
  id: string;
  name: string;
  /** Address of its page, or empty. */
  href: string;
  /** The section of its county; null for a county on the map of all. */
  county: Element | null;
  rows: HTMLTableRowElement[];
  /** Form or category → number, without a filter. */
  numbers: Record<string, number>;
  sums: PlaceSums;
  marks: Mark[];
}

/** A tile or hexagon. */
interface Mark {
  element: SVGElement;
  parts: Element[];
  /** Where the parts stand when all are shown. */
  seats: Array<string | null>;
  /** Its title as it was written, with forms and categories in detail. */
  title: string;
}
