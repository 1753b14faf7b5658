/** Comparisons of trainings: variants × inputs × rates × seeds, their curves, tables and significance. */

// What browsers have as well; a name that stands here too is another in Node.
export * from "./browser.ts";
export { writeResults } from "./results.ts";
