/**
 * A range coder: arithmetic coding byte by byte (Martin 1979), with 32 bits of range and the carry
 * resolved in the encoder. A symbol of frequency f, after symbols of total frequency `below`, out of `total` ≤ 2^16, costs −log2(f / total) bits up to rounding.
 */
export interface RangeEncoder {
  encode(below: number, frequency: number, total: number): void;
  /** Ends the code with as few bytes as will do; zeros at the end are implied. */
  finish(): Uint8Array;
}

const top = 2 ** 32;
const bottom = 2 ** 24;

/** A new encoder. */
export function rangeEncoder(): RangeEncoder {
  const bytes: number[] = [];
  let low = 0;
  let range = top - 1;
  // The last byte may still be raised by a carry, which then runs through all the 255s behind it.
  let held = -1;
  let heldFull = 0;

  function release(carry: number): void {
    if (held >= 0) bytes.push(held + carry);
    for (; heldFull > 0; heldFull--) bytes.push((255 + carry) % 256);
  }
  function shift(): void {
    if (low >= top) {
      release(1);
      held = Math.floor((low - top) / bottom);
    } else if (low < 255 * bottom) {
      release(0);
      held = Math.floor(low / bottom);
    } else {
      heldFull++;
    }
    low = (low % bottom) * 256;
  }
  return {
    encode(below, frequency, total) {
      const unit = Math.floor(range / total);
      low += unit * below;
      range = unit * frequency;
      while (range < bottom) {
        range *= 256;
        shift();
      }
    },
    finish() {
      low = roundest(low, low + range);
      for (let i = 0; i < 5; i++) shift();
      while (bytes.at(-1) === 0) bytes.pop();
      return Uint8Array.from(bytes);
    },
  };
}

/** The number in [from, to) that ends in most zero bytes. */
function roundest(from: number, to: number): number {
  for (let unit = bottom; unit > 1; unit /= 256) {
    const candidate = unit * Math.ceil(from / unit);
    if (candidate < to) return candidate;
  }
  return from;
}

/** The decoder of {@link RangeEncoder}'s codes. */
export interface RangeDecoder {
  /**
   * The symbol that was encoded with these frequencies, whose sum is `total`; −1 if the bytes at hand do
   * not determine it, after which the decoder must not be used again. A symbol of frequency 0 never results.
   */
  decode(frequencies: ArrayLike<number>, total: number): number;
  /** The fewest first bytes that determine the last symbol, given those before it; of complete bytes alone. */
  needed(): number;
}

/**
 * A decoder of `bytes`. If they are not `complete`, what follows them is unknown, and only symbols that
 * every continuation agrees on are returned.
 */
export function rangeDecoder(bytes: Uint8Array, complete: boolean): RangeDecoder {
  let position = 0;
  let range = top - 1;
  // The code, relative to the encoder's low, lies in code … code + slack; bytes past the end make slack.
  let code = 0;
  let slack = 0;
  // What the last symbol was told by: the code up to `read` bytes lay in from … to.
  const last = { code: 0, read: 0, from: 0, to: 0 };

  function shift(): void {
    const missing = position >= bytes.length;
    code = code * 256 + (missing ? 0 : bytes[position]!);
    slack = slack * 256 + (missing && !complete ? 255 : 0);
    position++;
  }
  for (let i = 0; i < 4; i++) shift();

  return {
    decode(frequencies, total) {
      const unit = Math.floor(range / total);
      const target = Math.floor(code / unit);
      let below = 0;
      let symbol = 0;
      // A damaged code may point past the last symbol; stopping there keeps it harmless.
      const end = frequencies.length - 1;
      while (symbol < end && below + frequencies[symbol]! <= target)
        below += frequencies[symbol++]!;
      const frequency = frequencies[symbol]!;
      const highest = Math.min(code + slack, unit * total - 1);
      if (slack > 0 && highest >= unit * (below + frequency)) return -1;
      last.code = code;
      last.read = position;
      last.from = unit * below;
      last.to =
        below + frequency === total ? Number.POSITIVE_INFINITY : last.from + unit * frequency;
      range = unit * frequency;
      code -= last.from;
      if (frequency === 0 || code >= range) return -1;
      while (range < bottom) {
        range *= 256;
        shift();
      }
      return symbol;
    },
    needed() {
      let { code: low, read } = last;
      // Without its last bytes the code could be anything from their zeros to their 255s.
      for (let unit = 1; read > last.read - 4; unit *= 256, read--) {
        low -= unit * (bytes[read - 1] ?? 0);
        if (low < last.from || low + 256 * unit > last.to) break;
      }
      return Math.min(bytes.length, read);
    },
  };
}
