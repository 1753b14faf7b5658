import type { Corpus } from "../corpus/parts.ts";
import type { OpenKind } from "../kinds/alphabets.ts";
import type { MixingTable } from "../mixings.ts";
import { buildSequence, type SequenceConfig, type SequenceOptions } from "../run.ts";
import { sequenceMeasure, sequenceTrainable } from "../trainable.ts";
import type { MixingSubject } from "./compareMixings.ts";

/** Sequence models on one corpus. */
export interface SequenceComparison {
  readonly corpus: Corpus;
  readonly kind: Pick<OpenKind, "alphabet" | "unit">;
  readonly path: string;
  readonly options: Omit<SequenceOptions, "mixing" | "peak">;
  /** Mixings that are not built in. */
  readonly own?: MixingTable;
}

/** Sequence models, compared by their validation loss. */
export const sequenceSubject = ({
  corpus,
  kind: { alphabet, unit },
  path,
  options,
  own,
}: SequenceComparison): MixingSubject => ({
  name: path,
  measure: sequenceMeasure(unit),
  async prepare(mixing, { rate, seed, plan }) {
    const config: SequenceConfig = {
      ...{ kind: "sequence", format: 2, alphabet, seed, plan },
      options: { ...options, mixing, peak: rate },
      symbols: corpus.train.symbols,
      data: { path, tokens: corpus.train.starts.at(-1) ?? 0 },
    };
    const model = sequenceTrainable(buildSequence(config, own), corpus, {
      ...config.options,
      unit,
    });
    return { config, model };
  },
});
