import { parseArgs } from "node:util";
import { loadImages, openImages } from "../src/data/index.ts";
import { evaluate, formOf, integerModel, modelCoder, openImageRun } from "../src/image/index.ts";
import { plainProducts } from "../src/nn/integer/products.ts";
import { rivalSheets } from "./codec/rivalSheets.ts";

/**
 * Codes the first `--limit` test pictures of `--data` by the integer model of `--run`: what the network says in real numbers
 * (`image eval`), bytes of all pictures in one code and of a code for each, with their classes and without, and milliseconds of
 * processor time of a picture, with vectors and plainly. Everything is decoded and compared. With `--rivals` other programs code the same
 * pictures without loss, as one contact sheet. `--quick` leaves out codes without classes, for which all classes are tried, and codes for each.
 */
export async function main(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      run: { type: "string" },
      data: { type: "string" },
      limit: { type: "string", default: "500" },
      rivals: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
    },
  });
  const { run: folder, data } = values;
  if (folder === undefined || data === undefined)
    throw new Error("--run RUN says which model, --data DATA which pictures");
  const run = await openImageRun(folder);
  const source = await openImages(data, { part: "test" });
  const images = await loadImages(source, { ...formOf(run.config), limit: Number(values.limit) });
  const { rasters, labels } = images;
  const count = rasters.length;
  const { width, height, tokens } = run.language;
  const dimensions = width * height * tokens.geometry.channels;

  const say = (name: string, bits: number, more = "") =>
    console.log(
      `${name.padEnd(34)} ${(bits / count).toFixed(2)} bits/image, ${(bits / count / dimensions).toFixed(4)} bits/dim${more}`,
    );
  const timed = <T>(of: () => T) => {
    const used = process.cpuUsage();
    const result = of();
    const { user, system } = process.cpuUsage(used);
    return { result, milliseconds: (user + system) / 1000 };
  };
  const each = (milliseconds: number, pictures = count) =>
    `${(milliseconds / pictures).toFixed(1)} ms a picture`;

  const { bitsPerImage } = await evaluate(run, images, { threads: 1 });
  say(`${count} pictures, in real numbers`, bitsPerImage * count);
  const model = await integerModel(run);
  const coder = modelCoder(model);
  const told = rasters.map((raster, i) => ({ raster, label: labels[i]! })); // one each
  const untold = rasters.map((raster) => ({ raster }));
  coder.encode(told.slice(0, 20)); // compiles

  const all = timed(() => coder.encode(told));
  say("one code, with classes", 8 * all.result.length, `, ${each(all.milliseconds)}`);
  if (!values.quick) {
    say("one code, without", 8 * coder.encode(untold).length);
    const bytes = (pictures: typeof untold) =>
      pictures.reduce((sum, picture) => sum + coder.encode([picture]).length, 0);
    say("a code each, with classes", 8 * bytes(told));
    say("a code each, without", 8 * bytes(untold));
  }
  const back = timed(() => coder.decode(all.result, rasters));
  console.log(`decoding                           ${each(back.milliseconds)}`);

  const witness = modelCoder(model, plainProducts);
  const few = told.slice(0, 20);
  const plain = timed(() => witness.encode(few));
  const isSame = Buffer.from(plain.result).equals(coder.encode(few));
  const note = isSame ? "the same bytes" : "OTHER BYTES";
  console.log(
    `without vectors, ${few.length} pictures       ${each(plain.milliseconds, few.length)}, ${note}`,
  );
  if (run.language.lossless) {
    const exact = back.result.every(({ data }, i) => Buffer.from(data).equals(rasters[i]!.data));
    console.log(`all pictures came back ${exact ? "exactly" : "CHANGED"}`);
  }
  if (values.rivals) for await (const { name, bytes } of rivalSheets(rasters)) say(name, 8 * bytes);
}
