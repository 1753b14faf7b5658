import type * as Ort from "onnxruntime-web";
import { absenceOf, requireDevice } from "../devices/presence.ts";
import type { Engine } from "../engine.ts";
import { openFetcher } from "./fetcher.ts";
import { common, copyInto, keptAmong, sessionOptions } from "./session.ts";

/** The native build: all devices, and tensors that it writes into where they lie. */
export function nativeEngine(ort: typeof Ort): Engine {
  const { InferenceSession, Tensor } = ort;
  // What goes wrong is thrown; the same on standard error would be said twice.
  ort.env.logLevel = "fatal";
  return {
    build: "native",
    Tensor,
    absence: async (device) => (device === "cpu" ? undefined : absenceOf(ort, device)),
    keeps: (device) => device === "webgpu",
    fetch: openFetcher(ort),
    async open(model, { threads = 0, device = "cpu", ...options }) {
      await requireDevice(ort, device);
      const session = await InferenceSession.create(model, {
        ...sessionOptions(options),
        executionProviders: [device],
        intraOpNumThreads: threads,
      });
      const { kept = [] } = options;
      return {
        ...common(session),
        async run(feeds, into) {
          if (kept.length === 0) {
            await session.run(feeds, into);
            return {};
          }
          // Where outputs stay on the device, none is written into memory that was given (1.30).
          const results = await session.run(feeds, [...Object.keys(into), ...kept]);
          copyInto(into, results);
          return keptAmong(results, kept);
        },
      };
    },
  };
}
