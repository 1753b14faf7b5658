import { UserError } from "../../errors/index.ts";
import type { OnnxGraph } from "../onnxProto.ts";

/** A graph emitted for one batch size. */
export interface Probe {
  readonly batch: number;
  readonly graph: OnnxGraph;
}

/** A number that follows the batch size: `times batch + plus`. */
export interface Affine {
  readonly times: number;
  readonly plus: number;
}

/** `times batch + plus` that is each of `values` at its probe, in whole numbers; undefined where there is none. */
export function affine(values: readonly number[], probes: readonly Probe[]): Affine | undefined {
  const [v0, v1] = values as readonly [number, number];
  const [b0, b1] = probes.map(({ batch }) => batch) as [number, number];
  const times = (v1 - v0) / (b1 - b0);
  const plus = v0 - times * b0;
  const holds = values.every((value, k) => value === times * probes[k]!.batch + plus);
  return Number.isInteger(times) && holds ? { times, plus } : undefined;
}

/** The batch sizes that were tried, for messages. */
export const batches = (probes: readonly Probe[]): string =>
  probes.map(({ batch }) => batch).join(", ");

/** The model depends on the batch size in a way that one file cannot follow. */
export const cannotFollow = (reason: string): UserError =>
  new UserError(`the model cannot be exported for any batch size: ${reason}`, "invalid-input");
