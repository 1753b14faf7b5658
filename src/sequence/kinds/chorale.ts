import type { Note } from "../../data/formats/midi.ts";
import { UserError } from "../../errors/userError.ts";

/** Seconds of a step, a sixteenth: 100 quarters a minute, a whole number of the shifts of time of music as events. */
const sixteenth = 0.15;

/** How hard every note is struck. */
const velocity = 80;

/**
 * The notes of a piece that is written as JSON: a list of steps, one for each sixteenth, each a list of the MIDI pitches
 * that sound. A pitch that is in several steps running is one note: such a file does not tell held from repeated notes.
 * Throws UserError, naming the file, where it is something else.
 */
export function parseChorale(bytes: Uint8Array, name: string): Note[] {
  const steps = parseSteps(bytes, name);
  return steps.flatMap((step, i) =>
    [...step]
      .filter((pitch) => !steps[i - 1]?.has(pitch))
      .map((pitch) => {
        const length = steps.slice(i).findIndex((later) => !later.has(pitch));
        const last = length < 0 ? steps.length : i + length;
        return { start: i * sixteenth, end: last * sixteenth, pitch, velocity };
      }),
  );
}

function parseSteps(bytes: Uint8Array, name: string): ReadonlySet<number>[] {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new UserError(`${name} is not whole JSON (${(error as Error).message})`);
  }
  const isPitch = (n: unknown) => Number.isInteger(n) && Number(n) >= 0 && Number(n) <= 127;
  const isStep = (step: unknown): step is number[] => Array.isArray(step) && step.every(isPitch);
  if (Array.isArray(value) && value.every(isStep)) return value.map((step) => new Set(step));
  throw new UserError(
    `${name} is not a piece of music in JSON: that is a list of steps, each a list of whole numbers from 0 to 127`,
  );
}
