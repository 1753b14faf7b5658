import { fixed, textPath } from "../data/draw/svgText.ts";
import { optionNames } from "../wavelets/arguments/options.ts";
import { checkResult } from "../wavelets/arguments/result.ts";
import { packetPaths, type WaveletPacket } from "../wavelets/packets/waveletPacket.ts";
import { sized, spoken, type TimeOptions, timed, timeNames } from "./options.ts";
import { colorBar, colorBarRoom, roundTicks } from "./svg/colorBar.ts";
import { colorIndex, magnitudes } from "./svg/colors.ts";
import { frame } from "./svg/frame.ts";
import { classes, inked, picture } from "./svg/picture.ts";
import { imageIn } from "./svg/png.ts";
import { energyOf } from "./svg/stems.ts";
import { frequencyLabel } from "./timeFrequency.ts";

/** Options of {@link plotPackets}. */
export interface PacketsOptions extends TimeOptions {
  /** Paths of the nodes of a basis, such as those of `bestBasis`, which are outlined. */
  readonly basis?: readonly string[];
}

const names = optionNames<PacketsOptions>({ ...timeNames, basis: true });

/** The most columns of the raster. */
const mostColumns = 1024;
/** The colors end so many decibels below the largest node. */
const decibels = 60;

/**
 * A tree of wavelet packets as an SVG picture: a row for each level, the signal at the top, and in it the nodes by increasing
 * frequency, each as wide as its band. The color of a node is its energy in decibels of that of the signal; the nodes of a basis are outlined,
 * with their paths where they have room. Nodes that the tree lacks are left dark.
 *
 * Throws TypeError for anything but a result of `waveletPacket` or an unknown option, RangeError for a size out of range and for a path
 * that is not in the tree.
 *
 * @example
 * ```ts
 * const tone = Float64Array.from({ length: 64 }, (_, i) => Math.cos(1.1 * i));
 * const packet = waveletPacket(tone, "db4", { levels: 3 });
 * const svg = plotPackets(packet, { basis: bestBasis(packet, shannonEntropy).paths });
 * console.log(svg.includes("<title>Wavelet packets by db4</title>"));
 * // → true
 * ```
 */
export function plotPackets(packet: WaveletPacket, options: PacketsOptions = {}): string {
  checkResult(packet, "nodes", "waveletPacket");
  const { nodes, levels, lengths, wavelet, mode } = packet;
  const tall = 40 + 50 + Math.max(120, Math.min(44 * (levels + 1), 420));
  const { basis = [], title, width, height } = sized(options, names, [820, tall]);
  const { samplingPeriod, unit } = timed(options);
  const places = Array.from(
    { length: levels + 1 },
    (_, level) => new Map(packetPaths(level, "frequency").map((path, i) => [path, i] as const)),
  );
  const energy = (path: string) => energyOf(nodes.get(path) ?? []);
  const whole = energy("") || Math.max(...[...nodes.keys()].map(energy)) || 1;
  const columns = Math.min(mostColumns, 2 ** levels);
  const pixels = new Uint8Array(columns * (levels + 1));
  for (const [level, row] of places.entries())
    for (const [path, i] of row) {
      const share = energy(path) / whole;
      const color = share > 0 ? colorIndex(1 + (10 * Math.log10(share)) / decibels) : 0;
      const from = Math.floor((i * columns) / 2 ** level);
      const to = Math.max(from + 1, Math.floor(((i + 1) * columns) / 2 ** level));
      for (let at = from; at < to; at++) {
        const pixel = level * columns + at;
        pixels[pixel] = Math.max(pixels[pixel]!, color);
      }
    }
  const box = {
    ...{ left: 64, right: width - colorBarRoom - 8 },
    ...{ top: 40, bottom: height - 50 },
  };
  const rowHeight = (box.bottom - box.top) / (levels + 1);
  const highest = 0.5 / samplingPeriod;
  const { svg } = frame(
    box,
    { range: [0, highest], label: frequencyLabel(unit) },
    {
      ...{ range: [levels + 0.5, -0.5], label: "level" },
      ticks: Array.from({ length: levels + 1 }, (_, level) => level),
    },
    44,
  );
  const outlines = basis.map((path) => {
    const level = path.length;
    const i = places[level]?.get(path);
    if (i === undefined) throw new RangeError(`the tree of ${levels} levels has no node "${path}"`);
    const w = (box.right - box.left) / 2 ** level;
    const [left, above] = [box.left + i * w, box.top + level * rowHeight];
    const outline = `<path class="${classes.second}" stroke-width="2" d="M${fixed(left)} ${fixed(above)}h${fixed(w)}v${fixed(rowHeight)}h${fixed(-w)}Z"/>`;
    const wide = 8 * path.length + 4;
    if (path === "" || w < wide + 6 || rowHeight < 22) return outline;
    const [x, y] = [left + w / 2, above + rowHeight / 2];
    return `${outline}<rect class="${classes.paper}" fill-opacity="0.8" x="${fixed(x - wide / 2)}" y="${fixed(y - 8)}" width="${wide}" height="16" rx="3"/>${inked(textPath(path, [x, y - 4], "middle", 8))}`;
  });
  const loudest = [...(places[levels] ?? [])].reduce(
    (best, [path, i]) => (energy(path) > best.energy ? { energy: energy(path), i } : best),
    { energy: -1, i: 0 },
  );
  const band = [loudest.i, loudest.i + 1].map((i) => spoken((i * highest) / 2 ** levels));
  return picture(
    {
      title: title ?? `Wavelet packets by ${wavelet.name}`,
      description:
        `The energies of the wavelet packets of ${lengths[0]} samples by ${wavelet.name} in ${levels} levels, mode ${mode}. ` +
        `On the last level most energy is between ${band.join(" and ")} ${unit === "s" ? "Hz" : `cycles per ${unit || "sample"}`}. ` +
        (basis.length > 0
          ? `A basis of ${basis.length} nodes is outlined.`
          : "No basis is outlined."),
      ...{ width, height },
    },
    [
      imageIn(
        { width: columns, height: levels + 1, pixels, palette: magnitudes() },
        [box.left, box.top, box.right - box.left, box.bottom - box.top],
        false,
      ),
      ...outlines,
      svg,
      colorBar(box, {
        palette: magnitudes(),
        label: "energy in dB of the signal's",
        ticks: roundTicks(-decibels, 0),
      }),
    ],
  );
}
