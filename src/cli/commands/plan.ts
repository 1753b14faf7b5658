import { UserError } from "../../errors/userError.ts";
import type { Link } from "../../mpi/network/collectives.ts";
import { schemes } from "../../train/planning/memory.ts";
import { predictStep, type StepCost } from "../../train/planning/predictStep.ts";
import { type Predictions, recommend, type Wishes } from "../../train/planning/recommend.ts";
import { defineCommand } from "../parser/command.ts";
import { readNetwork } from "../shared/networkFile.ts";
import { stepCostOf } from "../shared/plannedRun.ts";
import { planTable, sentencesOf } from "../shared/planText.ts";
import { bandwidthText, parseQuantity, timeText } from "../shared/quantities.ts";

/** `ondelette plan`: predicts the steps of a training on many machines, and says which way of sharing to take. */
export const command = defineCommand({
  about:
    "Predicts how long a training's steps take on many processes, each with a batch of its own, by an α-β model: " +
    "a message takes the latency and its bytes over the bandwidth. The ways to share are sums of gradients in every step, " +
    "the same with the optimizer in shards (--shard-optimizer of a training), and local steps that are averaged now and then " +
    "(--sync-every). Efficiency is against as many processes that know nothing of each other. That some processes are slower " +
    "than others, and that local steps learn less, is not in it. ondelette bench-network measures the network.",
  options: {
    params: {
      type: "integer",
      min: 1,
      max: 1e13,
      otherwise: "those of --run",
      help: "learned parameters of the model",
    },
    stepTime: {
      type: "string",
      placeholder: "TIME",
      otherwise: "that of --run",
      help: "time of a step of one process by itself, on one batch: 85ms",
    },
    run: {
      type: "string",
      placeholder: "RUN",
      otherwise: "none; give --params and --step-time",
      help: "run folder whose parameters and measured step time to take",
    },
    latency: {
      type: "string",
      placeholder: "TIME",
      otherwise: "that of --network",
      help: "latency between two processes: 20us",
    },
    bandwidth: {
      type: "string",
      placeholder: "RATE",
      otherwise: "that of --network",
      help: "bandwidth between two processes: 25Gbit/s or 3GB/s",
    },
    network: {
      type: "string",
      placeholder: "FILE",
      otherwise: "none; give --latency and --bandwidth",
      help: "network that ondelette bench-network measured",
    },
    ranks: {
      type: "string",
      placeholder: "P,P…",
      default: "1,2,4,8,64,512",
      help: "numbers of processes to predict, separated by commas",
    },
    syncEvery: {
      type: "integer",
      min: 1,
      max: 1e9,
      default: 50,
      help: "local steps between two averages (DiLoCo)",
    },
    slots: {
      type: "integer",
      min: 0,
      max: 100,
      otherwise: "2, as AdamW and Muon have, or those of --run",
      help: "arrays of the optimizer's state, as large as the parameters",
    },
    updateTime: {
      type: "string",
      placeholder: "TIME",
      otherwise: "15 ns for each parameter",
      help: "time of the optimizer in a step, which shards share",
    },
    cores: {
      type: "integer",
      min: 1,
      max: 1e9,
      otherwise: "as many as processes",
      help: "processes that run at once, on all machines together; more take turns",
    },
    memory: {
      type: "string",
      placeholder: "SIZE",
      otherwise: "enough",
      help: "memory that a process has for what the table counts: 16GB",
    },
    efficiency: {
      type: "number",
      min: 0,
      max: 1,
      default: 0.9,
      help: "least efficiency that is good enough",
    },
  },
  examples: [
    "ondelette plan --params 20000000 --step-time 1.8s --latency 20us --bandwidth 25Gbit/s",
    "ondelette plan --run runs/mnist --network network.json --ranks 2,4,8",
    "ondelette plan --params 1000000000 --step-time 4s --latency 5us --bandwidth 25GB/s --memory 24GB",
  ],
  async run(args, io) {
    const counts = ranksOf(args.ranks);
    const cost = await costOf(args);
    const link = await linkOf(args, io.log);
    const { syncEvery, cores: places, efficiency } = args;
    const wishes: Wishes = {
      efficiency,
      memory:
        args.memory === undefined ? undefined : parseQuantity("--memory", "bytes", args.memory),
    };
    const all = counts.map((ranks): Predictions => {
      const [summed, sharded, local] = schemes.map((scheme) =>
        predictStep(scheme, cost, { ...link, ranks, places }, { syncEvery }),
      );
      return { summed: summed!, sharded: sharded!, local: local! }; // one for each
    });
    const choices = all
      .filter(({ summed }) => summed.ranks > 1)
      .map((predictions) => recommend(predictions, wishes));

    io.print(
      `${cost.parameters.toLocaleString("en-US")} parameters, ${cost.slots} arrays of optimizer state, ${timeText(cost.seconds)} a ` +
        `step; latency ${timeText(link.latency)}, bandwidth ${bandwidthText(link.bandwidth)}`,
    );
    io.print("");
    for (const line of planTable(all, syncEvery)) io.print(line);
    io.print("");
    for (const sentence of sentencesOf(all, choices, { syncEvery, places, ...wishes })) {
      io.print(sentence);
    }
    return {
      ...{ cost: { ...cost }, link: { latency: link.latency, bandwidth: link.bandwidth } },
      ...{ syncEvery, cores: places },
      predictions: all.flatMap((each) => schemes.map((scheme) => ({ ...each[scheme] }))),
      recommendations: choices.map((choice) => ({ ...choice })),
    };
  },
});

/** More ranks than any machine has. */
const mostRanks = 1e6;

function ranksOf(text: string): readonly number[] {
  const counts = [...new Set(text.split(",").map(Number))];
  if (!counts.every((count) => Number.isSafeInteger(count) && count > 0 && count <= mostRanks)) {
    throw new UserError(
      `--ranks must be whole numbers from 1 to ${mostRanks} separated by commas, not “${text}”`,
    );
  }
  return counts.toSorted((a, b) => a - b);
}

/** What a step costs: of a run, changed by what is given besides. */
async function costOf(args: {
  readonly run: string | undefined;
  readonly params: number | undefined;
  readonly slots: number | undefined;
  readonly stepTime: string | undefined;
  readonly updateTime: string | undefined;
}): Promise<StepCost> {
  const { run, params, slots, stepTime, updateTime } = args;
  const known = run === undefined ? undefined : await stepCostOf(run);
  const parameters = params ?? known?.parameters;
  const time = (flag: string, text: string | undefined) =>
    text === undefined ? undefined : parseQuantity(flag, "time", text);
  const seconds = time("--step-time", stepTime) ?? known?.seconds;
  if (parameters === undefined || seconds === undefined) {
    throw new UserError(
      `${parameters === undefined ? "--params" : "--step-time"} is missing: say it, or name a run with --run`,
    );
  }
  const updateSeconds = time("--update-time", updateTime);
  if (updateSeconds !== undefined && updateSeconds > seconds) {
    throw new UserError(
      `--update-time ${updateTime} is longer than the whole step of ${timeText(seconds)}`,
    );
  }
  return {
    ...{ parameters, seconds, slots: slots ?? known?.slots ?? 2 },
    ...(updateSeconds !== undefined && { updateSeconds }),
  };
}

/** The network: of a file, changed by what is given besides. */
async function linkOf(
  args: {
    readonly network: string | undefined;
    readonly latency: string | undefined;
    readonly bandwidth: string | undefined;
  },
  notice: (sentence: string) => void,
): Promise<Link> {
  const known = args.network === undefined ? undefined : await readNetwork(args.network);
  if (known && known.localRanks === known.ranks) {
    notice(
      `${args.network} was measured between processes of one machine: it says nothing of a network`,
    );
  }
  const latency =
    args.latency === undefined ? known?.latency : parseQuantity("--latency", "time", args.latency);
  const bandwidth =
    args.bandwidth === undefined
      ? known?.bandwidth
      : parseQuantity("--bandwidth", "bandwidth", args.bandwidth);
  if (latency === undefined || bandwidth === undefined) {
    throw new UserError(
      `${latency === undefined ? "--latency" : "--bandwidth"} is missing: say it, or name a measured network with --network`,
    );
  }
  return { latency, bandwidth };
}
