import { printable } from "../../errors/printable.ts";

/** What the work counts, and up to where. */
export interface ProgressOptions {
  /** What is being done, shown first: "training". */
  readonly label: string;
  /** What is counted, in the plural: "steps", "images"; without it a share of `total` is shown, and no count or rate. */
  readonly unit?: string;
  /**
   * A number of units, or a time limit for work that ends by the clock; absent where the end is not known, which shows a
   * spinner and no percentage. `before` are seconds of the limit that were already spent (a resumed run).
   */
  readonly total?: number | { readonly seconds: number; readonly before?: number };
  /** Units that were already done before (a resumed run); they do not count toward the rate. */
  readonly start?: number;
}

/** A running display. */
export interface Progress {
  /** `done` units are complete in all; `text` is the current metric with its unit. */
  update(done: number, text?: string): void;
  /** Ends the display; its last state at this time stays as one line. */
  finish(): void;
}

/** Where messages go: what is used of `process.stderr`, and a clock in seconds. */
export interface MessageStream {
  write(text: string): void;
  readonly isTerminal: boolean;
  readonly columns: number;
  readonly color: boolean;
  now(): number;
}

/** Messages about the work: lines, and at most one live bar that always stays below them. */
export interface Messages {
  /** Writes a line; control characters in it, such as of names of files, are written as escapes. */
  log(line: string): void;
  progress(options: ProgressOptions): Progress;
  /** Finishes a bar that is still live, so that nothing is written over it. */
  close(): void;
}

/** A terminal is redrawn this often, a log gets a line this often: seconds. */
const redrawEvery = 0.1;
const lineEvery = 15;
/** The rate shown is an average that forgets with this time constant: seconds. */
const rateMemory = 8;
/** A rate over less time says nothing, and is not shown: seconds. */
const shortestTime = 0.01;

/** Writes lines and bars to `stream`: a live bar on a terminal, an occasional plain line elsewhere. */
export function createMessages(stream: MessageStream): Messages {
  let live: Progress | undefined;
  let bar = "";
  const erase = "\r\x1b[K";

  const draw = (text: string) => {
    bar = text;
    stream.write(`${erase}${text}`);
  };

  const progress = (options: ProgressOptions): Progress => {
    live?.finish();
    const meter = createMeter(options, stream.now());
    let shown = stream.isTerminal ? Number.NEGATIVE_INFINITY : stream.now();
    let ended = false;

    const show = () => {
      if (stream.isTerminal) draw(meter.bar(stream, ended));
      else stream.write(`${meter.line(ended)}\n`);
      shown = stream.now();
    };
    const self: Progress = {
      update(done, text = "") {
        if (ended) return;
        meter.update(done, text, stream.now());
        if (stream.now() - shown >= (stream.isTerminal ? redrawEvery : lineEvery)) show();
      },
      finish() {
        if (ended) return;
        ended = true;
        meter.finish(stream.now());
        show();
        if (stream.isTerminal) stream.write("\n");
        live = undefined;
        bar = "";
      },
    };
    live = self;
    return self;
  };

  return {
    log(line) {
      const text = printable(line);
      stream.write(bar === "" ? `${text}\n` : `${erase}${text}\n${bar}`);
    },
    progress,
    close() {
      live?.finish();
    },
  };
}

/** Counts work against the clock. Kept apart from the drawing so that both stay plain. */
function createMeter({ label, unit, total, start = 0 }: ProgressOptions, begun: number) {
  let done = start;
  let text = "";
  let time = begun;
  let counted = begun;
  let weightedUnits = 0;
  let weightedSeconds = 0;

  const elapsed = () => time - begun;
  const spent = () => elapsed() + (typeof total === "object" ? (total.before ?? 0) : 0);
  // The ratio of two equally decayed sums: unbiased from the first update on.
  const rate = () => (weightedSeconds >= shortestTime ? weightedUnits / weightedSeconds : 0);
  const fraction = (): number | undefined => {
    if (total === undefined) return undefined;
    return Math.min(
      1,
      typeof total === "number" ? ratio(done, total) : ratio(spent(), total.seconds),
    );
  };
  const left = (): number | undefined => {
    if (total === undefined) return undefined;
    if (typeof total === "object") return total.seconds - spent();
    return rate() > 0 ? (total - done) / rate() : undefined;
  };
  const facts = (ended: boolean): Facts => {
    const remaining = left();
    const isDone = ended || (fraction() ?? 0) >= 1;
    return {
      count:
        unit === undefined
          ? ""
          : typeof total === "number"
            ? `${grouped(done)}/${grouped(total)} ${unit}`
            : `${grouped(done)} ${unit}`,
      rate: unit === undefined ? "" : rateText(rate(), unit),
      time:
        isDone || remaining === undefined
          ? `${isDone ? "in " : ""}${duration(elapsed())}`
          : `${duration(remaining)} left`,
      text,
    };
  };

  return {
    update(nowDone: number, nowText: string, now: number) {
      const decay = Math.exp(-(now - counted) / rateMemory);
      weightedUnits = weightedUnits * decay + (nowDone - done);
      weightedSeconds = weightedSeconds * decay + (now - counted);
      done = nowDone;
      text = nowText;
      time = now;
      counted = now;
    },
    finish(now: number) {
      time = now;
    },
    line(ended: boolean): string {
      const { count, rate, time, text } = facts(ended);
      return `${label}: ${[percentText(fraction()), count, rate, time, text].filter(Boolean).join(", ")}`;
    },
    bar({ columns, color }: MessageStream, ended: boolean): string {
      const share = fraction();
      const frame = ended ? "" : spinner[Math.floor(elapsed() / redrawEvery) % spinner.length];
      return barLine({ label, share, frame: frame ?? "", facts: facts(ended) }, columns, color);
    },
  };
}

/** What a bar says beside itself, most of which can be left out. */
interface Facts {
  readonly count: string;
  readonly rate: string;
  readonly time: string;
  readonly text: string;
}

const spinner = [..."⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"];

/** Characters of a bar: no more are drawn, and fewer would show nothing. */
const longestBar = 30;
const shortestBar = 8;

/** What a bar shows. */
interface Drawing {
  readonly label: string;
  /** The part that is done; undefined where it is not known. */
  readonly share: number | undefined;
  /** The spinner's character, where there is no bar. */
  readonly frame: string;
  readonly facts: Facts;
}

/** One line of fewer than `columns` characters: less important facts are left out until the rest fits. */
function barLine(drawing: Drawing, columns: number, color: boolean): string {
  const { label, share, facts } = drawing;
  const { count, rate, time, text } = facts;
  const [brief = ""] = text.split(", ");
  const choices =
    share === undefined
      ? [
          [count, rate, time, text],
          [count, time, text],
          [count, time, brief],
          [count, time],
          [count],
        ]
      : [[count, rate, time, text], [count, time, text], [time, text], [time, brief], [brief], []];
  const room = columns - 1;
  for (const choice of choices) {
    const line = lineOf(drawing, choice.filter(Boolean), room, color);
    if (line !== undefined) return line;
  }
  const last = share === undefined ? label : `${label} ${percentText(share)}`;
  return last.slice(0, Math.max(0, room));
}

/** The line with these facts, or undefined where it is longer than `room`. */
function lineOf(
  { label, share, frame }: Drawing,
  facts: readonly string[],
  room: number,
  color: boolean,
): string | undefined {
  if (share === undefined) {
    const line = [`${label} ${frame}`.trimEnd(), ...facts].join("  ");
    return line.length <= room ? line : undefined;
  }
  const tail = ` ${[percentText(share).padStart(5), ...facts].join("  ")}`;
  const width = Math.min(longestBar, room - label.length - 1 - tail.length);
  if (width < shortestBar) return undefined;
  const filled = Math.round(share * width);
  const [full, rest] = ["━".repeat(filled), "─".repeat(width - filled)];
  const drawn = color ? `\x1b[36m${full}\x1b[39m\x1b[2m${rest}\x1b[22m` : `${full}${rest}`;
  return `${label} ${drawn}${tail}`;
}

const percentText = (share: number | undefined): string =>
  share === undefined ? "" : `${Math.floor(share * 100)} %`;

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 1;
}

/** `12345` → `12,345`. */
function grouped(count: number): string {
  return Math.round(count).toLocaleString("en-US");
}

/** `73` → `1:13`; hours only where there are some. */
function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, i) => (i === 0 ? `${part}` : `${part}`.padStart(2, "0"))).join(":");
}

function rateText(perSecond: number, unit: string): string {
  if (perSecond <= 0) return "";
  if (perSecond < 0.1) return `${(1 / perSecond).toFixed(1)} s each`;
  return `${perSecond < 10 ? perSecond.toFixed(1) : grouped(perSecond)} ${unit}/s`;
}
