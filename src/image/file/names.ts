import { binaryDecoder, binaryEncoder } from "../../codec/entropy/binaryCoder.ts";
import { withMixing } from "../../codec/mixing/withMixing.ts";
import { walkNumber } from "../../codec/planes/codedNumber.ts";
import { UserError } from "../../errors/userError.ts";

/*
 * Names of the pictures of a set, in UTF-8, a 0 behind each: bits mixed from what stood before them, in this name and at the same place of the
 * last one, and from the last name counted up.
 */

/** Bytes of a name at most. */
const longest = 1024;

/** Whether a name can be that of a picture of a set: a relative path with slashes that leads nowhere else, and has no ending. */
export const isPictureName = (name: string): boolean =>
  name.split("/").every((part) => part !== "" && part !== "." && part !== "..") &&
  ![...name].some((letter) => letter < " " || letter === "\\" || letter === "\x7f") &&
  name.isWellFormed() &&
  new TextEncoder().encode(name).length <= longest;

/** The code of names. Throws UserError where one cannot be a picture's, or two are the same. */
export function encodeNames(names: readonly string[]): Uint8Array {
  const wrong = names.find((name) => !isPictureName(name));
  if (wrong !== undefined)
    throw new UserError(`a picture of a set cannot have the name ${JSON.stringify(wrong)}`);
  if (new Set(names).size < names.length)
    throw new UserError(`two pictures of the set have the name ${JSON.stringify(twice(names))}`);
  return withMixing((mixing) => {
    const encoder = binaryEncoder();
    let before: Uint8Array = new Uint8Array(0);
    for (const name of names) {
      const bytes = new TextEncoder().encode(`${name}\0`);
      for (let i = 0; i < bytes.length; i++)
        walkNumber(mixing, 8, contextsAt(bytes, i, before), (contexts, k) => {
          const bit = (bytes[i]! >> k) & 1 ? 1 : 0;
          encoder.encode(bit, mixing.predict(contexts));
          mixing.update(bit);
          return bit;
        });
      before = bytes;
    }
    return encoder.finish();
  });
}

const twice = (names: readonly string[]) => names.find((name, i) => names.indexOf(name) < i);

/** So many names of a code. Throws UserError, naming the file, where it is damaged. */
export function decodeNames(code: Uint8Array, count: number, file: string): string[] {
  const damaged = () =>
    new UserError(`${file} is damaged: the names of its pictures are impossible`, "damaged-file");
  return withMixing((mixing) => {
    const decoder = binaryDecoder(code, true);
    const names: string[] = [];
    let before: Uint8Array = new Uint8Array(0);
    const bytes = new Uint8Array(longest + 1);
    while (names.length < count) {
      let length = 0;
      do {
        const byte = walkNumber(mixing, 8, contextsAt(bytes, length, before), (contexts) => {
          const bit = decoder.decode(mixing.predict(contexts));
          if (bit >= 0) mixing.update(bit === 1 ? 1 : 0);
          return bit;
        });
        if (byte < 0 || length > longest) throw damaged();
        bytes[length++] = byte;
      } while (bytes[length - 1] !== 0);
      before = bytes.slice(0, length);
      const name = new TextDecoder().decode(before.subarray(0, length - 1));
      if (!isPictureName(name)) throw damaged();
      names.push(name);
    }
    if (new Set(names).size < names.length) throw damaged();
    return names;
  });
}

/** What is known before a byte of a name. */
function contextsAt(bytes: Uint8Array, at: number, before: Uint8Array): number[] {
  const back = (distance: number) => (at >= distance ? bytes[at - distance]! : 0);
  const last = back(1);
  const two = last + 256 * back(2);
  const same = before[at] ?? 0;
  const counted = countedUp(before);
  let alike = 0; // bytes that are those of the last name counted up
  while (alike < at && bytes[alike] === counted[alike]) alike++;
  const isCounted = alike === at ? 1 : 0;
  return [
    1,
    2 + 8 * last,
    3 + 8 * two,
    4 + 8 * two + 2 ** 19 * (back(3) & 255),
    5 + 8 * (same + 256 * last),
    6 + 8 * ((counted[at] ?? 0) * 2 + isCounted),
    7 + 8 * Math.min(at, 255),
  ];
}

/** A name whose last digits are one more. */
function countedUp(name: Uint8Array): Uint8Array {
  const next = name.slice();
  let at = next.length - 2; // before the 0
  while (at >= 0 && next[at] === nine) next[at--] = zero;
  if (at >= 0 && next[at]! >= zero && next[at]! < nine) next[at]!++;
  return next;
}

const [zero, nine] = [48, 57];
