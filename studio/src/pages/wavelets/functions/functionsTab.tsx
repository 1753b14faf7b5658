import type { Remote } from "comlink";
import type { WaveletName } from "ondelette/wavelets";
import { Chart, type Line } from "../../../shared/chart.tsx";
import { Facts, Failure, Figure, Waiting } from "../../../shared/figure.tsx";
import { useLatest } from "../../../shared/latest.ts";
import type { WaveletsApi } from "../worker.ts";
import type { Curves, Shape } from "./shape.ts";

/** Scaling function, wavelet, filters and spectra. */
export function FunctionsTab({
  remote,
  name,
}: {
  readonly remote: Remote<WaveletsApi> | undefined;
  readonly name: WaveletName;
}) {
  const { value, error, busy } = useLatest(() => remote?.shape(name), [remote, name]);
  if (error !== undefined) return <Failure message={error} />;
  if (!value) return <Waiting what="Computing" />;
  return <Shown shape={value} name={name} busy={busy} />;
}

function Shown({
  shape,
  name,
  busy,
}: {
  readonly shape: Shape;
  readonly name: string;
  readonly busy: boolean;
}) {
  const { properties, filters, centralFrequency } = shape;
  const { orthogonal, biorthogonal, vanishingMoments, dualVanishingMoments } = properties;
  const { decLo, decHi, recLo, recHi } = filters;
  return (
    <>
      <Figure title={`${name}: ${properties.family}`} wide busy={busy}>
        <Facts
          facts={{
            Kind: orthogonal ? "orthogonal" : biorthogonal ? "biorthogonal" : "nearly orthogonal",
            "Vanishing moments":
              vanishingMoments === dualVanishingMoments
                ? `${vanishingMoments}`
                : `${vanishingMoments}, dual ${dualVanishingMoments}`,
            Symmetry: properties.symmetry,
            "Support of ψ": `${properties.supportWidth}`,
            "Filter length": `${decLo.length}`,
            "Central frequency":
              centralFrequency === undefined ? "none" : centralFrequency.toFixed(4),
          }}
        />
      </Figure>
      <Functions title="Scaling function φ" curves={shape.scaling} missing="φ" />
      <Functions title="Wavelet ψ" curves={shape.wavelet} missing="ψ" />
      <Taps title="Analysis filters" low={["decLo", decLo]} high={["decHi", decHi]} />
      <Taps title="Synthesis filters" low={["recLo", recLo]} high={["recHi", recHi]} />
      <Figure title="Frequency response of the filters">
        <Chart
          label={`Moduli of the frequency responses of the filters of ${name}`}
          x={shape.response.x}
          xLabel="cycles per sample"
          yLabel="modulus"
          lines={colored(shape.response)}
        />
      </Figure>
      <Figure title="Spectra of φ and ψ">
        <Chart
          label={`Moduli of the Fourier transforms of the functions of ${name}`}
          x={shape.spectra.x}
          xLabel="cycles per unit"
          yLabel="modulus"
          lines={colored(shape.spectra)}
        />
      </Figure>
      <Figure title="Taps" wide>
        <details>
          <summary>All {decLo.length} taps of the four filters, to the last digit</summary>
          <TapTable filters={filters} />
        </details>
      </Figure>
    </>
  );
}

/** Of two pairs of lines the second is dashed, in the colors of the first. */
const colored = ({ lines }: Curves): Line[] =>
  lines.map((line, i) => ({
    ...line,
    label: i >= 2 ? `${line.label} (dashed)` : line.label,
    color: i % 2 === 0 ? "--line-1" : "--line-2",
    dashed: i >= 2,
  }));

function Functions({
  title,
  curves,
  missing,
}: {
  readonly title: string;
  readonly curves: Curves;
  readonly missing: string;
}) {
  const analysis = curves.lines.length === 1 && curves.lines[0]!.label.includes("analysis");
  return (
    <Figure
      title={title}
      {...(analysis && { note: `${missing} of synthesis is not a function with values or means.` })}
    >
      <Chart
        label={title}
        x={curves.x}
        xLabel="x"
        yLabel={`${missing}(x)`}
        lines={curves.lines.map((line, i) => ({ ...line, dashed: i === 1 }))}
        legend={curves.lines.length > 1}
      />
    </Figure>
  );
}

type NamedFilter = readonly [name: string, taps: readonly number[]];

function Taps({
  title,
  low,
  high,
}: {
  readonly title: string;
  readonly low: NamedFilter;
  readonly high: NamedFilter;
}) {
  // A quarter of a step apart, so that the stems of both are seen.
  const apart = 0.13;
  const x = low[1].flatMap((_, n) => [n - apart, n + apart]);
  const beside = ([label, taps]: NamedFilter, which: 0 | 1): Line => ({
    label,
    values: x.map((_, i) => (i % 2 === which ? (taps[i >> 1] ?? null) : null)),
    form: "stems",
  });
  return (
    <Figure title={title}>
      <Chart
        label={title}
        x={x}
        xLabel="n"
        yLabel="tap"
        lines={[beside(low, 0), beside(high, 1)]}
      />
    </Figure>
  );
}

function TapTable({ filters }: { readonly filters: Shape["filters"] }) {
  const names = ["decLo", "decHi", "recLo", "recHi"] as const;
  return (
    <div class="scrolled">
      <table class="taps">
        <thead>
          <tr>
            <th scope="col">n</th>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {filters.decLo.map((_, n) => (
            <tr key={`${n}`}>
              <td>{n}</td>
              {names.map((name) => (
                <td key={name}>{`${filters[name][n]! + 0}`.replace("-", "−")}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
