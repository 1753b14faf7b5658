import type * as Ort from "onnxruntime-web";
import { absenceOf, requireDevice } from "../devices/presence.ts";
import type { Engine } from "../engine.ts";
import { common, sessionOptions } from "./session.ts";

/** The native build: all devices, and tensors that it writes into where they lie. */
export function nativeEngine(ort: typeof Ort): Engine {
  const { InferenceSession, Tensor } = ort;
  // What goes wrong is thrown; the same on standard error would be said twice.
  ort.env.logLevel = "fatal";
  return {
    build: "native",
    Tensor,
    absence: async (device) => (device === "cpu" ? undefined : absenceOf(ort, device)),
    async open(model, { threads = 0, device = "cpu", ...options }) {
      await requireDevice(ort, device);
      const session = await InferenceSession.create(model, {
        ...sessionOptions(options),
        executionProviders: [device],
        intraOpNumThreads: threads,
      });
      return {
        ...common(session),
        async run(feeds, into) {
          await session.run(feeds, into);
        },
      };
    },
  };
}
