import { checkRegularFile } from "../../data/files/readWholeFile.ts";
import { plotPackets } from "../../plot/index.ts";
import {
  bestBasis,
  dwtMaxLevel,
  l1Norm,
  logEnergy,
  shannonEntropy,
  type WaveletName,
  wavelet,
  waveletPacket,
} from "../../wavelets/index.ts";
import { defineCommand } from "../parser/command.ts";
import { outputOption } from "../parser/options.ts";
import { ofLibrary } from "../shared/ofLibrary.ts";
import { plotKind, plotOf, plotOptions, writePlots } from "../shared/plotFile.ts";
import { readSignalInput, signalInputOptions } from "../shared/waveletInput.ts";
import { dwtOptions } from "../shared/waveletOptions.ts";

/** Levels where none are asked for: 64 bands are as many as a plot shows well. */
const usualLevels = 6;

const costs = { shannon: shannonEntropy, l1: l1Norm, "log-energy": logEnergy } as const;

/** `ondelette wavelet packets`: the tree of a signal's wavelet packets with its best basis. */
export const command = defineCommand({
  about:
    "A row for each level, the signal at the top, shows the energy of its bands by increasing frequency. The nodes of the best basis, which " +
    "holds the signal in the fewest large coefficients, are outlined; their paths are printed: a is low-pass, d high-pass.",
  positionals: { input: "sound (.wav) or array (.npy) to transform" },
  options: {
    out: outputOption("plot (.svg, .png) to write"),
    wavelet: dwtOptions.wavelet,
    levels: {
      ...{ type: "integer", min: 1, max: 12, help: "depth of the tree" },
      otherwise: `${usualLevels}, or fewer of a short signal`,
    },
    mode: { ...dwtOptions.mode, default: "periodization" },
    cost: {
      type: "choice",
      choices: ["shannon", "l1", "log-energy"],
      default: "shannon",
      help: "what the best basis has least of: entropy, sum of moduli, or sum of logarithms of energies",
    },
    ...signalInputOptions,
    ...plotOptions,
  },
  examples: [
    "ondelette wavelet packets speech.wav -o tree.svg",
    "ondelette wavelet packets signal.npy -o tree.png --wavelet sym8 --levels 4 --cost l1",
  ],
  async run({ input: path, out, cost, mode, ...args }, io) {
    await checkRegularFile(path);
    const kind = await plotKind(out, [path]);
    const bank = ofLibrary(() => wavelet(args.wavelet as WaveletName));
    const { size, channels, samplingPeriod, unit } = await readSignalInput(path, args, io.log);
    const levels = args.levels ?? Math.min(usualLevels, dwtMaxLevel(size[0], bank));
    const title = `Wavelet packets by ${bank.name}`;
    const bases = channels.map(({ name, data }) => {
      const packet = ofLibrary(() => waveletPacket(data, bank, { levels, mode }));
      const basis = bestBasis(packet, costs[cost]).paths;
      const plot = plotPackets(packet, {
        ...{ basis, samplingPeriod, ...(unit && { unit }) },
        ...plotOf(args, name, title),
      });
      return { name, basis, plot };
    });
    await writePlots(
      out,
      kind,
      bases.map(({ plot }) => plot),
      { title: args.title ?? title },
    );
    io.print(`${out}: ${size[0]} samples by ${bank.name} in ${levels} levels, mode ${mode}`);
    for (const { name, basis } of bases)
      io.print(`  ${name && `${name}: `}best basis of ${basis.length} nodes: ${listed(basis)}`);
    return {
      ...{ out, size, wavelet: bank.name, levels, mode, cost },
      channels: bases.map(({ name, basis }) => ({ name, basis })),
    };
  },
});

/** Nodes on a line that are read at a glance; all are in the object that --json prints. */
const mostListed = 20;

const listed = (basis: readonly string[]): string =>
  basis
    .slice(0, mostListed)
    .map((node) => node || "the signal")
    .join(" ") + (basis.length > mostListed ? " …" : "");
