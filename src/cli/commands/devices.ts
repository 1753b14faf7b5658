import { type DeviceFacts, listDevices, productRate } from "../../runtime/index.ts";
import { defineCommand } from "../parser/command.ts";
import { threadsOption } from "../shared/commonOptions.ts";

/** `ondelette devices`: what can compute here, and how fast. */
export const command = defineCommand({
  about:
    "Lists what --device may name: whether it works on this machine, which processor or card it is, and how fast it multiplies " +
    "matrices of float32, in GFLOP/s (two operations for each product of two numbers). Eight products follow one another " +
    "on the device, of the smallest size that takes 50 ms; the best of four runs counts.",
  options: {
    rate: {
      type: "choice",
      choices: ["yes", "no"],
      default: "yes",
      help: "whether to measure products of matrices, which takes some seconds",
    },
    threads: threadsOption,
  },
  examples: ["ondelette devices", "ondelette devices --rate no --json"],
  async run({ rate, threads }, io) {
    const onThreads = threads === undefined ? {} : { threads };
    const found: DeviceReport[] = [];
    for (const facts of await listDevices()) {
      io.signal.throwIfAborted();
      const report = rate === "yes" ? await measured(facts, onThreads) : facts;
      found.push(report);
      io.print(`${facts.device.padEnd(8)}${lineOf(report)}`);
    }
    return { devices: found.map((report) => ({ ...report })) };
  },
});

/** A device, and its products of matrices. */
type DeviceReport = DeviceFacts & {
  /** GFLOP/s. */
  readonly rate?: number;
  /** Side of the matrices. */
  readonly size?: number;
};

async function measured(
  facts: DeviceFacts,
  options: { readonly threads?: number },
): Promise<DeviceReport> {
  if (facts.absent !== undefined) return facts;
  try {
    const { rate, size } = await productRate(facts.device, options);
    return { ...facts, rate, size };
  } catch (error) {
    return { ...facts, absent: error instanceof Error ? error.message : String(error) };
  }
}

/** `NVIDIA H100, 5000 GFLOP/s in products of 2048×2048` */
function lineOf({ name, threads, software, absent, rate, size }: DeviceReport): string {
  if (absent !== undefined) return `not here: ${absent}`;
  const parts = [
    name ?? (software ? "a program on the processor" : "a card"),
    ...(threads === undefined ? [] : [`${threads} thread${threads === 1 ? "" : "s"}`]),
    ...(software && name !== undefined ? ["a program on the processor"] : []),
    ...(rate === undefined
      ? []
      : [
          `${rate < 10 ? rate.toFixed(2) : rate.toFixed(0)} GFLOP/s in products of ${size}×${size}`,
        ]),
  ];
  return parts.join(", ");
}
