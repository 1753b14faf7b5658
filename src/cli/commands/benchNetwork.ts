import { cpus } from "node:os";
import { checkFilePath, writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { UserError } from "../../errors/userError.ts";
import { type Collective, collectiveSeconds } from "../../mpi/network/collectives.ts";
import { measureNetwork } from "../../mpi/network/measureNetwork.ts";
import { defineCommand, type Io } from "../parser/command.ts";
import type { NetworkFile } from "../shared/networkFile.ts";
import { bandwidthText, parseQuantity, timeText } from "../shared/quantities.ts";
import { sizeText } from "../shared/sizeText.ts";

/** `ondelette bench-network`: how long the calls of a training take between the processes that were started together. */
export const command = defineCommand({
  about:
    "Start it as the training will be started, on the same machines: mpiexec -n 4 ondelette bench-network. It measures " +
    "all-reduce, reduce-scatter and all-gather at 8 B to 64 MB, and fits a latency and a bandwidth to them, with which " +
    "ondelette plan predicts trainings of more processes. Each time is the median of several calls, on the slowest process.",
  parallel: true,
  options: {
    out: {
      type: "string",
      short: "o",
      aliases: ["output"],
      placeholder: "FILE",
      otherwise: "none is written",
      help: "file to write for ondelette plan --network (.json)",
    },
    largest: {
      type: "string",
      placeholder: "SIZE",
      default: "64MB",
      help: "bytes of the longest calls; less for a slow network",
    },
    repeats: {
      type: "integer",
      min: 3,
      max: 10_000,
      default: 100,
      help: "calls of each length; of long ones fewer are made",
    },
  },
  examples: [
    "mpiexec -n 2 ondelette bench-network",
    "mpiexec -n 2 ondelette bench-network -o network.json",
  ],
  async run({ out, largest: largestText, repeats }, io) {
    const { ranks } = io;
    const largest = parseQuantity("--largest", "bytes", largestText);
    if (largest > mostBytes) {
      throw new UserError(`--largest must be at most ${sizeText(mostBytes)}, not “${largestText}”`);
    }
    if (ranks.size === 1) {
      throw new UserError(
        "a network is measured between several processes; start them with mpiexec -n 2 ondelette bench-network",
      );
    }
    if (out !== undefined && ranks.rank === 0) await checkFilePath(out);
    const progress = io.progress({ label: "measuring", total: 1 });
    const report = (done: number, bytes: number) => progress.update(done, sizeText(bytes));
    const measured = await measureNetwork(ranks, { largest, repeats, report });
    progress.finish();
    const own = { localRanks: ranks.localSize, cores: cpus().length };
    const network: NetworkFile = { kind: "network", format: 1, ...own, ...measured };
    if (out !== undefined && ranks.rank === 0) {
      await writeFileAtomically(out, `${JSON.stringify(network, undefined, 2)}\n`);
    }
    print(network, io);
    if (out !== undefined) io.print(out);
    return { ...network, points: network.points.map((point) => ({ ...point })) };
  },
});

/** More than any gradient has, and less than an array may be long. */
const mostBytes = 4e9;

const columns: readonly (readonly [Collective, string])[] = [
  ["allReduce", "all-reduce"],
  ["reduceScatter", "reduce-scatter"],
  ["allGather", "all-gather"],
];

/** The times by length and call, with the model's beside them. */
function print(network: NetworkFile, io: Io): void {
  const { ranks, localRanks, cores, points, latency, bandwidth, deviation } = network;
  const cell = (text: string) => text.padStart(22);
  io.print(`${"bytes".padStart(7)}${columns.map(([, title]) => cell(title)).join("")}`);
  const lengths = new Set(points.map((point) => point.bytes).toSorted((a, b) => a - b));
  for (const bytes of lengths) {
    const row = columns.map(([call]) => {
      const found = points.find((point) => point.call === call && point.bytes === bytes);
      const model = timeText(collectiveSeconds(call, ranks, bytes, network));
      return cell(found ? `${timeText(found.seconds)} (${model})` : "");
    });
    io.print(`${sizeText(bytes).padStart(7)}${row.join("")}`.trimEnd());
  }
  io.print(
    `latency ${timeText(latency)}, bandwidth ${bandwidthText(bandwidth)}, between ${ranks} processes; in brackets what a ` +
      `model of the two says, off by ${(100 * deviation).toFixed(0)} % in the median`,
  );
  if (localRanks === ranks) {
    io.print(
      "all processes are on one machine: these are the numbers of its memory, and of no network",
    );
  }
  if (localRanks > cores) {
    io.print(
      `${localRanks} processes share ${cores} ${cores === 1 ? "core" : "cores"}: the latency is mostly that of taking turns`,
    );
  }
}
