import { readWav, type Sound } from "../../src/data/formats/wav.ts";

/** The sound of the bytes of a WAV file. */
export async function soundOf(file: Uint8Array): Promise<Sound> {
  const pieces: Sound[] = [];
  for await (const piece of readWav(once(file), "the sound")) pieces.push(piece);
  return {
    rate: pieces[0]?.rate ?? 0, // there is a piece at least
    samples: Float32Array.from(pieces.flatMap(({ samples }) => [...samples])),
  };
}

async function* once(bytes: Uint8Array) {
  yield bytes;
}
