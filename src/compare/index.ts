/** Statistics of comparisons: whether two samples of runs differ by more than chance. */
export { deviation, mean, welchP } from "./welch.ts";
