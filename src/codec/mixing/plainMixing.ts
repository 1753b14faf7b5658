import { hash, saltOf } from "./hash.ts";
import { leastChance, squashTable, stretchLimit, stretchTable } from "./logistic.ts";
import {
  bias,
  contextLimit,
  counterRates,
  countLimit,
  inputLimit,
  type Mixing,
  mapCount,
  mapPoints,
  mapShift,
  measureLimit,
  setCount,
  setSize,
  shareRate,
  startingShare,
  useLimit,
  weightLimit,
  weightRates,
} from "./mixing.ts";
import { startingWeights, weightUnit } from "./startingWeights.ts";

/** {@link Mixing} in plain TypeScript: the witness of every faster one. */
export function plainMixing(): Mixing {
  const keys = new Int32Array(contextLimit);
  const measures = new Int32Array(measureLimit);
  const measured = new Uint16Array(1);
  const kind = new Uint16Array(1);
  const slots = new Int32Array(contextLimit);
  const sets = new Uint16Array(setCount);
  const last = new Uint16Array(1);
  const maps = new Uint16Array(mapCount);

  const chances = new Uint16Array(contextLimit << 16);
  const counts = new Uint8Array(contextLimit << 16);
  const weights = new Int32Array(setCount * setSize * inputLimit);
  const uses = new Uint16Array(setCount * setSize);
  const shares = new Int32Array(setSize * setCount);
  const points = new Uint16Array(mapCount * 65536 * mapPoints);

  const inputs = new Int16Array(inputLimit);
  const outputs = new Int32Array(setCount);
  const nearest = new Int32Array(mapCount);
  /** The weights that a row begins with, by the kind of question, in the order of the inputs. */
  const startingRows = startingWeights.map((own) => {
    const row = new Int32Array(inputLimit);
    row.set(own.contexts);
    row.set(own.measures, 2 * contextLimit);
    row[inputLimit - 1] = own.bias;
    return row.map((weight) => weight * weightUnit);
  });
  let contexts = 0;
  let mixed = 0;

  function reset(): void {
    for (const written of [keys, measures, measured, kind, sets, last, maps]) written.fill(0);
    chances.fill(32768);
    counts.fill(0);
    uses.fill(0);
    shares.fill(startingShare);
    for (let k = 0; k < mapPoints; k++) points[k] = squash(Math.min(128 * (k - 16), stretchLimit));
    for (let filled = mapPoints; filled < points.length; filled *= 2)
      points.copyWithin(filled, 0, Math.min(filled, points.length - filled));
  }
  reset();

  return {
    keys,
    measures,
    measured,
    kind,
    sets,
    last,
    maps,
    reset,
    predict(count) {
      contexts = count;
      for (let i = 0; i < count; i++) {
        const slot = (i << 16) | hash(keys[i]! + saltOf(i));
        slots[i] = slot;
        const chance = chances[slot]!;
        inputs[2 * i] = stretchTable[chance >> 4]!;
        inputs[2 * i + 1] = ((chance - 32768) * (Math.min(counts[slot]!, 30) + 2)) >> 9;
      }
      inputs.fill(0, 2 * count);
      for (let k = 0; k < measured[0]!; k++) inputs[2 * contextLimit + k] = measures[k]!;
      inputs[inputLimit - 1] = bias;
      const share = last[0]! * setCount;
      let sum = 0;
      for (let s = 0; s < setCount; s++) {
        const set = s * setSize + sets[s]!;
        const from = set * inputLimit;
        if (uses[set] === 0) weights.set(startingRows[kind[0]!]!, from);
        let total = 0;
        for (let k = 0; k < inputLimit; k++)
          total += Math.imul(weights[from + k]!, inputs[k]!) >> 8;
        const output = clamp(total >> 8, stretchLimit);
        outputs[s] = output;
        sum += Math.imul(shares[share + s]!, output) >> 8;
      }
      mixed = clamp(sum >> 8, stretchLimit);
      const position = (mixed + 2048) << 5;
      const point = position >> 12;
      const part = position & 4095;
      let chance = 2 * squash(mixed);
      for (let m = 0; m < mapCount; m++) {
        const at = ((m << 16) | maps[m]!) * mapPoints + point;
        chance += (points[at]! * (4096 - part) + points[at + 1]! * part) >> 12;
        nearest[m] = at + (part >> 11);
      }
      return Math.min(Math.max(chance >> 2, leastChance), 65536 - leastChance);
    },
    update(bit) {
      const target = bit === 1 ? 65535 : 0;
      for (let i = 0; i < contexts; i++) {
        const slot = slots[i]!;
        const count = counts[slot]!;
        const chance = chances[slot]!;
        const moved = chance + (Math.imul(target - chance, counterRates[count]!) >> 15);
        chances[slot] = Math.min(Math.max(moved, 32), 65503);
        if (count < countLimit) counts[slot] = count + 1;
      }
      const wanted = bit << 16;
      const share = last[0]! * setCount;
      const error = Math.imul(wanted - squash(mixed), shareRate) >> 4;
      for (let s = 0; s < setCount; s++) {
        const set = s * setSize + sets[s]!;
        const from = set * inputLimit;
        const used = uses[set]!;
        if (used < useLimit) uses[set] = used + 1;
        const own = Math.imul(wanted - squash(outputs[s]!), weightRates[used]!) >> 4;
        for (let k = 0; k < inputLimit; k++)
          weights[from + k] = clamp(
            weights[from + k]! + ((Math.imul(inputs[k]!, own) + 32768) >> 16),
            weightLimit,
          );
        shares[share + s] = clamp(
          shares[share + s]! + ((Math.imul(outputs[s]!, error) + 32768) >> 16),
          weightLimit,
        );
      }
      for (let m = 0; m < mapCount; m++) {
        const at = nearest[m]!;
        points[at] = points[at]! + ((target - points[at]!) >> mapShift);
      }
    },
  };
}

const clamp = (value: number, limit: number): number =>
  value > limit ? limit : value < -limit ? -limit : value;

const squash = (value: number): number => squashTable[value + 2048]!;
