import { writeFileAtomically } from "../files/atomicWrite.ts";
import { streamFile } from "../files/readWholeFile.ts";
import {
  type ChannelledSound,
  encodeWav,
  type ReadWavOptions,
  readWavChannels,
  type Sound,
  type WavLayout,
} from "./wav.ts";

/**
 * Reads a whole WAV file. See {@link readWavChannels} for what is read and refused.
 *
 * @example
 * const { rate, channels, samples } = await readSound("voice.wav");
 */
export async function readSound(
  path: string,
  options: ReadWavOptions = {},
): Promise<ChannelledSound> {
  const pieces: Float32Array[] = [];
  let [rate, channels]: [number, 1 | 2] = [0, 1];
  for await (const piece of readWavChannels(streamFile(path), path, options)) {
    ({ rate, channels } = piece);
    pieces.push(piece.samples);
  }
  const samples = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    samples.set(piece, at);
    at += piece.length;
  }
  return { rate, channels, samples };
}

/** Writes a WAV file of 16-bit samples, or as the layout says, atomically; see {@link encodeWav}. */
export function writeSound(
  path: string,
  sound: Sound | ChannelledSound,
  layout: WavLayout = {},
): Promise<void> {
  return writeFileAtomically(path, encodeWav(sound, layout));
}
