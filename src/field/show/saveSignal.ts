import { extname } from "node:path";
import { writeNpy } from "../../data/formats/npyFile.ts";
import { writeSound } from "../../data/formats/wavFile.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { UserError } from "../../errors/userError.ts";
import { fromValue, type Signal } from "../signal/signal.ts";
import { drawChart } from "./drawChart.ts";
import { drawPicture } from "./drawPicture.ts";

/**
 * Writes a signal as the kind of file that its name ends in: a picture (.png), which is a chart of a signal of one axis; a
 * sound (.wav) of one or two channels, clipped at full scale; or an array (.npy) of the numbers of its source, channels last
 * where there are several, of 64 bits where the source had more than 32-bit floating point can hold. Throws UserError where
 * the kind of file cannot hold the signal.
 */
export async function saveSignal(path: string, signal: Signal): Promise<void> {
  const { size, channels, values } = signal;
  const ending = extname(path).toLowerCase();
  if (ending === ".npy") {
    return writeNpy(path, {
      shape: channels === 1 ? size : [...size, channels],
      data: numbersOf(signal),
    });
  }
  if (ending === ".png" && size.length > 1) return writeImage(path, drawPicture(signal));
  if (ending === ".png") {
    return writeImage(path, await drawChart([{ name: "field", signal }], { title: "Field" }));
  }
  if (ending === ".wav" && size.length === 1) {
    if (channels !== 1 && channels !== 2) {
      throw new UserError(
        `${path} cannot hold a signal of ${channels} channels; a sound has one or two`,
        "unsupported-file",
      );
    }
    return writeSound(path, { rate: signal.rate ?? 8000, channels, samples: values });
  }
  const fitting = size.length === 1 ? ".png, .wav or .npy" : ".png or .npy";
  throw new UserError(
    `${path} cannot hold a signal of ${size.length} axes; name a ${fitting} file`,
    "unsupported-file",
  );
}

/** The numbers of the source that the values of a signal stand for. */
function numbersOf({ values, range }: Signal): Float32Array | Float64Array {
  if (range === undefined) return values;
  const numbers = range.double ? Float64Array.from(values) : values;
  return numbers.map((value) => fromValue(value, range));
}
