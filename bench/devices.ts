/**
 * Training steps on every device that is there, in one run: ms a step, examples a second, GFLOP/s, and the share of the rate
 * of matrix products that the same device has in the same run. On WebGPU with the state of the training left there, and with
 * copies of it at every step.
 *
 *     npm run bench -- devices [--devices cpu,webgpu] [--seconds 5] [--cases gpt,gpt20,image]
 */
import { parseArgs } from "node:util";
import { type Device, listDevices, productRate } from "../src/runtime/index.ts";
import { deviceCases, measureCase } from "./deviceCases.ts";

export async function main(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      devices: { type: "string" },
      cases: { type: "string", default: Object.keys(deviceCases).join() },
      seconds: { type: "string", default: "5" },
      threads: { type: "string" },
    },
  });
  const seconds = Number(values.seconds);
  const threads = values.threads === undefined ? {} : { threads: Number(values.threads) };
  const wanted = values.devices?.split(",");
  for (const { device, name, software, absent } of await listDevices()) {
    if (wanted && !wanted.includes(device)) continue;
    const title = `${device}: ${name ?? ""}${software ? " a software driver" : ""}`;
    if (absent !== undefined) {
      console.log(`${title} not here: ${absent}`);
      continue;
    }
    await reported(title, async () => {
      const { rate, size, products } = await productRate(device, threads);
      console.log(
        `${title} ${rate.toFixed(0)} GFLOP/s in ${products} products of ${size} x ${size}`,
      );
      for (const id of values.cases.split(",")) {
        const open = deviceCases[id];
        if (!open) throw new Error(`no case ${id}`);
        for (const stays of device === "webgpu" ? [true, false] : [false]) {
          await reported(`${device} ${id}`, () => oneCase(device, id, { rate, stays }));
        }
      }
    });
  }

  async function oneCase(
    device: Device,
    id: string,
    { rate, stays }: { readonly rate: number; readonly stays: boolean },
  ): Promise<void> {
    const open = deviceCases[id]!; // checked above
    const begun = performance.now();
    const found = await measureCase(await open(), { device, ...threads }, { seconds, stays });
    const { ms, examples, unit, gflop, steps, firstMs, loss } = found;
    const state = stays
      ? "stays on the device"
      : device === "cpu"
        ? "in memory"
        : "copied to the device and back at every step";
    const reached = gflop / (ms / 1e3);
    console.log(
      `${device} ${id}: ${ms.toFixed(1)} ms a step (median of ${steps}, the first ${firstMs.toFixed(0)}), ` +
        `${((1e3 * examples) / ms).toFixed(0)} ${unit}/s, ${reached.toFixed(1)} GFLOP/s of ${gflop.toFixed(2)} GFLOP, ` +
        `${((100 * reached) / rate).toFixed(1)} % of the products' rate; state ${state}; ` +
        `loss ${loss.toFixed(4)}; ${((performance.now() - begun) / 1e3).toFixed(0)} s in all`,
    );
  }
}

/** A case that fails says so, and the others go on. */
async function reported(title: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.log(`${title}: failed: ${error instanceof Error ? error.message : error}`);
  }
}
