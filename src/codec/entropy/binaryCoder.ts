/**
 * Arithmetic coding of single bits (Rissanen & Langdon 1979): an interval of 32-bit numbers is split in proportion to the
 * probabilities, and its leading bytes are written as soon as both ends agree. A bit of probability p costs −log2 p bits up to
 * rounding.
 */
export interface BinaryEncoder {
  /** Codes a bit; `chance` is the probability that it is 1, out of 2^16: 1 … 65,535. */
  encode(bit: 0 | 1, chance: number): void;
  /** Bytes that are certain so far. */
  written(): number;
  /** With so many bytes of the finished code, or with all if it is shorter, a decoder knows every bit that was coded so far. */
  decisiveBytes(): number;
  /** Ends the code with as few bytes as will do; {@link impliedBytes} zeros at the end are implied, and no more. */
  finish(): Uint8Array;
}

/**
 * Zeros that may be left out at the end of a code. A decoder that needs more of them was given another code: so a few bytes cannot ask for
 * endless work.
 */
export const impliedBytes = 32;

/** The lower part of the interval low … high, which stands for 1. */
const split = (low: number, high: number, chance: number): number => {
  const range = high - low;
  return low + Math.floor(range / 65536) * chance + (((range & 0xffff) * chance) >>> 16);
};

/** A new encoder. */
export function binaryEncoder(): BinaryEncoder {
  let bytes = new Uint8Array(4096);
  let length = 0;
  let low = 0;
  let high = 0xffffffff;

  function write(byte: number): void {
    if (length === bytes.length) {
      const longer = new Uint8Array(2 * length);
      longer.set(bytes);
      bytes = longer;
    }
    bytes[length++] = byte;
  }
  return {
    encode(bit, chance) {
      const middle = split(low, high, chance);
      if (bit === 1) high = middle;
      else low = middle + 1;
      while ((low ^ high) >>> 24 === 0) {
        write(high >>> 24);
        low = (low << 8) >>> 0;
        high = ((high << 8) | 255) >>> 0;
      }
    },
    written: () => length,
    decisiveBytes: () => length + 4, // a decoder looks so far ahead
    finish() {
      const end = roundest(low, high);
      for (let shift = 24; shift >= 0; shift -= 8) write((end >>> shift) & 255);
      const least = Math.max(length - impliedBytes, 0);
      while (length > least && bytes[length - 1] === 0) length--;
      return bytes.slice(0, length);
    },
  };
}

/** The number from `low` to `high` that ends in most zero bytes. */
function roundest(low: number, high: number): number {
  for (const unit of [2 ** 32, 2 ** 24, 2 ** 16, 2 ** 8]) {
    const candidate = unit * Math.ceil(low / unit);
    if (candidate <= high) return candidate;
  }
  return low;
}

/** The decoder of {@link BinaryEncoder}'s codes. */
export interface BinaryDecoder {
  /** The bit that was coded with this chance; −1 if the bytes at hand do not determine it or are no code at all, and at every later call. */
  decode(chance: number): 0 | 1 | -1;
}

/**
 * A decoder of `bytes`. If they are not `complete`, what follows them is unknown, and only bits that every continuation agrees on
 * are told.
 */
export function binaryDecoder(bytes: Uint8Array, complete: boolean): BinaryDecoder {
  let position = 0;
  let low = 0;
  let high = 0xffffffff;
  // The code lies in least … most, which differ where bytes are missing.
  let least = 0;
  let most = 0;
  let isLost = false;
  const end = bytes.length + impliedBytes;

  function shift(): void {
    const isMissing = position >= bytes.length;
    least = ((least << 8) | (isMissing ? 0 : bytes[position]!)) >>> 0;
    most = ((most << 8) | (isMissing ? (complete ? 0 : 255) : bytes[position]!)) >>> 0;
    position++;
  }
  for (let i = 0; i < 4; i++) shift();
  return {
    decode(chance) {
      const middle = split(low, high, chance);
      const bit = least <= middle ? 1 : 0;
      if (isLost || (bit === 1 && most > middle) || position > end) {
        isLost = true;
        return -1;
      }
      if (bit === 1) high = middle;
      else low = middle + 1;
      while ((low ^ high) >>> 24 === 0) {
        low = (low << 8) >>> 0;
        high = ((high << 8) | 255) >>> 0;
        shift();
      }
      return bit;
    },
  };
}
