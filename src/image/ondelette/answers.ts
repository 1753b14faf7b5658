import type { Site } from "../../codec/index.ts";
import { input } from "../../graph/index.ts";
import { freeze, type ParameterLayout } from "../../nn/parameters.ts";
import { type CompileOptions, compile } from "../../runtime/index.ts";
import type { Describer, Follower } from "./describer.ts";
import { decide, type NetworkSize, summarise } from "./network.ts";
import { gridSide } from "./stateSummary.ts";

/** One walk that waits for an answer. */
export interface Question {
  readonly follower: Follower;
  readonly site: Site;
  readonly approximation: Float64Array;
}

/** The trained network, answering up to `rows` walks at a time. */
export interface Answers {
  /** Logits of each question, `[rows, tokens]`; rows without a question hold anything. Valid until the next call. */
  ask(questions: readonly (Question | undefined)[]): Promise<Float32Array>;
  close(): Promise<void>;
}

/** States that are summarised together; few walks enter a new stage at the same step. */
const states = 8;
const cells = gridSide ** 2;

export async function createAnswers(
  describer: Describer,
  network: NetworkSize,
  layout: ParameterLayout,
  parameters: Float32Array,
  { rows, ...options }: CompileOptions & { readonly rows: number },
): Promise<Answers> {
  const { siteWidth, stateWidth, tokens } = describer;
  const { width, cellWidth } = network;
  const p = freeze(layout, parameters);
  const summary = await compile(
    summarise(p, input("states", [states, stateWidth]), network),
    options,
  );
  const sites = input("sites", [rows, siteWidth]);
  const [whole, cell] = [input("whole", [rows, width]), input("cell", [rows, cellWidth])];
  const decision = await compile(
    { logits: decide(p, sites, whole, cell, tokens, network) },
    options,
  );

  const opening = new Float32Array(states * stateWidth);
  const said = {
    whole: new Float32Array(states * width),
    cells: new Float32Array(states * cells * cellWidth),
  };
  const feeds = {
    sites: new Float32Array(rows * siteWidth),
    whole: new Float32Array(rows * width),
    cell: new Float32Array(rows * cellWidth),
  };
  /** What the summary of each row's present stage says of every cell. */
  const rowCells = new Float32Array(rows * cells * cellWidth);
  const logits = new Float32Array(rows * tokens);

  const summariseSome = async (entered: readonly { row: number; question: Question }[]) => {
    for (const [s, { question }] of entered.entries()) {
      const { follower, site, approximation } = question;
      follower.writeState(opening, s * stateWidth, site, approximation);
    }
    await summary.run({ states: opening }, said);
    for (const [s, { row }] of entered.entries()) {
      copyRow(said.whole, s, feeds.whole, row, width);
      copyRow(said.cells, s, rowCells, row, cells * cellWidth);
    }
  };

  return {
    async ask(questions) {
      const entered = questions.flatMap((question, row) =>
        question?.follower.enter(question.site, question.approximation) ? [{ row, question }] : [],
      );
      for (let first = 0; first < entered.length; first += states) {
        await summariseSome(entered.slice(first, first + states));
      }
      for (const [row, question] of questions.entries()) {
        if (!question) continue;
        const { follower, site, approximation } = question;
        follower.writeSite(feeds.sites, row * siteWidth, site, approximation);
        copyRow(rowCells, row * cells + follower.cellOf(site), feeds.cell, row, cellWidth);
      }
      await decision.run(feeds, { logits });
      return logits;
    },
    async close() {
      await summary.close();
      await decision.close();
    },
  };
}

/** Copies row `i` of one table of `width` columns to row `j` of another. */
function copyRow(from: Float32Array, i: number, to: Float32Array, j: number, width: number): void {
  to.set(from.subarray(i * width, (i + 1) * width), j * width);
}
