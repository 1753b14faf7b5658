import type { Note } from "../../data/formats/midi.ts";

/**
 * Music as events, as in Music Transformer: 128 note-on, 128 note-off, 100 shifts of time by 1 … 100 hundredths of a
 * second, 32 velocities that hold until the next. Here is where each begins.
 */
const noteOn = 0;
const noteOff = 128;
const shift = 256;
const velocities = 356;

/** Number of symbols. */
export const performanceSize = 388;

/** Steps of time in a second, and the longest shift in steps. */
const perSecond = 100;
const longestShift = 100;

/** Velocities of MIDI that are one here. */
const velocityWidth = 4;

/** A note in steps of time. */
interface Span {
  readonly start: number;
  /** At least a step after the start. */
  readonly end: number;
  readonly pitch: number;
  /** One of 32. */
  readonly velocity: number;
}

/**
 * The events of notes in any order: a note begins and ends within 5 ms of where it did, and lasts 10 ms at least. A
 * pitch that is struck while it sounds ends first; of two struck at once one remains.
 */
export function performanceTokens(notes: readonly Note[]): Uint16Array {
  const spans = withoutOverlap(notes.map(toSpan));
  // At one time, ends come first, then low pitches before high ones.
  const events = spans.flatMap((span) => [
    { time: span.end, off: true, span },
    { time: span.start, off: false, span },
  ]);
  events.sort(
    (a, b) => a.time - b.time || Number(b.off) - Number(a.off) || a.span.pitch - b.span.pitch,
  );
  const tokens: number[] = [];
  let now = 0;
  let velocity = -1;
  for (const { time, off, span } of events) {
    for (; now < time; now = Math.min(time, now + longestShift)) {
      tokens.push(shift + Math.min(time - now, longestShift) - 1);
    }
    if (!off && span.velocity !== velocity) {
      velocity = span.velocity;
      tokens.push(velocities + velocity);
    }
    tokens.push((off ? noteOff : noteOn) + span.pitch);
  }
  return Uint16Array.from(tokens);
}

function toSpan({ start, end, pitch, velocity }: Note): Span {
  const first = Math.round(start * perSecond);
  const last = Math.max(first + 1, Math.round(end * perSecond));
  return { start: first, end: last, pitch, velocity: Math.floor(velocity / velocityWidth) };
}

function withoutOverlap(spans: readonly Span[]): Span[] {
  const sorted = [...spans].sort((a, b) => a.pitch - b.pitch || a.start - b.start);
  const result: Span[] = [];
  for (const span of sorted) {
    const before = result.at(-1);
    if (before === undefined || before.pitch !== span.pitch || before.end <= span.start) {
      result.push(span);
      continue;
    }
    result.pop();
    if (before.start === span.start) {
      result.push({ ...before, end: Math.max(before.end, span.end) });
    } else {
      result.push({ ...before, end: span.start }, span);
    }
  }
  return result;
}

/** How long a note sounds that is never ended, in seconds: longer than most notes, and short enough not to be noticed. */
export const longestUnended = 4;

/** What events say. */
export interface Performance {
  /** By start. */
  readonly notes: readonly Note[];
  /** How many notes were ended by rule, since no event ended them in time. */
  readonly unended: number;
}

/** Seconds that events take. */
export const performanceSeconds = (tokens: Uint16Array): number =>
  tokens.reduce((steps, token) => steps + shiftOf(token), 0) / perSecond;

/** Steps of time that an event shifts. */
const shiftOf = (token: number): number =>
  token >= shift && token < velocities ? token - shift + 1 : 0;

/**
 * The notes that events say. A model may say anything: the end of what does not sound is passed over, what is struck while it
 * sounds ends first, and what takes no time is left out. A note that no event ends, or that sounds for {@link longestUnended}
 * seconds when it is struck again, ends after these seconds, or with the last event where that comes first.
 */
export function performance(tokens: Uint16Array): Performance {
  const notes: Note[] = [];
  const sounding = new Map<number, { readonly start: number; readonly velocity: number }>();
  let unended = 0;
  let now = 0;
  // A medium velocity, until an event sets another.
  let velocity = 16;
  const end = (pitch: number, time: number) => {
    const note = sounding.get(pitch);
    sounding.delete(pitch);
    if (note === undefined || note.start === time) return;
    notes.push({
      start: note.start / perSecond,
      end: time / perSecond,
      pitch,
      velocity: note.velocity * velocityWidth + velocityWidth / 2,
    });
  };
  /** Ends what no event has ended by a time. */
  const endByRule = (pitch: number, time: number) => {
    const note = sounding.get(pitch);
    const latest = (note?.start ?? 0) + longestUnended * perSecond;
    if (note && time > latest) unended += 1;
    end(pitch, Math.min(time, latest));
  };
  for (const token of tokens) {
    if (token >= velocities) {
      velocity = token - velocities;
    } else if (token >= shift) {
      now += shiftOf(token);
    } else if (token >= noteOff) {
      end(token - noteOff, now);
    } else {
      endByRule(token - noteOn, now);
      sounding.set(token - noteOn, { start: now, velocity });
    }
  }
  for (const [pitch, { start }] of [...sounding]) {
    unended += Number(start + longestUnended * perSecond >= now); // later ones are counted by the rule
    endByRule(pitch, Math.max(now, start + 1));
  }
  return { notes: notes.sort((a, b) => a.start - b.start || a.pitch - b.pitch), unended };
}
