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

/** How a range is divided among symbols. */
export interface RangeOptions {
  /**
   * Divides it as exactly as whole numbers can, and not into equal units for each frequency. That saves about a thousandth of a
   * bit for each symbol where the total is 2^16, and makes another code.
   */
  readonly fine?: boolean;
}

type Split = (range: number, below: number, total: number) => number;

/** Where in a range the symbols begin that have others of a frequency of `below` before them. All products are exact. */
const splitOf = ({ fine = false }: RangeOptions): Split =>
  fine
    ? (range, below, total) => Math.floor((range * below) / total)
    : (range, below, total) => Math.floor(range / total) * below;

/** A new encoder. */
export function rangeEncoder(options: RangeOptions = {}): RangeEncoder {
  const split = splitOf(options);
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
      const start = split(range, below, total);
      low += start;
      range = split(range, below + frequency, total) - start;
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
export function rangeDecoder(
  bytes: Uint8Array,
  complete: boolean,
  options: RangeOptions = {},
): RangeDecoder {
  const split = splitOf(options);
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
      let below = 0;
      let symbol = 0;
      let from = 0;
      let to = split(range, frequencies[0]!, total);
      // A damaged code may point past the last symbol; stopping there keeps it harmless.
      for (const end = frequencies.length - 1; symbol < end && to <= code; ) {
        below += frequencies[symbol++]!;
        from = to;
        to = split(range, below + frequencies[symbol]!, total);
      }
      const frequency = frequencies[symbol]!;
      const highest = Math.min(code + slack, split(range, total, total) - 1);
      if (slack > 0 && highest >= to) return -1;
      last.code = code;
      last.read = position;
      last.from = from;
      last.to = below + frequency === total ? Number.POSITIVE_INFINITY : to;
      range = to - from;
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
