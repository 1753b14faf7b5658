import type * as Ort from "onnxruntime-web";
import type { Engine } from "../engine.ts";
import { common, sessionOptions } from "./session.ts";

/** The native build: all devices, and tensors that it writes into where they lie. */
export function nativeEngine({ InferenceSession, Tensor }: typeof Ort): Engine {
  return {
    build: "native",
    Tensor,
    async open(model, { threads = 0, device = "cpu", ...options }) {
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
