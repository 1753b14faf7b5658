import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { UserError } from "../../errors/userError.ts";
import { loadSharp } from "./loadSharp.ts";

it.each([
  [
    Object.assign(new Error("Cannot find package 'sharp' imported from x"), {
      code: "ERR_MODULE_NOT_FOUND",
    }),
    "pictures need the package sharp, which is not installed; this installs it: npm install sharp",
  ],
  [
    new Error("Could not load the module\nusing linux-x64"),
    "pictures need the package sharp, which does not work here (Could not load the module); this installs it: npm install sharp",
  ],
])(
  "a package that cannot be loaded (%s) is one clear sentence with a code of its own",
  async (error, sentence) => {
    await expect(loadSharp(() => Promise.reject(error))).rejects.toThrow(
      new UserError(sentence, "missing-dependency"),
    );
  },
);

/** A process in which nothing finds sharp; prints what the program returns. */
async function withoutSharp(program: string): Promise<unknown> {
  const hooks = `
    import { registerHooks } from "node:module";
    registerHooks({ resolve(name, context, next) {
      if (name === "sharp") throw new Error("Cannot find package 'sharp'");
      return next(name, context);
    } });
  `;
  const url = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...["--import", url(hooks), "--input-type=module", "--eval"],
    `console.log(JSON.stringify(await (async () => { ${program} })()))`,
  ]);
  return JSON.parse(stdout);
}

it("without sharp all that decodes no picture works, and decoding one says why it does not", async () => {
  const door = new URL("../index.ts", import.meta.url).href;
  const result = await withoutSharp(`
    const data = await import(${JSON.stringify(door)});
    const raster = data.blankRaster(2, 2, 1);
    const png = data.encodePng(raster);
    const error = await data.decodeImage(png, "a.png").catch((error) => error);
    return [png.length > 50, data.createRandom(1).integer(1000), error.code];
  `);
  expect(result).toEqual([true, 9, "missing-dependency"]);
});
