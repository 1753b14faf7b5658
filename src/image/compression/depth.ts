import { bitsOf, greatest, type Picture, type Samples } from "../../data/images/picture.ts";

/** How samples of 16 bits are coded by as many bits as they have. */
export interface Depth {
  /** Bits of a coded sample, 1 to 16. */
  readonly bits: number;
  /** What is made of a coded sample. */
  readonly filling: Filling;
}

/**
 * How the bits of a coded sample fill 16: as the number that they are; shifted to the top, with zeros below; or shifted and repeated
 * below, so that white is white.
 */
export type Filling = "plain" | "shifted" | "repeated";

/** The depth of a picture of more than eight bits; undefined of eight. */
export function depthOf(picture: Picture): Depth | undefined {
  const { data } = picture;
  if (data instanceof Uint8Array) return undefined;
  const bits = bitsOf(picture);
  if (bits < 16) return { bits, filling: "plain" };
  for (const filling of ["shifted", "repeated"] as const)
    for (const bits of [8, 10, 12, 14])
      if (data.every((sample) => widen(sample >> (16 - bits), { bits, filling }) === sample))
        // Zeros below are also those of black, which has every depth.
        return greatest(data) === 0 ? { bits: 16, filling: "plain" } : { bits, filling };
  return { bits: 16, filling: "plain" };
}

/** The coded samples of a picture's. */
export function coded(data: Samples, depth: Depth | undefined): Samples {
  if (!depth || depth.filling === "plain") return data;
  return data.map((sample) => sample >> (16 - depth.bits));
}

/** The sample that a coded one stands for. */
export function widen(sample: number, { bits, filling }: Depth): number {
  if (filling === "plain") return sample;
  const top = sample << (16 - bits);
  return filling === "shifted" ? top : top | (bits < 8 ? 0 : sample >> (2 * bits - 16));
}

/** Samples of a picture for coded ones, in their place; and how a picture tells their depth. */
export function uncoded(data: Samples, depth: Depth | undefined): Pick<Picture, "data" | "bits"> {
  if (!depth) return { data };
  const { bits, filling } = depth;
  if (filling === "plain") return { data, bits };
  for (let i = 0; i < data.length; i++) data[i] = widen(data[i]!, depth);
  return { data, bits: 16 };
}

/** Bits of a coded sample. */
export const codedBits = (depth: Depth | undefined): number => depth?.bits ?? 8;
