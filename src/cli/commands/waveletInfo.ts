import { UserError } from "../../errors/userError.ts";
import { plotWavelet } from "../../plot/index.ts";
import {
  type ContinuousWavelet,
  continuousWavelet,
  continuousWaveletNames,
  type DiscreteWavelet,
  isWaveletName,
  type WaveletName,
  wavelet,
  waveletAliases,
  waveletFamilies,
  waveletNames,
} from "../../wavelets/index.ts";
import { defineCommand, type Io, type Result } from "../parser/command.ts";
import { ofLibrary } from "../shared/ofLibrary.ts";
import { plotKind, plotOf, plotOptions, writePlots } from "../shared/plotFile.ts";

/** `ondelette wavelet info`: the properties of a wavelet, or the names of all. */
export const command = defineCommand({
  about:
    "Of a discrete wavelet: its properties and filters. Of a continuous one: its frequency and widths. With -o it is drawn: functions, " +
    "frequency responses and filters.",
  positionals: {
    name: { optional: "wavelet, such as db4, cdf9/7 or morlet6", otherwise: "all are listed" },
  },
  options: {
    out: {
      type: "string",
      short: "o",
      aliases: ["output"],
      placeholder: "FILE",
      otherwise: "none",
      help: "plot (.svg, .png) to write",
    },
    ...plotOptions,
  },
  examples: [
    "ondelette wavelet info",
    "ondelette wavelet info db4",
    "ondelette wavelet info bior2.2 -o bior.svg",
    "ondelette wavelet info cmor1.5-1.0 --json",
  ],
  async run({ name, out, ...args }, io) {
    if (name === undefined) {
      if (out !== undefined) throw new UserError("name the wavelet to draw, such as db4");
      return list(io);
    }
    const found = ofLibrary(() => (isDiscrete(name) ? wavelet(name) : continuous(name)));
    if (out !== undefined) {
      const kind = await plotKind(out, []);
      const title = `Wavelet ${found.name}`;
      await writePlots(out, kind, [plotWavelet(found, plotOf(args, "", title))], { title });
      io.log(`wrote ${out}`);
    }
    return "decLo" in found ? discreteInfo(found, io) : continuousInfo(found, io);
  },
});

const isDiscrete = (name: string): name is WaveletName =>
  isWaveletName(name) || Object.hasOwn(waveletAliases, name);

/** The continuous wavelet of a name. What begins like a discrete one, or like none, is refused as such. */
function continuous(name: string): ContinuousWavelet {
  const families = waveletFamilies().filter(({ kind }) => kind === "discrete");
  if (families.some(({ short }) => name.startsWith(short)))
    return wavelet(name as WaveletName) as never;
  const isLike = (known: string) => name.startsWith(/^[a-z]+/.exec(known)![0]);
  if (continuousWaveletNames.some(isLike)) return continuousWavelet(name);
  throw new UserError(`"${name}" is not a wavelet; \`ondelette wavelet info\` lists all`);
}

function list({ print }: Io): Result {
  const known = waveletFamilies();
  const families = known
    .filter(({ kind }) => kind === "discrete")
    .map(({ short, name }) => ({
      ...{ name, kind: "discrete" },
      wavelets: waveletNames.filter((one) => one.replace(/[\d.]+$/, "") === short),
    }));
  print("Discrete:");
  for (const { name, wavelets } of families) print(`  ${name}: ${wavelets.join(" ")}`);
  print(
    `  Aliases: ${Object.entries(waveletAliases)
      .map((pair) => pair.join(" = "))
      .join(", ")}`,
  );
  print("Continuous:");
  print(`  ${continuousWaveletNames.join(" ")}`);
  print("  shan, fbsp, cmor, morlet, morse and cauchy take other numbers as well.");
  return {
    discrete: families,
    aliases: { ...waveletAliases },
    continuous: continuousWaveletNames,
  };
}

function discreteInfo(found: DiscreteWavelet, { print }: Io): Result {
  const { name, family, orthogonal, biorthogonal, symmetry, supportWidth } = found;
  const { vanishingMoments, dualVanishingMoments, decLo, decHi, recLo, recHi } = found;
  const kind = orthogonal ? "orthogonal" : biorthogonal ? "biorthogonal" : "nearly orthogonal";
  const moments =
    vanishingMoments === dualVanishingMoments
      ? `${vanishingMoments}`
      : `${vanishingMoments} of analysis, ${dualVanishingMoments} of synthesis`;
  print(`${name}: ${family}, ${kind}, ${symmetry}`);
  print(`  vanishing moments ${moments}; support of ${supportWidth}; filters of ${decLo.length}`);
  const filters = { decLo, decHi, recLo, recHi };
  for (const [which, taps] of Object.entries(filters)) print(`  ${which}  ${taps.join(" ")}`);
  return {
    ...{ name, kind: "discrete", family, orthogonal, biorthogonal, symmetry, supportWidth },
    ...{ vanishingMoments, dualVanishingMoments, ...filters },
  };
}

function continuousInfo(found: ContinuousWavelet, { print }: Io): Result {
  const { name, complex, centralFrequency, meanFrequency, energy, admissibility } = found;
  const { timeSpread, frequencySpread, eFolding } = found;
  const told = (value: number) => `${Number(value.toPrecision(6))}`;
  print(`${name}: continuous, ${complex ? "complex" : "real"}`);
  print(
    `  peak at ${told(centralFrequency)} cycles per unit: at scale s, at ${told(centralFrequency)}/s cycles per sample`,
  );
  print(
    `  mean frequency ${told(meanFrequency / (2 * Math.PI))}, spread ${told(frequencySpread / (2 * Math.PI))}`,
  );
  print(`  spread in time ${told(timeSpread)}; |ψ| falls to 1/e at ${told(eFolding)}`);
  print(`  energy ${told(energy)}; admissibility ${told(admissibility)}`);
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    ...{ name, kind: "continuous", complex, centralFrequency, meanFrequency, energy },
    ...{ admissibility: finite(admissibility), timeSpread: finite(timeSpread) },
    ...{ frequencySpread, eFolding },
  };
}
