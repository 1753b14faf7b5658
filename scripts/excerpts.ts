/**
 * A folder of texts by class, for `sequence compare --task text`: excerpts of files, whose class is the file that they are from.
 * It stands in for reviews of films, Long Range Arena's texts, where these cannot be had; it is another task, and easier.
 *
 *   node scripts/excerpts.ts FOLDER SHORTEST LONGEST MOST FILE FILE…
 *
 * Cuts each file into pieces of SHORTEST to LONGEST bytes, one after another, each length as likely (decided by the file's
 * name), and keeps at most MOST of each file, spread evenly. Those of its last fifth are in FOLDER/valid, the others in
 * FOLDER/train, so that no piece of one part lies between two of the other.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { createRandom } from "../src/data/index.ts";
import { spreadEvenly } from "../src/data/random/spreadEvenly.ts";

const [folder, ...rest] = process.argv.slice(2);
const [shortest = 0, longest = 0, most = 0] = rest.slice(0, 3).map(Number);
const files = rest.slice(3);
if (!folder || !(1 <= shortest && shortest <= longest && most >= 1) || files.length < 2) {
  console.error("node scripts/excerpts.ts FOLDER SHORTEST LONGEST MOST FILE FILE…");
  process.exit(2);
}

for (const file of files) {
  const name = basename(file, extname(file));
  const bytes = await readFile(file);
  const random = createRandom(`excerpts ${name}`);
  const pieces: Uint8Array[] = [];
  for (let start = 0; ; ) {
    const length = shortest + random.integer(longest - shortest + 1);
    if (start + length > bytes.length) break;
    pieces.push(bytes.subarray(start, start + length));
    start += length;
  }
  const kept = spreadEvenly(pieces.length, most).map((i) => pieces[i]!); // i < length
  const trained = Math.floor(0.8 * kept.length);
  const parts = { train: kept.slice(0, trained), valid: kept.slice(trained) };
  for (const [part, texts] of Object.entries(parts)) {
    const place = join(folder, part, name);
    await mkdir(place, { recursive: true });
    for (const [i, text] of texts.entries()) {
      await writeFile(join(place, `${String(i).padStart(5, "0")}.txt`), text);
    }
  }
  console.log(`${name}: ${parts.train.length} in train, ${parts.valid.length} in valid`);
}
