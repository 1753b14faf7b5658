import { input, type Tensor } from "../../graph/index.ts";
import { compileSteps } from "../../runtime/steps/compileSteps.ts";
import { freeze } from "../parameters.ts";
import { recordPast } from "./pastLines.ts";
import type { Stepper, StepSource } from "./stepper.ts";

/**
 * Steps by one function of WebAssembly, which reads keys and values up to the present position alone. Undefined where the
 * model has an operation that it does not know.
 */
export function vectorStepper({ model, layout, parameters }: StepSource): Stepper | undefined {
  const past = recordPast();
  const position = input("position", [1], "int32");
  const attend = (layer: number) => (q: Tensor, k: Tensor, v: Tensor) => {
    const result = input(`attended${layer}`, q.shape);
    past.cells.push({ kind: "attention", result, q, k, v });
    return result;
  };
  const output = model(freeze(layout, parameters), { attend, past, position });
  const program = compileSteps({ outputs: { output }, cells: past.cells, position });
  return (
    program && {
      step: (place, feeds) => program.run(place, feeds).output as Float32Array, // models compute in float32
      feed: program.feed,
      restart: program.restart,
      close: async () => {},
    }
  );
}
