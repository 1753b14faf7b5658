import { input } from "../../graph/index.ts";
import { freeze, type ParameterLayout } from "../../nn/parameters.ts";
import { type CompileOptions, compile } from "../../runtime/compile.ts";
import type { Answers, Question, WalkFollower } from "../answering.ts";
import type { ValueDescriber, ValueFollower } from "./describer.ts";
import { type Mixture, mixtureOf, mixtureWidth } from "./mixture.ts";
import { sayMixture, type ValueNetworkSize } from "./network.ts";
import { writeTokenLogits } from "./tokenLogits.ts";

/** What was said of the coefficient that a row asks about. */
interface Said {
  readonly follower: ValueFollower;
  readonly offset: number;
  readonly mixture: Mixture;
}

/** The trained network, answering up to `rows` walks at a time: at the first token of a coefficient it says a distribution. */
export async function createValueAnswers(
  describer: ValueDescriber,
  network: ValueNetworkSize,
  layout: ParameterLayout,
  parameters: Float32Array,
  { rows, vocabulary, ...options }: CompileOptions & { rows: number; vocabulary: number },
): Promise<Answers<ValueFollower & WalkFollower>> {
  const { width } = describer;
  const sites = input("sites", [rows, width]);
  const executable = await compile(
    { said: sayMixture(freeze(layout, parameters), sites, network) },
    options,
  );
  const feeds = { sites: new Float32Array(rows * width) };
  const numbers = mixtureWidth(network.mixture);
  const found = { said: new Float32Array(rows * numbers) };
  const logits = new Float32Array(rows * vocabulary);
  const last: (Said | undefined)[] = new Array(rows).fill(undefined);
  const isNew = ({ follower, site }: Question<ValueFollower & WalkFollower>, row: number) =>
    last[row]?.follower !== follower || last[row]?.offset !== site.offset;

  return {
    async ask(questions) {
      const fresh = questions.flatMap((question, row) =>
        question && isNew(question, row) ? [{ question, row }] : [],
      );
      if (fresh.length > 0) {
        for (const { question, row } of fresh) {
          const { follower, site, approximation } = question;
          follower.enter(site, approximation);
          follower.write(feeds.sites, row * width, site, approximation);
        }
        await executable.run(feeds, found);
        for (const { question, row } of fresh) {
          const { follower, site } = question;
          const { offset } = site;
          const said = found.said.slice(row * numbers, (row + 1) * numbers);
          const { ranges } = follower;
          const [low, high] = [ranges.low(offset), ranges.high(offset)];
          last[row] = { follower, offset, mixture: mixtureOf(said, low, high, network.mixture) };
        }
      }
      for (const [row, question] of questions.entries()) {
        const said = last[row];
        if (!question || !said) continue;
        const { site, approximation } = question;
        const known = approximation[site.offset]!;
        const unit = said.follower.ranges.unit();
        writeTokenLogits(logits, row * vocabulary, said.mixture, site, known, unit);
      }
      return logits;
    },
    [Symbol.asyncDispose]: () => executable.close(),
  };
}
