import type { Remote } from "comlink";
import type { WaveletName } from "ondelette/wavelets";
import { useCallback, useMemo, useState } from "preact/hooks";
import { Chart } from "../../../shared/chart.tsx";
import { Button, Buttons } from "../../../shared/controls.tsx";
import { Facts, Failure, Figure } from "../../../shared/figure.tsx";
import { useLatest } from "../../../shared/latest.ts";
import type { WaveletsApi } from "../worker.ts";
import type { ScalogramSettings } from "./analysis.ts";
import { short } from "./analysis.ts";
import { usePlayer } from "./player.ts";
import type { Series } from "./series.ts";
import { type Place, Timeline } from "./timeline.tsx";

/** A sound or a series: scalogram and multiresolution over a common time, with a cursor that plays along. */
export function SignalTab({
  remote,
  series,
  scalogram,
  range,
  parts,
}: {
  readonly remote: Remote<WaveletsApi> | undefined;
  readonly series: Series | undefined;
  readonly scalogram: ScalogramSettings;
  readonly range: number;
  readonly parts: {
    readonly wavelet: WaveletName;
    readonly levels: number;
    readonly transform: "swt" | "dwt";
  };
}) {
  const { psi, voices, norm } = scalogram;
  const { wavelet, levels, transform } = parts;
  const plane = useLatest(
    () => (series && remote ? remote.scalogram(series.samples, series.rate, scalogram) : undefined),
    [remote, series, psi, voices, norm],
  );
  const lines = useLatest(
    () => (series && remote ? remote.parts(series.samples, series.rate, parts) : undefined),
    [remote, series, wavelet, levels, transform],
  );
  const shape = useLatest(() => remote?.continuous(psi), [remote, psi]);
  const [place, setPlace] = useState<Place>({ time: 0.2, row: 0.4 });
  const follow = useCallback((time: number) => setPlace((last) => ({ ...last, time })), []);
  const { isPlaying, play, stop } = usePlayer(series, follow);
  const error = plane.error ?? lines.error ?? shape.error;
  const facts = useMemo(
    () => (series && plane.value ? factsAt(series, plane.value, place) : {}),
    [series, plane.value, place],
  );
  if (error !== undefined) return <Failure message={error} />;
  return (
    <>
      <Figure
        title={series?.name ?? "Signal"}
        wide
        busy={plane.busy || lines.busy}
        {...(series?.notice !== undefined && { note: series.notice })}
      >
        <div class="transport">
          {series?.isSound && (
            <Buttons>
              <Button main action={() => (isPlaying ? stop() : play(place.time))}>
                {isPlaying ? "Stop" : "Play"}
              </Button>
            </Buttons>
          )}
          <Facts facts={facts} />
        </div>
        {series && lines.value && (
          <Timeline
            series={series}
            scalogram={plane.value}
            range={range}
            whole={lines.value.whole}
            parts={lines.value.parts}
            place={place}
            move={setPlace}
          />
        )}
        <p class="note">
          {plane.value &&
            `${plane.value.frequencies.length} scales of ${psi} in ${(plane.value.seconds * 1000).toFixed(0)} ms. `}
          Hatched: outside the cone of influence. Parts by {wavelet}, with their share of the
          energy.
        </p>
      </Figure>
      {shape.value && (
        <>
          <Figure title={`ψ(t) of ${shape.value.name}`}>
            <Chart
              label={`The continuous wavelet ${shape.value.name}`}
              x={shape.value.t}
              xLabel="t"
              yLabel="ψ(t)"
              height={180}
              lines={[
                { label: "real part", values: shape.value.values.map(({ re }) => re) },
                ...(shape.value.complex
                  ? [
                      {
                        label: "imaginary part",
                        values: shape.value.values.map(({ im }) => im),
                        dashed: true,
                      },
                    ]
                  : []),
              ]}
            />
          </Figure>
          <Figure
            title="Its spectrum"
            note={`Largest at ${shape.value.centralFrequency.toFixed(4)} cycles per unit.`}
          >
            <Chart
              label={`The modulus of the spectrum of ${shape.value.name}`}
              x={shape.value.cycles}
              xLabel="cycles per unit"
              yLabel="modulus"
              height={180}
              lines={[{ label: "modulus", values: shape.value.modulus }]}
            />
          </Figure>
        </>
      )}
    </>
  );
}

type Plane = Awaited<ReturnType<Remote<WaveletsApi>["scalogram"]>>;

function factsAt({ samples, rate, isSound }: Series, plane: Plane, { time, row }: Place) {
  const at = Math.min(samples.length - 1, Math.floor(time * samples.length));
  const rows = plane.frequencies.length;
  const i = Math.min(rows - 1, Math.floor(row * rows));
  const column = Math.min(plane.columns - 1, Math.floor(time * plane.columns));
  const modulus = plane.modulus[i * plane.columns + column]!;
  const frequency = plane.frequencies[i]!;
  return {
    ...(isSound || rate !== 1
      ? { Time: `${(at / rate).toFixed(3)} s`, Frequency: `${short(frequency)} Hz` }
      : { Sample: `${at}`, Period: `${short(1 / frequency)} samples` }),
    Value: samples[at]!.toPrecision(3).replace("-", "−"),
    Modulus: modulus.toPrecision(3),
    "Below the largest": `${(20 * Math.log10(plane.largest / modulus)).toFixed(1)} dB`,
  };
}
