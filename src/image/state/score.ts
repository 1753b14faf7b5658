import { freeze, type ParameterLayout } from "../../nn/parameters.ts";
import { type CompileOptions, compile, inputsAmong } from "../../runtime/compile.ts";
import type { Example, Scorer } from "../model.ts";
import { perScale, scaleNames } from "../scales.ts";
import { clearUnused, decisionTable, feedsOf, layOut, startOfTable } from "./decisions.ts";
import type { Describer } from "./describer.ts";
import { decisionBits } from "./graph.ts";
import type { NetworkSize } from "./network.ts";

/** Decisions of each scale that are scored at a time: an image has more of detail. */
const rows = { shape: 1024, detail: 4096 };

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
  const executable = await compile(decisionBits(scope, describer, size, network), options);
  const rowBits = perScale((scale) => new Float32Array(rows[scale]));

  return {
    async bits(examples: readonly Example[]) {
      const bits = new Float64Array(examples.length);
      const cursor = startOfTable();
      const flush = async () => {
        clearUnused(table, cursor, describer);
        await executable.run(inputsAmong(executable, feedsOf(table)), rowBits);
        for (const scale of scaleNames) {
          const { owner } = table.rows[scale];
          for (let row = 0; row < cursor.rows[scale]; row++) {
            const image = owner[row]!; // one a row
            bits[image] = bits[image]! + rowBits[scale][row]!; // an example an image
          }
        }
        Object.assign(cursor, startOfTable());
      };
      for (const [owner, example] of examples.entries()) {
        for (const _ of layOut(describer, table, example, cursor, { owner })) await flush();
      }
      await flush();
      return [...bits];
    },
    [Symbol.asyncDispose]: () => executable.close(),
  };
}
