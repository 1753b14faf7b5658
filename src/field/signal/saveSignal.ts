import { extname } from "node:path";
import { writeFileAtomically } from "../../data/files/atomicWrite.ts";
import { writeNpy } from "../../data/formats/npy.ts";
import { encodeWav } from "../../data/formats/wav.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { UserError } from "../../errors/userError.ts";
import { drawChart, drawPicture } from "../show/draw.ts";
import { fromValue, type Signal } from "./signal.ts";

/**
 * Writes a signal as the kind of file that its name ends in: a picture (.png), of a signal of one axis a chart; a sound (.wav,
 * channels mixed to one); or an array of numbers of its source (.npy, channels last where there are several). Throws
 * UserError where a signal is no such thing.
 */
export async function saveSignal(path: string, signal: Signal): Promise<void> {
  const { size, channels, values, range } = signal;
  const ending = extname(path).toLowerCase();
  if (ending === ".npy") {
    const data = range ? values.map((value) => fromValue(value, range)) : values;
    return writeNpy(path, { shape: channels === 1 ? size : [...size, channels], data });
  }
  if (ending === ".png" && size.length > 1) return writeImage(path, drawPicture(signal));
  if (ending === ".png") {
    return writeImage(path, await drawChart([{ name: "field", signal }], { title: "Field" }));
  }
  if (ending === ".wav" && size.length === 1) {
    const { rate = 8000 } = signal;
    const mixed = Float32Array.from({ length: size[0] ?? 0 }, (_, i) =>
      values.subarray(i * channels, (i + 1) * channels).reduce((a, b) => a + b / channels, 0),
    );
    return writeFileAtomically(path, encodeWav({ rate, samples: mixed }));
  }
  const fitting = size.length === 1 ? ".png, .wav or .npy" : ".png or .npy";
  throw new UserError(
    `${path} cannot hold a signal of ${size.length} axes; name a ${fitting} file`,
  );
}
