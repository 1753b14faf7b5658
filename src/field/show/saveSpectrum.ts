import { extname } from "node:path";
import { writeNpy } from "../../data/formats/npyFile.ts";
import { writeImage } from "../../data/images/writeImage.ts";
import { UserError } from "../../errors/userError.ts";
import type { Signal } from "../signal/signal.ts";
import { signalSpectrum } from "../signal/spectrum.ts";
import { spectrumChart } from "./drawSpectrum.ts";
import { spectrumPicture } from "./spectrumPicture.ts";

/**
 * Writes the power spectrum of a signal. The ending of the name selects the format: a picture (.png), which is a chart for a
 * signal of one axis, or an array (.npy) with zero frequency in the middle. Throws UserError for any other ending.
 */
export async function saveSpectrum(path: string, signal: Signal): Promise<void> {
  const ending = extname(path).toLowerCase();
  const spectrum = signalSpectrum(signal);
  if (ending === ".npy") return writeNpy(path, { shape: spectrum.size, data: spectrum.power });
  if (ending !== ".png") {
    throw new UserError(`${path} cannot hold a spectrum; name a .png or .npy file`);
  }
  const { size, rate } = signal;
  if (size.length > 1) return writeImage(path, spectrumPicture(spectrum));
  const chart = { title: "Spectrum", ...(rate !== undefined && { rate }) };
  return writeImage(path, await spectrumChart([{ name: "field", spectrum }], chart));
}
