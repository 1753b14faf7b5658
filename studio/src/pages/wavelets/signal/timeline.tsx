import { useMemo } from "preact/hooks";
import { type Draw, Drawn } from "../../../shared/drawn.tsx";
import { RasterCanvas } from "../../../shared/pictures/rasterCanvas.tsx";
import { themeColor } from "../../../shared/theme.ts";
import { type Envelope, type Part, type Scalogram, short } from "./analysis.ts";
import { scalogramRaster } from "./scalogramRaster.ts";
import type { Series } from "./series.ts";
import { logTicks, ticks } from "./ticks.ts";

/** Where the cursor is: shares of the time and of the height of the scalogram, from 0 to 1. */
export interface Place {
  readonly time: number;
  readonly row: number;
}

/** Waveform, scalogram and parts over a common time. */
export function Timeline({
  series,
  scalogram,
  range,
  whole,
  parts,
  place,
  move,
}: {
  readonly series: Series;
  readonly scalogram: Scalogram | undefined;
  /** Decibels that colors show. */
  readonly range: number;
  readonly whole: Envelope;
  readonly parts: readonly Part[];
  readonly place: Place;
  readonly move: (place: Place) => void;
}) {
  const raster = useMemo(() => scalogram && scalogramRaster(scalogram, range), [scalogram, range]);
  const seconds = series.samples.length / series.rate;
  const unit = series.rate === 1 ? "" : " s";
  const drag = (event: PointerEvent & { readonly currentTarget: HTMLElement }) => {
    if (event.type === "pointermove" && event.buttons === 0 && event.pointerType !== "mouse")
      return;
    const box = event.currentTarget.getBoundingClientRect();
    const plane = event.currentTarget.querySelector(".scalogram")?.getBoundingClientRect();
    const share = (at: number, from: number, length: number) =>
      Math.max(0, Math.min(1, (at - from) / length));
    const isOver = plane && event.clientY >= plane.top && event.clientY <= plane.bottom;
    move({
      time: share(event.clientX, box.left, box.width),
      row: isOver ? share(event.clientY, plane.top, plane.height) : place.row,
    });
  };
  const step = (event: KeyboardEvent) => {
    const [dx, dy] = arrows[event.key] ?? [];
    if (dx === undefined || dy === undefined) return;
    event.preventDefault();
    const by = event.shiftKey ? 10 : 1;
    const within = (x: number) => Math.max(0, Math.min(1, x));
    const rows = scalogram?.frequencies.length ?? 1;
    move({
      time: within(place.time + (by * dx) / (scalogram?.columns ?? 1000)),
      row: within(place.row + (by * dy) / rows),
    });
  };
  return (
    <div class="timeline">
      <div class="labels" aria-hidden="true">
        <span class="wave">signal</span>
        <div class="plane">
          {scalogram && <FrequencyLabels frequencies={scalogram.frequencies} series={series} />}
        </div>
        {parts.map(({ name, band, share }) => (
          <span key={name} class="part">
            <b>
              {name} {percent(share)}
            </b>
            <span>{band}</span>
          </span>
        ))}
        <span class="axis" />
      </div>
      <div
        class="plots"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move its cursor
        tabIndex={0}
        aria-label="Signal over time; arrow keys move the cursor"
        onPointerMove={drag}
        onPointerDown={drag}
        onKeyDown={step}
      >
        <Strip label="The signal" envelope={whole} height={64} color="--text-soft" />
        <div class="plane scalogram">
          <RasterCanvas raster={raster} label="Scalogram: modulus over time and frequency">
            {scalogram && (
              <svg class="over" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
                <defs>
                  <pattern id="hatch" width="0.006" height="0.03" patternUnits="userSpaceOnUse">
                    <path d="M0 0.03L0.006 0" class="hatch" />
                  </pattern>
                </defs>
                <path d={coneOf(scalogram)} fill="url(#hatch)" />
              </svg>
            )}
          </RasterCanvas>
          <div class="cursor across" style={{ top: `${100 * place.row}%` }} />
        </div>
        {parts.map(({ name, band, envelope }) => (
          <Strip
            key={name}
            label={`${name}, ${band}`}
            envelope={envelope}
            height={46}
            color="--line-1"
          />
        ))}
        <div class="axis">
          {ticks(0, seconds, 6).map((tick) => (
            <span
              key={tick}
              style={{ left: `${(100 * tick) / seconds}%` }}
              class={tick > 0.97 * seconds ? "last" : tick === 0 ? "first" : undefined}
            >
              {tick}
              {unit}
            </span>
          ))}
        </div>
        <div class="cursor" style={{ left: `${100 * place.time}%` }} />
      </div>
    </div>
  );
}

const percent = (share: number): string =>
  share < 0.001 ? "<0.1 %" : `${Number((100 * share).toPrecision(2))} %`;

const arrows: Readonly<Record<string, readonly [dx: number, dy: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Frequencies at their height; periods where time has no unit. */
function FrequencyLabels({
  frequencies,
  series,
}: {
  readonly frequencies: readonly number[];
  readonly series: Series;
}) {
  const [high, low] = [frequencies[0]!, frequencies.at(-1)!]; // a scale at least
  const isPeriod = series.rate === 1;
  const values = isPeriod ? logTicks(1 / high, 1 / low) : logTicks(low, high);
  const topOf = (tick: number) =>
    (100 * Math.log(high / (isPeriod ? 1 / tick : tick))) / Math.log(high / low);
  return (
    <>
      {values.map((tick) => (
        <span key={tick} style={{ top: `${topOf(tick)}%` }}>
          {short(tick)}
        </span>
      ))}
      <span class="unit">{isPeriod ? "period" : "Hz"}</span>
    </>
  );
}

/** What lies outside the cone of influence, at both ends, in units of the width and the height. */
function coneOf({ cone }: Scalogram): string {
  const rows = cone.length;
  const edge = (side: (share: number) => number) =>
    cone
      .map(
        (share, i) => `L${side(Math.min(0.5, share)).toFixed(4)} ${((i + 0.5) / rows).toFixed(4)}`,
      )
      .join("");
  return `M0 0${edge((x) => x)}L${Math.min(0.5, cone.at(-1) ?? 0)} 1L0 1ZM1 0${edge((x) => 1 - x)}L${1 - Math.min(0.5, cone.at(-1) ?? 0)} 1L1 1Z`;
}

/** A signal between its envelope's lines; a line where each sample has a column. */
function Strip({
  label,
  envelope,
  height,
  color,
}: {
  readonly label: string;
  readonly envelope: Envelope;
  readonly height: number;
  readonly color: `--${string}`;
}) {
  const draw = useMemo((): Draw => {
    const { low, high } = envelope;
    const least = low.reduce((a, b) => Math.min(a, b), 0);
    const most = high.reduce((a, b) => Math.max(a, b), 0);
    return (context, width, height) => {
      const span = most - least || 1;
      const y = (value: number) => height - 3 - ((value - least) / span) * (height - 6);
      const x = (i: number) => ((i + 0.5) / low.length) * width;
      context.strokeStyle = themeColor("--grid");
      context.beginPath();
      context.moveTo(0, y(0));
      context.lineTo(width, y(0));
      context.stroke();
      context.strokeStyle = themeColor(color);
      context.lineWidth = 1.2;
      context.lineJoin = "round";
      context.beginPath();
      for (let i = 0; i < low.length; i++) {
        context.lineTo(x(i), y(high[i]!));
        if (low[i] !== high[i]) context.lineTo(x(i), y(low[i]!));
      }
      context.stroke();
    };
  }, [envelope, color]);
  return <Drawn label={label} height={height} draw={draw} />;
}
