import { input } from "../../graph/index.ts";
import { freeze, type ParameterLayout } from "../../nn/parameters.ts";
import { type CompileOptions, compile, inputsAmong } from "../../runtime/compile.ts";
import type { Example, Scorer } from "../model.ts";
import type { ValueDescriber } from "./describer.ts";
import { valueBits } from "./mixture.ts";
import { sayMixture, type ValueNetworkSize } from "./network.ts";
import { clearUnusedValues, feedsOf, layOutValues, valueTable } from "./table.ts";

/** Coefficients that are scored at a time. */
const rows = 4096;

/** Counts the bits of whole images: of every coefficient that is not certain. */
export async function createValueScorer(
  describer: ValueDescriber,
  network: ValueNetworkSize,
  layout: ParameterLayout,
  parameters: Float32Array,
  options: CompileOptions = {},
): Promise<Scorer> {
  const table = valueTable(describer, rows);
  const said = sayMixture(
    freeze(layout, parameters),
    input("sites", [rows, describer.width]),
    network,
  );
  const bits = valueBits(said, input("ranges", [rows, 3]), network.mixture);
  const executable = await compile({ bits }, options);
  const found = { bits: new Float32Array(rows) };
  return {
    async bits(examples: readonly Example[]) {
      const bits = new Float64Array(examples.length);
      const cursor = { row: 0 };
      const flush = async () => {
        clearUnusedValues(table, cursor, describer);
        await executable.run(inputsAmong(executable, feedsOf(table)), found);
        for (let row = 0; row < cursor.row; row++) {
          const image = table.owner[row]!; // one a row
          bits[image] = bits[image]! + found.bits[row]!; // an example an image
        }
        cursor.row = 0;
      };
      for (const [owner, example] of examples.entries()) {
        for (const _ of layOutValues(describer, table, example, cursor, { owner })) await flush();
      }
      await flush();
      return [...bits];
    },
    [Symbol.asyncDispose]: () => executable.close(),
  };
}
