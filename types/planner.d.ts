// What the planner of a training class works with.

/** A part of the procedure, as `domain/training.py` declares it. */
interface ProcedureComponent {
  /** The field of a session that makes it part of the component. */
  role: "prescribed" | "teaching_point" | "own";
  mark: string;
  title: string;
  request: string;
  least: number;
  /** Value of `prescribed` → title, where the sessions are named one by one. */
  items: Record<string, string>;
}

interface Procedure {
  title: string;
  components: ProcedureComponent[];
}

interface PlannedPoint {
  id: string;
  name: string;
  category: string;
  township: string;
  place: string;
  hours: string;
  minutes: number;
}

/** Who is trained, and how many days a year at least. */
interface Trainees {
  title: string;
  least: number;
}

/** What the page of a county gives to its script. */
interface PlannerData {
  procedure: Procedure;
  /** The prescribed item that is a lesson. */
  lecture: string;
  /** Prescribed item → usual minutes. */
  minutes: Record<string, number>;
  categories: Record<string, string>;
  trainees: Record<string, Trainees>;
  /** School → its township, or empty. */
  schools: Record<string, string>;
  points: PlannedPoint[];
  courses: Array<{ id: string; name: string; module: string }>;
}

/** One thing of the day: of a component by its field, or a pause. */
interface PlannedSession {
  title: string;
  minutes: number;
  prescribed?: string;
  teaching_point?: string;
  own?: boolean;
  pause?: boolean;
  course?: string;
}

/** A session with when it begins and ends, in minutes from midnight. */
interface TimedSession {
  session: PlannedSession;
  at: number;
  until: number;
}

/** Whether a class meets one thing that is asked, and in which words. */
interface ProcedureCheck {
  title: string;
  isMet: boolean;
  isRequired: boolean;
  said: string;
}

/** What the form says of the class. */
interface PlannedClass {
  id: string;
  name: string;
  school: string;
  begins: string;
  trainees: string;
  days: number;
  participants: number;
  /** `08:30`, or empty. */
  starts: string;
  /** Minutes to a teaching point. */
  travel: number;
}
