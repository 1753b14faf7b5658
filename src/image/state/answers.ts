import { input, type Tensor } from "../../graph/index.ts";
import { freeze, type ParameterLayout } from "../../nn/parameters.ts";
import { type CompileOptions, compile } from "../../runtime/compile.ts";
import type { Answers, Question } from "../answering.ts";
import { type PerScale, type Scale, scaleNames } from "../scales.ts";
import { wordArray, writeWords } from "../words/wordVectors.ts";
import type { CellWords } from "./cellWords.ts";
import type { Describer, Follower } from "./describer.ts";
import { statesOf, toldWords } from "./graph.ts";
import { guessedCells } from "./guessedCells.ts";
import { askedWidth, guessedCoefficients, guessOfDecisions, mostMembers } from "./guesses.ts";
import { decide, type NetworkSize, summarize } from "./network.ts";
import { gridCells } from "./stateSummary.ts";

/** Follows one walk, and knows what the picture is to show. */
export interface WordFollower extends Follower {
  readonly words: CellWords;
  /** The class, or `noClass`. */
  readonly label: number;
}

/** A question that begins a stage, with one of its texts. */
interface Entered {
  readonly row: number;
  readonly question: Question<WordFollower>;
  readonly text: number;
}

export interface AnswerOptions extends CompileOptions {
  /** Walks that are followed at a time. */
  readonly rows: number;
  /** Most texts of a picture. */
  readonly texts: number;
}

/** States that are summarized together; few walks enter a new stage at the same step. */
const states = 8;

/** The trained network, answering up to `rows` walks at a time. */
export async function createAnswers(
  describer: Describer,
  network: NetworkSize,
  layout: ParameterLayout,
  parameters: Float32Array,
  { rows, texts, ...options }: AnswerOptions,
): Promise<Answers<WordFollower>> {
  const { siteWidth, stateWidth, tokens, setting, guesses: asker } = describer;
  const { cellWidth } = network;
  const p = freeze(layout, parameters);
  const opened = statesOf(input("states", [states, stateWidth]), describer);
  const guesses = toldWords(p, "words", states, setting);
  const words = guesses && guessedCells(guesses, setting.language);
  const label = input("label", [states], "int32");
  const said: Readonly<Record<string, Tensor>> = {
    cells: summarize(p, { ...opened, words }, network),
    ...(guesses && {
      guesses: guessedCoefficients(p.in("words"), guesses, label, setting.classes),
    }),
  };
  const summary = await compile(said, options);
  const networks = await forEveryScale(async (scale) => {
    const decisions = {
      sites: input("sites", [rows, siteWidth[scale]]),
      cell: input("cell", [rows, cellWidth]),
      guess:
        asker && scale === "shape"
          ? guessOfDecisions(
              input("members", [rows, mostMembers]),
              input("asked", [rows, askedWidth]),
            )
          : undefined,
    };
    const logits = decide(p.in(scale), decisions, tokens, network);
    return {
      decision: await compile({ logits }, options),
      feeds: {
        sites: new Float32Array(rows * siteWidth[scale]),
        cell: new Float32Array(rows * cellWidth),
        ...(asker &&
          scale === "shape" && {
            members: new Float32Array(rows * mostMembers),
            asked: new Float32Array(rows * askedWidth),
          }),
      },
      said: new Float32Array(rows * tokens),
    };
  });

  const opening = new Float32Array(states * stateWidth);
  const told = setting.words && wordArray(states, setting.words);
  const labels = new Int32Array(states);
  const places = asker?.places ?? 0;
  const summaries = {
    cells: new Float32Array(states * gridCells * cellWidth),
    ...(asker && { guesses: new Float32Array(states * places) }),
  };
  /** What the summary says of each row's present stage, given each of its texts. */
  const rowCells = new Float32Array(rows * texts * gridCells * cellWidth);
  const rowGuesses = new Float32Array(rows * texts * places);
  const members = new Int32Array(mostMembers);
  const logits = new Float32Array(rows * tokens);

  const summarizeSome = async (entered: readonly Entered[]) => {
    for (const [s, { question, text }] of entered.entries()) {
      const { follower, site, approximation } = question;
      const { words } = follower;
      follower.writeState(opening, s * stateWidth, site, approximation);
      labels[s] = follower.label;
      if (setting.words && told) writeWords(told, s, words.texts[text] ?? [], setting.words);
    }
    const feeds = { states: opening, ...(told && { words: told, label: labels }) };
    await summary.run(feeds, summaries);
    for (const [s, { row, text }] of entered.entries()) {
      const place = row * texts + text;
      copyRow(summaries.cells, s, rowCells, place, gridCells * cellWidth);
      if (summaries.guesses) copyRow(summaries.guesses, s, rowGuesses, place, places);
    }
  };

  return {
    async ask(questions) {
      const entered = questions.flatMap((question, row) =>
        question?.follower.enter(question.site, question.approximation)
          ? question.follower.words.texts.map((_, text): Entered => ({ row, question, text }))
          : [],
      );
      for (let first = 0; first < entered.length; first += states) {
        await summarizeSome(entered.slice(first, first + states));
      }
      for (const scale of scaleNames) {
        const { decision, feeds, said } = networks[scale];
        const asked = questions.flatMap((question, row) =>
          question && describer.scaleOf(question.site) === scale ? [{ row, question }] : [],
        );
        if (asked.length === 0) continue;
        for (const { row, question } of asked) {
          const { follower, site, approximation } = question;
          const { words } = follower;
          follower.writeSite(feeds.sites, row * siteWidth[scale], site, approximation);
          const cell = follower.cellOf(site);
          const place = row * texts + words.textOf[cell]!; // a text each cell
          copyRow(rowCells, place * gridCells + cell, feeds.cell, row, cellWidth);
          if (asker && feeds.members && feeds.asked) {
            asker.writeMembers(members, 0, place * places, site);
            for (const [k, member] of members.entries())
              feeds.members[row * mostMembers + k] = rowGuesses[member]!; // a place of the row
            asker.writeAsked(feeds.asked, row * askedWidth, site, approximation);
          }
        }
        await decision.run(feeds, { logits: said });
        for (const { row } of asked) copyRow(said, row, logits, row, tokens);
      }
      return logits;
    },
    async [Symbol.asyncDispose]() {
      await summary.close();
      for (const scale of scaleNames) await networks[scale].decision.close();
    },
  };
}

/** One after another. */
async function forEveryScale<T>(make: (scale: Scale) => Promise<T>): Promise<PerScale<T>> {
  return { shape: await make("shape"), detail: await make("detail") };
}

/** Copies row `i` of one table of `width` columns to row `j` of another. */
function copyRow(from: Float32Array, i: number, to: Float32Array, j: number, width: number): void {
  to.set(from.subarray(i * width, (i + 1) * width), j * width);
}
