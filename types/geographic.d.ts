// What the script of the geographic map gets from the program and draws.

/** A point of a layer; `category` counts in the form's order, -1 is none. */
type LayerPoint = [
  latitude: number,
  longitude: number,
  name: string,
  title: string,
  href: string | null,
  category: number,
];

/** A county; its title is empty where there are no records of it. */
type LayerArea = [name: string, title: string | null, href: string | null, rings: number[][]];

type MapLayer =
  | { type: "areas"; scale: number; areas: LayerArea[] }
  | { type: "points"; id: string; title: string; points: LayerPoint[] };

interface MarkedCategory {
  id: string;
  /** One character. */
  mark: string;
}

interface DrawnArea {
  polygon: import("leaflet").Polygon;
  hasRecords: boolean;
}

interface DrawnPoint {
  marker: import("leaflet").Marker;
  county: string;
  /** `other` for places without a category. */
  category: string;
}
