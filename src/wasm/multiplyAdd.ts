import { assemble, type Code, storeVector, vector, zeroVector } from "./assembler.ts";
import { addFloats, multiplyFloats } from "./floats.ts";
import { webAssembly } from "./webAssembly.ts";

const relaxed = (a: Code, b: Code, c: Code): Code => [...[...a, ...b, ...c], ...vector(0x105)];

/** Whether the platform knows relaxed vectors (WebAssembly 3.0). */
const knowsRelaxed =
  webAssembly?.validate(
    assemble([
      {
        ...{ name: "test", parameters: 0, integers: 0, vectors: 0 },
        body: storeVector([0x41, 0], relaxed(zeroVector, zeroVector, zeroVector)),
      },
    ]),
  ) ?? false;

/**
 * `a b + c` of four floats, in one instruction where platform and processor have it: then the product is not rounded, and the
 * last digit may differ from that of another machine.
 */
export const multiplyAdd: (a: Code, b: Code, c: Code) => Code = knowsRelaxed
  ? relaxed
  : (a, b, c) => addFloats(multiplyFloats(a, b), c);
