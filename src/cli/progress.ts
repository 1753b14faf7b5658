/** What the work counts, and up to where. */
export interface ProgressOptions {
  /** What is being done, shown first: "training". */
  readonly label: string;
  /** What one unit of `total` is, in the plural: "steps", "images". */
  readonly unit: string;
  readonly total: number;
}

/** A running display. */
export interface Progress {
  /** `done` units of the total are complete; `text` is the current metric with its unit. */
  update(done: number, text?: string): void;
  /** Ends the display, leaving its last state as one line. */
  finish(): void;
}
