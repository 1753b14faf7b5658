import { parseArgs } from "node:util";
import { decodeSet, encodePictureLosslessly, encodeSet } from "../src/codec.ts";
import { openImages } from "../src/data/index.ts";
import { rivalSheets } from "./codec/rivalSheets.ts";

/**
 * The first `--limit` test pictures of `--data` without loss: bytes as a set, as files of their own, and of a contact sheet by other programs; and
 * milliseconds of processor time of a picture. The set is decoded and compared.
 */
export async function main(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: { data: { type: "string" }, limit: { type: "string", default: "1000" } },
  });
  if (values.data === undefined) throw new Error("--data DATA says which pictures");
  const source = await openImages(values.data, { part: "test" });
  const count = Math.min(source.count, Number(values.limit));
  const rasters = await Promise.all(Array.from({ length: count }, (_, i) => source.read(i)));
  const samples = rasters.reduce((sum, { data }) => sum + data.length, 0);
  const say = (name: string, bytes: number, more = "") =>
    console.log(
      `${name.padEnd(32)} ${bytes} bytes, ${(bytes / count).toFixed(1)} a picture, ${((8 * bytes) / samples).toFixed(4)} bits a sample${more}`,
    );
  const timed = <T>(of: () => T) => {
    const used = process.cpuUsage();
    const result = of();
    const { user, system } = process.cpuUsage(used);
    return { result, time: `${((user + system) / 1000 / count).toFixed(1)} ms a picture` };
  };
  const set = timed(
    () =>
      encodeSet(
        rasters.map((raster) => ({ raster })),
        { lossless: true },
      ).file,
  );
  say(`${count} pictures as a set`, set.result.length, `, ${set.time}`);
  const back = timed(() => [...decodeSet(set.result).pictures]);
  const isExact = back.result.every(({ raster }, i) =>
    Buffer.from(raster.data).equals(rasters[i]!.data),
  );
  console.log(
    `decoding                         ${back.time}, ${isExact && back.result.length === count ? "all exactly" : "CHANGED"}`,
  );
  const alone = rasters.reduce(
    (sum, raster) => sum + encodePictureLosslessly(raster).file.length,
    0,
  );
  say("a file each", alone);
  for await (const { name, bytes } of rivalSheets(rasters)) say(name, bytes);
}
