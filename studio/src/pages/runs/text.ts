import type { Run } from "../../../../src/server/api.ts";

const grouped = new Intl.NumberFormat("en-US");

export const countText = (count: number): string => grouped.format(count);

/** `1.234`: a number of a table. */
export const numberText = (value: number | undefined): string =>
  value === undefined ? "" : `${Number(value.toPrecision(5))}`;

/** `1:05:09`, or `0:42`. */
export function durationText(seconds: number): string {
  const whole = Math.floor(seconds);
  const [hours, minutes, rest] = [
    Math.floor(whole / 3600),
    Math.floor(whole / 60) % 60,
    whole % 60,
  ];
  const two = (n: number) => `${n}`.padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** How long ago a time was, in the largest unit that fits. */
export function agoText(time: number, now: number): string {
  const seconds = Math.max(0, (now - time) / 1000);
  const units = [
    [86_400, "d"],
    [3600, "h"],
    [60, "min"],
  ] as const;
  for (const [length, unit] of units) {
    if (seconds >= length) return `${Math.floor(seconds / length)} ${unit} ago`;
  }
  return "now";
}

/** `300 of 2,000 steps`, or `1:20 of 5:00`. */
export function planText({ plan, step, seconds }: Run): string {
  if (!plan) return "";
  return "steps" in plan
    ? `${countText(step)} of ${countText(plan.steps)} steps`
    : `${durationText(seconds)} of ${durationText(60 * plan.minutes)}`;
}

/** `saveEvery` → `Save every`. */
export function labelOf(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
