import { instantiate } from "../../wasm/instantiate.ts";
import { saltOf } from "./hash.ts";
import { squashTable, stretchLimit, stretchTable } from "./logistic.ts";
import {
  bias,
  contextLimit,
  counterRates,
  type Mixing,
  mapCount,
  mapPoints,
  measureLimit,
  setCount,
  weightRates,
} from "./mixing.ts";
import {
  at,
  fromContexts,
  lanes,
  memoryBytes,
  quads,
  rowBytes,
  slotBytes,
  touchedLimit,
  usesFrom,
  v,
} from "./simd/layout.ts";
import { predict } from "./simd/predict.ts";
import { update } from "./simd/update.ts";
import { startingWeights, weightUnit } from "./startingWeights.ts";

/** Bytes of a page of memory. */
const page = 65_536;

/**
 * {@link Mixing} by vectors of WebAssembly: the same numbers as `plainMixing`, always. Undefined where the platform has none. Its memory
 * is 0 in the beginning, and what was touched is remembered, so opening it and forgetting little take little time.
 */
export function simdMixing(): Mixing | undefined {
  const started = instantiate({ predict, update }, Math.ceil(memoryBytes / page));
  if (!started) return undefined;
  const { functions } = started;
  const { buffer } = started.memory;
  const shorts = (address: number, count: number) => new Uint16Array(buffer, address, count);
  const words = new Int32Array(buffer);
  const put = (address: number, table: ArrayLike<number>) =>
    shorts(address, table.length).set(table);

  put(at.squash, squashTable);
  words.set(stretchTable, at.stretch / 4);
  words.set(counterRates, at.counterRates / 4);
  put(at.weightRates, weightRates);
  for (let k = 0; k < mapPoints; k++)
    shorts(at.startingPoints, mapPoints)[k] =
      squashTable[2048 + Math.min(128 * (k - 16), stretchLimit)]!;
  for (let i = 0; i < contextLimit; i++) words[at.salts / 4 + i] = saltOf(i);
  words.fill(at.counters, at.slotTables / 4, at.slotTables / 4 + quads * lanes);
  for (let i = 0; i < contextLimit; i++) words[at.slotTables / 4 + i] = at.counters + slotBytes * i;
  for (let n = 0; n < lanes; n++) {
    const mask = at.masks / 4 + lanes * n;
    words.fill(-1, mask, mask + n);
    for (let lane = n; lane < lanes; lane++)
      words[at.fillers / 4 + lanes * n + lane] = at.filling + 4 * lane;
  }
  for (const [kind, { contexts, measures, bias }] of startingWeights.entries()) {
    const row = words.subarray((at.startingRows + kind * rowBytes) / 4);
    row[0] = bias * weightUnit;
    row[usesFrom / 4] = 1;
    for (const [k, weight] of measures.entries()) row[v / 4 + k] = weight * weightUnit;
    for (const [k, weight] of contexts.entries()) {
      const context = k >> 1;
      const pairOfVectors = fromContexts / 4 + 2 * lanes * Math.floor(context / lanes);
      row[pairOfVectors + lanes * (k & 1) + (context % lanes)] = weight * weightUnit;
    }
  }
  words[at.inputs / 4] = bias;
  words[at.touchedEnd / 4] = at.touched;

  const known = {
    keys: new Int32Array(buffer, at.keys, contextLimit),
    measures: new Int32Array(buffer, at.measures, measureLimit),
    measured: shorts(at.measured, 1),
    kind: shorts(at.kind, 1),
    sets: shorts(at.sets, setCount),
    last: shorts(at.last, 1),
    maps: shorts(at.maps, mapCount),
  };
  return {
    ...known,
    predict: (contexts) => functions.predict(contexts)!, // returns an integer
    update: (bit) => void functions.update(bit),
    reset() {
      for (const written of Object.values(known)) written.fill(0);
      const end = words[at.touchedEnd / 4]!;
      if (end === at.touched + 4 * touchedLimit) words.fill(0, at.learned / 4);
      else {
        for (let i = at.touched / 4; i < end / 4; i++) words[words[i]! >> 2] = 0;
        words.fill(0, at.shares / 4, at.counters / 4);
      }
      words[at.touchedEnd / 4] = at.touched;
    },
  };
}
