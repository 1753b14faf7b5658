import { expose, transfer } from "comlink";
import { type MixingName, mixingOf } from "ondelette/sequence";
import { locateEngine } from "../../../shared/workerEngine.ts";
import { type KernelRequest, kernelsOf } from "./kernels.ts";

locateEngine();

const api = {
  /** See kernelsOf; of a mixing of the library as it is before a training. */
  async kernels(name: MixingName, request: KernelRequest): Promise<Float32Array> {
    const weights = await kernelsOf(mixingOf(name), request);
    return transfer(weights, [weights.buffer]);
  },
};

export type KernelWorker = typeof api;

expose(api);
