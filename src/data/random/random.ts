/** The whole state of a generator: four unsigned 32-bit words, plain JSON. */
export type RandomState = readonly [number, number, number, number];

/** A seeded stream of random numbers. Drawing advances it; the same seed gives the same stream on every machine. */
export interface Random {
  /** A number in [0, 1), a multiple of 2^-32. */
  uniform(): number;
  /** An integer of 0 … n−1, all equally likely; n is at most 2^32. */
  integer(n: number): number;
  /** A sample of the standard normal distribution. */
  normal(): number;
  /** 0 … n−1 in random order. */
  permutation(n: number): Uint32Array;
  /** The present state, from which `fromState` continues the stream. */
  state(): RandomState;
  /**
   * An independent stream, a function of the present state and `label`. Forking draws nothing: the same label from the same
   * state gives the same stream, and no other user of this stream notices.
   */
  fork(label: string | number): Random;
}

/**
 * The stream of a random seed, which is any number or text.
 *
 * @example
 * const random = createRandom(1);
 * random.uniform(); // in [0, 1)
 * random.fork("noise").normal();
 */
export function createRandom(seed: number | string): Random {
  return mixed([0x6f6e6465, 0x6c657474, 0x65207631, 1], seed);
}

/**
 * The stream that continues from a saved state. The algorithm is sfc32 (Doty-Humphrey, PractRand):
 * 128 bits of state, a period of at least 2^32 and 2^127 on average, a few instructions a draw.
 */
export function fromState(state: RandomState): Random {
  let [a, b, c, counter] = state;

  const next = (): number => {
    const sum = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0;
    return sum;
  };
  const uniform = () => next() / 2 ** 32;
  const integer = (n: number): number => {
    // Draws beyond the last whole multiple of n would favor small results.
    const limit = 2 ** 32 - (2 ** 32 % n);
    let draw = next();
    while (draw >= limit) draw = next();
    return draw % n;
  };

  return {
    uniform,
    integer,
    // The second value of Box and Muller is dropped: a spare would be part of the state.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    permutation(n) {
      const order = Uint32Array.from({ length: n }, (_, i) => i);
      for (let i = n - 1; i > 0; i--) {
        const j = integer(i + 1);
        const swap = order[i]!;
        order[i] = order[j]!;
        order[j] = swap;
      }
      return order;
    },
    state: () => [a >>> 0, b >>> 0, c >>> 0, counter],
    fork: (label) => mixed([a >>> 0, b >>> 0, c >>> 0, counter], label),
  };
}

/** Absorbs a state and a label, type included, into a fresh state (murmur3's mixing, word by word). */
function mixed(state: RandomState, label: string | number): Random {
  const words = new Uint32Array(new TextEncoder().encode(`${typeof label}:${label}`));
  const fresh = state.map((_, lane) => {
    let hash = Math.imul(lane + 1, 0x9e3779b9);
    const absorb = (word: number) => {
      hash ^= Math.imul(word, 0xcc9e2d51);
      hash = Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64;
      hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
      hash ^= hash >>> 13;
    };
    for (const word of state) absorb(word);
    for (const word of words) absorb(word);
    return hash >>> 0;
  });
  const random = fromState([fresh[0]!, fresh[1]!, fresh[2]!, 1]);
  // sfc32 needs a dozen rounds until every bit of the state depends on every other.
  for (let i = 0; i < 12; i++) random.uniform();
  return random;
}
