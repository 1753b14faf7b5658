import type * as Ort from "onnxruntime-web";
import { sizeOf, type TensorType } from "../graph/index.ts";
import type { Engine } from "./engine.ts";
import { allocate, type Values } from "./values.ts";

/**
 * An output that stays where it was computed, to be fed to the same or another executable on that device. On a device that
 * cannot keep tensors it lies in memory.
 */
export interface Resident {
  readonly type: TensorType;
  /** Its elements, copied into memory. */
  read(): Promise<Values>;
  /** Gives its memory back; it can be neither read nor fed then. */
  release(): void;
}

const tensors = new WeakMap<Resident, Ort.Tensor>();

/** The tensor of a resident output, to be fed; undefined for what is none. */
export const tensorOf = (resident: object): Ort.Tensor | undefined =>
  tensors.get(resident as Resident);

/** Holds a tensor that a session gave. */
export function resident(engine: Engine, type: TensorType, tensor: Ort.Tensor): Resident {
  const held: Resident = {
    type,
    async read() {
      if (!tensors.has(held)) throw new TypeError("read: this output was released");
      const data = tensor.location === "cpu" ? tensor.data : await engine.fetch(tensor);
      const values = allocate(type.dtype, type.shape);
      if (data.length !== sizeOf(type.shape))
        throw new RangeError("read: a tensor of another size");
      (values as Float32Array).set(data as Float32Array);
      return values;
    },
    release() {
      if (tensors.delete(held) && tensor.location !== "cpu") tensor.dispose();
    },
  };
  tensors.set(held, tensor);
  return held;
}
