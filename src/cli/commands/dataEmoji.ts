import { makeEmoji } from "../../datasets/emoji/makeEmoji.ts";
import { type EmojiSetName, emojiSetNames } from "../../datasets/emoji/sets.ts";
import { UserError } from "../../errors/userError.ts";
import { defineCommand } from "../parser/command.ts";
import { nearest } from "../parser/nearest.ts";
import { npmRegistry } from "../shared/npmRegistry.ts";

/** `ondelette data emoji`: a set of color pictures with captions, made of the emoji sets on npm. */
export const command = defineCommand({
  about:
    "Draws the emoji of up to six makers: a folder for each style, a picture for each caption " +
    "(`train/noto/red-apple.png`), and metadata.jsonl with the captions, the layout that Hugging Face's ImageFolder reads. " +
    "The same subjects occur in several styles. One in sixteen pairs of caption and style is in the part `test` alone; the " +
    "training part has its caption in another style. The pictures come from the packages @iconify-json/… on npm, or from node_modules where they are installed. " +
    "Their licenses are written to LICENSE.txt.",
  options: {
    out: {
      type: "string",
      short: "o",
      placeholder: "FOLDER",
      default: "data/emoji",
      help: "folder to make",
    },
    sets: {
      type: "string",
      placeholder: "NAMES",
      default: emojiSetNames.join(","),
      help: "sets to draw, separated by commas",
    },
    size: { type: "integer", min: 8, max: 1024, default: 64, help: "side of a picture, in pixels" },
    background: {
      type: "string",
      placeholder: "COLOR",
      default: "white",
      help: "color behind the pictures, such as white or #202020",
    },
    skinTones: { type: "boolean", help: "draw the variants in five skin tones too" },
  },
  examples: [
    "ondelette data emoji",
    "ondelette data emoji --sets noto,twemoji --size 32 --out data/emoji32",
    "ondelette image train --data data/emoji --size 32 --color ycbcr --out runs/emoji",
  ],
  async run({ out, sets, size, background, skinTones }, io) {
    const chosen = setsOf(sets);
    let bar: ReturnType<typeof io.progress> | undefined;
    const made = await makeEmoji(out, {
      sets: chosen,
      size,
      background,
      skinTones,
      registry: await npmRegistry(),
      installed: process.cwd(),
      signal: io.signal,
      onSet: (name) => io.log(`reading @iconify-json/${name}`),
      onPictures: (done, total) => {
        bar ??= io.progress({ label: "drawing", unit: "pictures", total });
        bar.update(done);
      },
    });
    bar?.finish();
    const pictures = made.reduce((sum, set) => sum + set.pictures, 0);
    const heldOut = made.reduce((sum, set) => sum + set.heldOut, 0);
    io.print(
      `${out}: ${pictures} pictures of ${size}×${size} pixels in ${made.length} styles, ${heldOut} of them held out`,
    );
    for (const set of made) {
      io.print(
        `  ${set.name}: ${set.pictures} pictures (${set.heldOut} held out, ${set.leftOut} not drawn), ${set.title} by ${set.author}, ` +
          `${set.license.title}, version ${set.version}`,
      );
    }
    io.print(`  licenses: ${out}/LICENSE.txt`);
    io.print(
      `  try: ondelette image train --data ${out} --size ${Math.min(size, 32)} --color ycbcr --out runs/emoji`,
    );
    return {
      folder: out,
      pictures,
      heldOut,
      sets: made.map((set) => ({ ...set, license: { ...set.license } })),
    };
  },
});

function setsOf(text: string): EmojiSetName[] {
  const names = text.split(",").map((name) => name.trim());
  return names.map((name) => {
    const known = emojiSetNames.find((set) => set === name);
    if (known !== undefined) return known;
    const guess = nearest(name, emojiSetNames);
    throw new UserError(
      `there is no set “${name}”; ${guess === undefined ? `there are ${emojiSetNames.join(", ")}` : `did you mean “${guess}”?`}`,
      "not-found",
    );
  });
}
