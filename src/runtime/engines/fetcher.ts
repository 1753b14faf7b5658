import type * as Ort from "onnxruntime-web";
import { type DType, input, type Shape } from "../../graph/index.ts";
import { emit } from "../emit.ts";
import { writeModel } from "../onnxProto.ts";

/**
 * Copies tensors from WebGPU into memory. The native build's tensors have no working `getData`: it ends the process (1.30).
 * So a session for each type and shape takes the tensor as input and gives it as output, which is copied.
 */
export function openFetcher({ InferenceSession }: Pick<typeof Ort, "InferenceSession">) {
  const sessions = new Map<string, Promise<Ort.InferenceSession>>();
  return async (tensor: Ort.Tensor): Promise<Ort.Tensor["data"]> => {
    const key = `${tensor.type} ${tensor.dims}`;
    const known = sessions.get(key);
    const session = await (known ?? openCopy(InferenceSession, tensor));
    if (!known) sessions.set(key, Promise.resolve(session));
    const { "y:out": y } = await session.run({ x: tensor });
    return y!.data; // its only output
  };
}

function openCopy(
  { create }: Pick<typeof Ort.InferenceSession, "create">,
  { type, dims }: Ort.Tensor,
): Promise<Ort.InferenceSession> {
  const y = input("x", dims as Shape, type as DType);
  return create(writeModel(emit({ y }, "webgpu")), {
    ...{ executionProviders: ["webgpu"], logSeverityLevel: 3 },
  });
}
