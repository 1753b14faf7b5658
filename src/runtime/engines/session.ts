import type * as Ort from "onnxruntime-web";
import type { Session, SessionOptions, Tensors } from "../engine.ts";

/** What sessions of all builds do alike. */
export const common = (
  session: Ort.InferenceSession,
): Pick<Session, "compute" | "inputNames" | "outputNames" | "endProfiling" | "release"> => ({
  inputNames: session.inputNames,
  outputNames: session.outputNames,
  compute: async (feeds) => (await session.run(feeds)) as Tensors,
  endProfiling: () => session.endProfiling(),
  release: () => session.release(),
});

/** What sessions of all builds are told alike. */
export function sessionOptions({
  spin = false,
  profile,
  strict = false,
  kept = [],
}: SessionOptions): Ort.InferenceSession.SessionOptions {
  return {
    graphOptimizationLevel: "all",
    // A pattern lies beside the memory of the first run, which is kept: twice as much, and no step is faster for it.
    enableMemPattern: false,
    logSeverityLevel: 3,
    extra: {
      session: {
        ...(!spin && { intra_op: { allow_spinning: "0" } }),
        ...(strict && { disable_cpu_ep_fallback: "1" }),
      },
    },
    ...(kept.length > 0 && {
      preferredOutputLocation: Object.fromEntries(kept.map((name) => [name, "gpu-buffer"])),
    }),
    ...(profile && { enableProfiling: true, profileFilePrefix: profile }),
  };
}

/** Copies results into the memory of tensors, where a session does not write there by itself. */
export function copyInto(into: Tensors, results: Ort.InferenceSession.ReturnType): void {
  for (const [name, tensor] of Object.entries(into)) {
    (tensor.data as Float32Array).set((results[name] as Ort.Tensor).data as Float32Array);
  }
}

/** Those of a session's results that stay on the device. */
export const keptAmong = (
  results: Ort.InferenceSession.ReturnType,
  kept: readonly string[],
): Tensors => Object.fromEntries(kept.map((name) => [name, results[name]! as Ort.Tensor])); // asked for
