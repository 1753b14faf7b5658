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
}: SessionOptions): Ort.InferenceSession.SessionOptions {
  return {
    graphOptimizationLevel: "all",
    enableMemPattern: true,
    logSeverityLevel: 3,
    ...(!spin && { extra: { session: { intra_op: { allow_spinning: "0" } } } }),
    ...(profile && { enableProfiling: true, profileFilePrefix: profile }),
  };
}
