/** What the work counts, and up to where. */
export interface ProgressOptions {
  /** What is being done, shown first: "training". */
  readonly label: string;
  /** What is counted, in the plural: "steps", "images". */
  readonly unit: string;
  /** A number of units, or a time limit for work that ends by the clock. */
  readonly total: number | { readonly seconds: number };
  /** Units that were already done before (a resumed run); they do not count toward the rate. */
  readonly start?: number;
}

/** A running display. */
export interface Progress {
  /** `done` units are complete in all; `text` is the current metric with its unit. */
  update(done: number, text?: string): void;
  /** Ends the display, leaving its last state as one line. */
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
      if (stream.isTerminal) draw(meter.bar(stream));
      else stream.write(`${meter.line()}\n`);
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
      stream.write(bar === "" ? `${line}\n` : `${erase}${line}\n${bar}`);
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
  let weightedUnits = 0;
  let weightedSeconds = 0;

  const elapsed = () => time - begun;
  // The ratio of two equally decayed sums: unbiased from the first update on.
  const rate = () => (weightedSeconds > 0 ? weightedUnits / weightedSeconds : 0);
  const fraction = () =>
    Math.min(1, typeof total === "number" ? ratio(done, total) : ratio(elapsed(), total.seconds));
  const left = () =>
    typeof total === "number"
      ? rate() > 0
        ? (total - done) / rate()
        : undefined
      : total.seconds - elapsed();
  const facts = (): string[] => {
    const count =
      typeof total === "number"
        ? `${grouped(done)}/${grouped(total)} ${unit}`
        : `${grouped(done)} ${unit}`;
    const remaining = left();
    const ending =
      fraction() >= 1 || remaining === undefined
        ? `in ${duration(elapsed())}`
        : `${duration(remaining)} left`;
    return [count, rateText(rate(), unit), ending, text].filter((part) => part !== "");
  };
  const percent = () => `${Math.floor(fraction() * 100)} %`;

  return {
    update(nowDone: number, nowText: string, now: number) {
      const decay = Math.exp(-(now - time) / rateMemory);
      weightedUnits = weightedUnits * decay + (nowDone - done);
      weightedSeconds = weightedSeconds * decay + (now - time);
      done = nowDone;
      text = nowText;
      time = now;
    },
    line: () => `${label}: ${percent()}, ${facts().join(", ")}`,
    bar({ columns, color }: MessageStream): string {
      const tail = ` ${percent().padStart(5)}  ${facts().join("  ")}`;
      const width = Math.min(30, columns - 3 - label.length - tail.length);
      if (width < 5) return `${label} ${tail}`.slice(0, Math.max(0, columns - 1));
      const filled = Math.round(fraction() * width);
      const [full, rest] = ["━".repeat(filled), "─".repeat(width - filled)];
      const drawn = color ? `\x1b[36m${full}\x1b[39m\x1b[2m${rest}\x1b[22m` : `${full}${rest}`;
      return `${label} ${drawn}${tail}`;
    },
  };
}

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
