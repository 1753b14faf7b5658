import { UserError } from "../../errors/userError.ts";
import type { Arrays } from "../../runtime/compile.ts";
import type { ParameterLayout } from "../parameters.ts";
import { onnxStepper } from "./onnxStepper.ts";
import type { StepModel, StepOptions, Stepper, StepSource } from "./stepper.ts";
import { vectorStepper } from "./vectorStepper.ts";

export type { StepContext, StepModel } from "./stepper.ts";

/** What can compute the steps of a decoder. */
export const stepperNames = ["vectors", "onnx"] as const;

export interface DecoderOptions extends StepOptions {
  /**
   * What computes the steps: `vectors` is one function of WebAssembly on one thread, for small models and few sequences; `onnx` is
   * ONNX Runtime. By default vectors for up to four sequences and eight million parameters on the CPU, if they know all operations of the model, and
   * otherwise ONNX Runtime. Where vectors are asked for and do not know them, the first position is refused by a UserError.
   */
  readonly stepper?: (typeof stepperNames)[number];
}

/** Sequences in the making, one position at a time. */
export interface Decoder extends AsyncDisposable {
  /** Positions fed so far. */
  readonly position: () => number;
  /** Feeds the next position of every sequence; the output is valid until the next step. */
  next(feeds: Arrays): Promise<Float32Array>;
  /** Feeds some next positions, one after another, whose outputs nobody needs: cheaper than to compute them. */
  feed(feeds: readonly Arrays[]): Promise<void>;
  /** Forgets all positions. */
  restart(): void;
  close(): Promise<void>;
}

/** Runs a model position by position; what it must know of earlier positions is kept. */
export function createDecoder(
  model: StepModel,
  layout: ParameterLayout,
  parameters: Float32Array,
  options: DecoderOptions,
): Decoder {
  let stepper: Stepper | undefined;
  let position = 0;
  const close = async () => {
    await stepper?.close();
    stepper = undefined;
  };
  return {
    position: () => position,
    async next(feeds) {
      stepper ??= openStepper({ model, layout, parameters }, options);
      const output = await stepper.step(position, feeds);
      position += 1;
      return output;
    },
    async feed(feeds) {
      stepper ??= openStepper({ model, layout, parameters }, options);
      await stepper.feed(position, feeds);
      position += feeds.length;
    },
    restart() {
      position = 0;
      stepper?.restart();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Sequences and parameters up to which vectors are taken by default: cautious, for they were faster at all sizes that were tried. */
const mostByVectors = { batch: 4, parameters: 8_000_000 } as const;

function openStepper(source: StepSource, options: DecoderOptions): Stepper {
  const { batch, device = "cpu", profile, stepper } = options;
  const small =
    batch <= mostByVectors.batch && source.parameters.length <= mostByVectors.parameters;
  const plain = device === "cpu" && profile === undefined;
  if (stepper === "onnx" || (stepper === undefined && !(small && plain)))
    return onnxStepper(source, options);
  const vectors = vectorStepper(source);
  if (!vectors && stepper === "vectors") {
    throw new UserError(
      "vectors of WebAssembly cannot run this model here; ONNX Runtime can",
      "invalid-input",
    );
  }
  return vectors ?? onnxStepper(source, options);
}
