import { coefficientCount, type Site, walk } from "../../codec/index.ts";
import { input } from "../../graph/index.ts";
import { bind, type ParameterLayout } from "../../nn/parameters.ts";
import { chooseToken, type SamplingOptions } from "../../nn/sampling.ts";
import { type CompileOptions, compile } from "../../runtime/index.ts";
import type { Drawing, Request, Sampler } from "../model.ts";
import type { Describer, Follower } from "./describer.ts";
import { decide, type NetworkSize, summarise } from "./network.ts";
import { gridSide } from "./stateSummary.ts";

/** Most images that are drawn side by side. */
const side = 80;
/** States that are summarised together; few walks enter a new stage at the same step. */
const states = 8;
const cells = gridSide ** 2;

/** An image being drawn in one of the rows. */
interface Draft {
  readonly index: number;
  readonly request: Request;
  readonly steps: ReturnType<typeof walk>;
  readonly approximation: Float64Array;
  readonly follower: Follower;
  readonly tokens: number[];
  site: Site;
}

/**
 * Draws images side by side, one token of each at a time. What the walk knows takes the place of a key/value cache: the
 * cost of a token does not grow with the stream. A row that is done takes up the next request.
 */
export function createSampler(
  describer: Describer,
  network: NetworkSize,
  layout: ParameterLayout,
  parameters: Float32Array,
  options: CompileOptions = {},
): Sampler {
  const { siteWidth, stateWidth, tokens, setting } = describer;
  const language = setting.language.tokens;
  const { width, cellWidth } = network;
  const draw = async (
    requests: readonly Request[],
    sampling: SamplingOptions,
    onProgress: (tokens: number) => void = () => {},
  ): Promise<Drawing[]> => {
    const rows = Math.min(side, requests.length);
    const arena = input("parameters", [layout.size]);
    const { scope } = bind(layout, arena);
    const summary = await compile(
      summarise(scope, input("states", [states, stateWidth]), network),
      options,
    );
    const [sites, whole, cell] = [
      input("sites", [rows, siteWidth]),
      input("whole", [rows, width]),
      input("cell", [rows, cellWidth]),
    ];
    const decision = await compile(
      { logits: decide(scope, sites, whole, cell, tokens, network) },
      options,
    );

    const summaryFeeds = { parameters, states: new Float32Array(states * stateWidth) };
    const summaryInto = {
      whole: new Float32Array(states * width),
      cells: new Float32Array(states * cells * cellWidth),
    };
    const feeds = {
      parameters,
      sites: new Float32Array(rows * siteWidth),
      whole: new Float32Array(rows * width),
      cell: new Float32Array(rows * cellWidth),
    };
    const logits = new Float32Array(rows * tokens);
    /** What the summary of each row's present stage says of every cell. */
    const rowCells = new Float32Array(rows * cells * cellWidth);

    const summariseRows = async (entered: readonly { row: number; draft: Draft }[]) => {
      for (let first = 0; first < entered.length; first += states) {
        const some = entered.slice(first, first + states);
        for (const [s, { draft }] of some.entries()) {
          const { site, approximation } = draft;
          draft.follower.writeState(summaryFeeds.states, s * stateWidth, site, approximation);
        }
        await summary.run(summaryFeeds, summaryInto);
        for (const [s, { row }] of some.entries()) {
          feeds.whole.set(summaryInto.whole.subarray(s * width, (s + 1) * width), row * width);
          const said = summaryInto.cells.subarray(
            s * cells * cellWidth,
            (s + 1) * cells * cellWidth,
          );
          rowCells.set(said, row * cells * cellWidth);
        }
      }
    };

    const drawings: Drawing[] = new Array(requests.length);
    let next = 0;
    let drawn = 0;
    const finish = ({ index, request, tokens, approximation }: Omit<Draft, "site">) => {
      const { startingPlane } = request;
      drawings[index] = { startingPlane, tokens: Uint8Array.from(tokens), approximation };
    };
    const begin = (): Draft | undefined => {
      while (next < requests.length) {
        const index = next++;
        const request = requests[index]!; // index < length
        const approximation = new Float64Array(coefficientCount(language.geometry));
        const steps = walk(language, request.startingPlane, approximation);
        const follower = describer.follow(request.label, request.startingPlane);
        const draft = { index, request, steps, approximation, follower, tokens: [] };
        const first = steps.next();
        if (!first.done) return { ...draft, site: first.value };
        finish(draft);
      }
      return undefined;
    };

    const drafts = Array.from({ length: rows }, begin);
    while (drafts.some(Boolean)) {
      const entered = drafts.flatMap((draft, row) =>
        draft?.follower.enter(draft.site, draft.approximation) ? [{ row, draft }] : [],
      );
      await summariseRows(entered);
      for (const [row, draft] of drafts.entries()) {
        if (!draft) continue;
        const { follower, site, approximation } = draft;
        follower.writeSite(feeds.sites, row * siteWidth, site, approximation);
        const at = (row * cells + follower.cellOf(site)) * cellWidth;
        feeds.cell.set(rowCells.subarray(at, at + cellWidth), row * cellWidth);
      }
      await decision.run(feeds, { logits });
      for (const [row, draft] of drafts.entries()) {
        if (!draft) continue;
        const mine = logits.subarray(row * tokens, (row + 1) * tokens);
        const { site, request } = draft;
        const token = chooseToken(mine, site.legal, request.random.uniform(), sampling);
        draft.tokens.push(token);
        drawn++;
        const step = draft.steps.next(token);
        if (!step.done) {
          draft.site = step.value;
          continue;
        }
        finish(draft);
        drafts[row] = begin();
      }
      onProgress(drawn);
    }
    await summary.close();
    await decision.close();
    return drawings;
  };

  return { draw };
}
