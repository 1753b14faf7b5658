import { mostSamples, parseNumbers, type Series, soundRate } from "./series.ts";

/**
 * A sound that the browser can decode, mixed to one channel at 16 kHz, or numbers in a file of text. The first seconds of a long
 * sound are taken. Throws an Error that names the file where it is neither.
 */
export async function openSeries(file: File): Promise<Series> {
  if (/^text\/|json$/.test(file.type) || /\.(csv|tsv|txt|dat)$/i.test(file.name))
    return { name: file.name, samples: parseNumbers(await file.text()), rate: 1, isSound: false };
  const context = new OfflineAudioContext(1, 1, soundRate);
  const decoded = await context.decodeAudioData(await file.arrayBuffer()).catch(() => undefined);
  if (!decoded)
    throw new Error(
      `${file.name} is neither a sound that this browser can decode nor a text of numbers`,
    );
  const count = Math.min(decoded.length, mostSamples);
  const samples = new Float64Array(count);
  for (let c = 0; c < decoded.numberOfChannels; c++)
    decoded
      .getChannelData(c)
      .subarray(0, count)
      .forEach((x, i) => {
        samples[i]! += x / decoded.numberOfChannels;
      });
  return {
    ...{ name: file.name, samples, rate: soundRate, isSound: true },
    ...(decoded.length > count && {
      notice: `The first ${(count / soundRate).toFixed(1)} of ${decoded.duration.toFixed(1)} seconds.`,
    }),
  };
}
