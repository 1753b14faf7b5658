import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { createRandom, type NpyArray, readSound } from "../../src/data/index.ts";

/** An array that is compressed, and the samples per second of a sound. */
export interface Subject extends NpyArray {
  readonly name: string;
  readonly data: Float32Array | Int16Array;
  readonly rate?: number;
}

/** An ellipsoid: density, half axes, center, and its turn about the third axis in degrees. */
type Ellipsoid = readonly [
  ...[density: number, a: number, b: number, c: number],
  ...[x: number, y: number, z: number, turn: number],
];

/** The head of Shepp & Logan (1974) in three dimensions with the densities of Toft (1996), as Schabel's phantom3d has it ("modified Shepp–Logan"). */
const head: readonly Ellipsoid[] = [
  [1, 0.69, 0.92, 0.81, 0, 0, 0, 0],
  [-0.8, 0.6624, 0.874, 0.78, 0, -0.0184, 0, 0],
  [-0.2, 0.11, 0.31, 0.22, 0.22, 0, 0, -18],
  [-0.2, 0.16, 0.41, 0.28, -0.22, 0, 0, 18],
  [0.1, 0.21, 0.25, 0.41, 0, 0.35, -0.15, 0],
  [0.1, 0.046, 0.046, 0.05, 0, 0.1, 0.25, 0],
  [0.1, 0.046, 0.046, 0.05, 0, -0.1, 0.25, 0],
  [0.1, 0.046, 0.023, 0.05, -0.08, -0.605, 0, 0],
  [0.1, 0.023, 0.023, 0.02, 0, -0.606, 0, 0],
  [0.1, 0.023, 0.046, 0.02, 0.06, -0.605, 0, 0],
];

/** The head in n³ samples from −1 to 1, with normal noise of a deviation. */
export function phantom(n: number, noise: number): Subject {
  const random = createRandom(1);
  const at = (i: number) => (2 * i) / (n - 1) - 1;
  const shapes = head.map(([density, a, b, c, x, y, z, turn]) => {
    const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
    return { density, a, b, c, x, y, z, cos, sin };
  });
  const data = Float32Array.from({ length: n ** 3 }, (_, i) => {
    const [x, y, z] = [at(i % n), at(Math.floor(i / n) % n), at(Math.floor(i / n ** 2))];
    let sum = noise === 0 ? 0 : noise * random.normal();
    for (const one of shapes) {
      const [dx, dy, dz] = [x - one.x, y - one.y, z - one.z];
      const [u, v] = [one.cos * dx + one.sin * dy, one.cos * dy - one.sin * dx];
      if ((u / one.a) ** 2 + (v / one.b) ** 2 + (dz / one.c) ** 2 <= 1) sum += one.density;
    }
    return sum;
  });
  const name = noise === 0 ? `phantom ${n}³` : `phantom ${n}³, noise ${noise}`;
  return { name, shape: [n, n, n], data };
}

/** Waves of a field. */
const modes = 300;
/** Wave numbers at most, and where their decay becomes steeper. */
const [finest, knee] = [20, 10];

/**
 * A component of a velocity as turbulence has it, in n³ samples of a periodic box: waves with random directions and phases whose energy falls with
 * their number k as k^(−5/3), and as exp(−2 (k / 10)²) beyond.
 */
export function waves(n: number): Subject {
  const random = createRandom(2);
  const data = new Float64Array(n ** 3);
  const line = (k: number, f: (x: number) => number) =>
    Float64Array.from({ length: n }, (_, i) => f((2 * Math.PI * k * i) / n));
  for (let mode = 0; mode < modes; mode++) {
    const number = finest ** random.uniform(); // as many in each octave
    const [a, b, c] = [random.normal(), random.normal(), random.normal()];
    const length = Math.hypot(a, b, c);
    const [kx, ky, kz] = [a, b, c].map((x) => Math.round((number * x) / length)) as [
      ...[number, number, number],
    ];
    const k = Math.max(Math.hypot(kx, ky, kz), 1);
    const amplitude = k ** (-1 / 3) * Math.exp(-((k / knee) ** 2)); // k^(−5/3) for each k, k of them for each mode
    const phase = 2 * Math.PI * random.uniform();
    const [cx, sx] = [line(kx, Math.cos), line(kx, Math.sin)];
    for (let z = 0, at = 0; z < n; z++)
      for (let y = 0; y < n; y++) {
        const angle = (2 * Math.PI * (ky * y + kz * z)) / n + phase;
        const [cos, sin] = [amplitude * Math.cos(angle), amplitude * Math.sin(angle)];
        for (let x = 0; x < n; x++) data[at++]! += cos * cx[x]! - sin * sx[x]!;
      }
  }
  return { name: `waves ${n}³`, shape: [n, n, n], data: Float32Array.from(data) };
}

/** The vortices of Taylor & Green (1937) in n³ samples: the first component of the velocity. */
export function vortices(n: number): Subject {
  const at = (i: number) => (2 * Math.PI * i) / n;
  const data = Float32Array.from(
    { length: n ** 3 },
    (_, i) =>
      Math.sin(at(i % n)) *
      Math.cos(at(Math.floor(i / n) % n)) *
      Math.cos(at(Math.floor(i / n ** 2))),
  );
  return { name: `Taylor–Green ${n}³`, shape: [n, n, n], data };
}

/** Spoken digits one behind the other; undefined where they are absent. */
export async function speech(folder: string, count: number): Promise<Subject | undefined> {
  const recordings = join(folder, "fsdd/recordings");
  if (!existsSync(recordings)) return undefined;
  const names = (await readdir(recordings)).filter((name) => name.endsWith(".wav")).sort();
  const every = Math.floor(names.length / count);
  const parts: number[] = [];
  let rate = 0;
  for (let i = 0; i < count; i++) {
    const sound = await readSound(join(recordings, names[i * every]!));
    rate = sound.rate;
    for (const sample of sound.samples) parts.push(sample * 2 ** 15);
  }
  return { name: "speech", shape: [parts.length], data: Int16Array.from(parts), rate };
}
