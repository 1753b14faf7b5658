import { freeze, type ParameterLayout } from "../../nn/parameters.ts";
import { type CompileOptions, compile } from "../../runtime/index.ts";
import type { Example, Scorer } from "../model.ts";
import { clearRows, decisionTable, layOut } from "./decisions.ts";
import type { Describer } from "./describer.ts";
import { decisionBits } from "./graph.ts";
import type { NetworkSize } from "./network.ts";

const rows = 4096;

/** Counts the bits of whole images: every decision of every image. */
export async function createScorer(
  describer: Describer,
  network: NetworkSize,
  layout: ParameterLayout,
  parameters: Float32Array,
  options: CompileOptions = {},
): Promise<Scorer> {
  const size = { rows, states: Math.max(describer.stages, 128) };
  const table = decisionTable(describer, size);
  const scope = freeze(layout, parameters);
  const executable = await compile(
    { bits: decisionBits(scope, describer, size, network) },
    options,
  );
  const rowBits = new Float32Array(rows);

  return {
    async bits(examples: readonly Example[]) {
      const bits = new Float64Array(examples.length);
      const owner = new Int32Array(rows);
      const cursor = { rows: 0, states: 0 };
      let owned = 0;
      const claim = (image: number) => {
        owner.fill(image, owned, cursor.rows);
        owned = cursor.rows;
      };
      const flush = async () => {
        clearRows(table, cursor.rows, describer.tokens);
        await executable.run(table.arrays, { bits: rowBits });
        for (let row = 0; row < cursor.rows; row++) {
          const image = owner[row]!;
          bits[image] = bits[image]! + rowBits[row]!;
        }
        cursor.rows = 0;
        cursor.states = 0;
        owned = 0;
      };
      for (const [image, example] of examples.entries()) {
        for (const _ of layOut(describer, table, example, cursor)) {
          claim(image);
          await flush();
        }
        claim(image);
      }
      await flush();
      return [...bits];
    },
    close: () => executable.close(),
  };
}
