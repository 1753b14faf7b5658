import { InferenceSession } from "onnxruntime-node";
import { onTestFinished, vi } from "vitest";

/** Counts from now to the end of the test how many sessions of ONNX Runtime are made and not yet released. */
export function countSessions(): () => number {
  const open = new Set<InferenceSession>();
  const create = InferenceSession.create.bind(InferenceSession);
  const spy = vi
    .spyOn(InferenceSession, "create")
    .mockImplementation(async (model: Uint8Array, options?: InferenceSession.SessionOptions) => {
      const session = await create(model, options);
      const release = session.release.bind(session);
      session.release = async () => {
        open.delete(session);
        await release();
      };
      open.add(session);
      return session;
    });
  onTestFinished(() => spy.mockRestore());
  return () => open.size;
}
