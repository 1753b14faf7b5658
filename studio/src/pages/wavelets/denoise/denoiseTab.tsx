import type { Remote } from "comlink";
import type { Raster } from "ondelette/data";
import { Chart } from "../../../shared/chart.tsx";
import { Facts, Failure, Figure } from "../../../shared/figure.tsx";
import { useLatest } from "../../../shared/latest.ts";
import { RasterCanvas } from "../../../shared/pictures/rasterCanvas.tsx";
import type { WaveletsApi } from "../worker.ts";
import type { ShrinkSettings } from "./shrink.ts";

/** Factors at which the curve is computed. */
const factors = [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3];

/** Noise that is added to a picture, and the picture without most of it. */
export function DenoiseTab({
  remote,
  picture,
  settings,
}: {
  readonly remote: Remote<WaveletsApi> | undefined;
  readonly picture: Raster | undefined;
  readonly settings: ShrinkSettings;
}) {
  const { factor, ...others } = settings;
  const inputs = [remote, picture, ...Object.values(others)];
  const { value, error, busy } = useLatest(
    () => (picture && remote ? remote.shrink(picture, settings) : undefined),
    [...inputs, factor],
  );
  // The stationary transform and cycle spinning take too long for a curve.
  const isQuick = settings.transform === "dwt" && settings.shifts === 1;
  const curve = useLatest(
    () => (picture && remote && isQuick ? remote.sweep(picture, settings, factors) : undefined),
    inputs,
  );
  if (error !== undefined) return <Failure message={error} />;
  const points = isQuick ? curve.value : undefined;
  const best = points?.reduce((a, b) => (b.psnr > a.psnr ? b : a));
  const now = value && { factor, psnr: value.psnr.clean };
  const shown = [...(points ?? []), ...(now ? [now] : [])].sort((a, b) => a.factor - b.factor);
  return (
    <>
      <Figure title="With noise" busy={busy}>
        <RasterCanvas raster={value?.noisy} label="The picture with noise" />
        <Facts facts={{ PSNR: decibels(value?.psnr.noisy) }} />
      </Figure>
      <Figure title="Shrunk" busy={busy}>
        <RasterCanvas raster={value?.clean} label="The picture after shrinkage" />
        <Facts
          facts={{
            PSNR: decibels(value?.psnr.clean),
            Gain: value ? decibels(value.psnr.clean - value.psnr.noisy) : "…",
            "Details that are 0": value ? `${(100 * value.zeros).toFixed(1)} %` : "…",
            Time: value ? `${(1000 * value.seconds).toFixed(0)} ms` : "…",
          }}
        />
      </Figure>
      {isQuick && (
        <Figure
          title="PSNR by the factor of the thresholds"
          wide
          busy={curve.busy}
          {...(best && {
            note: `Best of these at ${best.factor} times the thresholds of the rule: ${decibels(best.psnr)}, ${(100 * best.zeros).toFixed(1)} % zeros.`,
          })}
        >
          <Chart
            label="PSNR against the factor by which thresholds are multiplied"
            x={shown.map((point) => point.factor)}
            xLabel="factor"
            yLabel="PSNR, dB"
            lines={[
              { label: "PSNR", values: shown.map(({ psnr }) => finite(psnr)) },
              {
                label: "now",
                values: shown.map((point) => (point === now ? finite(point.psnr) : null)),
                form: "dots",
              },
            ]}
            height={200}
          />
        </Figure>
      )}
    </>
  );
}

const finite = (x: number): number | null => (Number.isFinite(x) ? x : null);

const decibels = (psnr: number | undefined): string =>
  psnr === undefined ? "…" : Number.isFinite(psnr) ? `${psnr.toFixed(2)} dB` : "no error";
