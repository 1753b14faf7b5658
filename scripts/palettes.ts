/**
 * Bytes of pictures of few colors without loss: by a list of their colors and by bit planes here, as PNG, with a palette where that does, and as WebP.
 *
 *   node scripts/palettes.ts [PICTURE…]
 *
 * Without pictures: a window with text, an icon, a chart, and a photograph of 64 dithered colors, all drawn here.
 */
import sharp from "sharp";
import type { Picture } from "../src/data/images/picture.ts";
import { readPicture } from "../src/data/images/readPicture.ts";
import type { CodedPicture } from "../src/image/compression/codePicture.ts";
import { codeSamples } from "../src/image/compression/drawings.ts";
import { codeIndexed, indexed } from "../src/image/compression/indexed.ts";
import { photoPicture } from "../src/image/compression/testing.ts";
import { writePictureFile } from "../src/image/file/pictureFile.ts";

const words = "any beginning of the file is a picture, and more bytes sharpen it until it is exact";
const line = (y: number, size: number, shift: number) =>
  `<text x="20" y="${y}" font-family="DejaVu Sans" font-size="${size}" fill="#223">${words.slice(shift)} ${words.slice(0, shift)}</text>`;
const page = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480" fill="#fff"/>
<rect width="640" height="28" fill="#346"/><circle cx="18" cy="14" r="6" fill="#e55"/><circle cx="38" cy="14" r="6" fill="#ec5"/>
${Array.from({ length: 24 }, (_, i) => line(52 + 17 * i, i % 5 === 0 ? 15 : 12, (7 * i) % 60)).join("")}</svg>`;
const icon = `<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128"><rect width="128" height="128" fill="#fff"/>
<circle cx="64" cy="64" r="58" fill="#fc3" stroke="#a70" stroke-width="4"/><circle cx="44" cy="52" r="8" fill="#420"/>
<circle cx="84" cy="52" r="8" fill="#420"/><path d="M34 78 Q64 112 94 78" stroke="#420" stroke-width="6" fill="none"/></svg>`;
const chart = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="320"><rect width="480" height="320" fill="#fff"/>
${[..."abcdefgh"].map((_, i) => `<path d="M40 ${40 + 30 * i}H460" stroke="#ddd"/>`).join("")}
${["#268", "#c42", "#693"].map((c, k) => `<path d="M${Array.from({ length: 60 }, (_, i) => `${40 + 7 * i} ${160 + 60 * Math.sin(i / (6 + k)) + 20 * k}`).join("L")}" stroke="${c}" stroke-width="2" fill="none"/>`).join("")}</svg>`;

async function drawn(): Promise<readonly (readonly [string, Picture])[]> {
  const draw = async (svg: string) => {
    return pictureOf(await sharp(Buffer.from(svg)).png({ palette: true, dither: 0 }).toBuffer());
  };
  const { data, width, height } = photoPicture(192, 128, 3, 4);
  const photo = await sharp(data, { raw: { width, height, channels: 3 } })
    .png({ palette: true, colors: 64, dither: 1 })
    .toBuffer();
  return [
    ["window with text", await draw(page)],
    ["icon", await draw(icon)],
    ["chart", await draw(chart)],
    ["64 dithered colors", await pictureOf(photo)],
  ];
}

async function pictureOf(png: Buffer): Promise<Picture> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return { width, height, channels: info.channels === 1 ? 1 : 3, data: new Uint8Array(data) };
}

const given = process.argv.slice(2);
const pictures =
  given.length === 0
    ? await drawn()
    : await Promise.all(
        given.map(async (path) => [path, (await readPicture(path)).picture] as const),
      );
const lengthOf = ({ head, code }: Pick<CodedPicture, "head" | "code">) =>
  writePictureFile(head, code).length;
console.log("| picture | pixels | colors | list of colors | bit planes | PNG | WebP |");
console.log("|---|---|---|---|---|---|---|");
for (const [name, picture] of pictures) {
  const { width, height, channels, data } = picture;
  const colors = indexed(picture);
  const image = sharp(data, { raw: { width, height, channels } });
  const pngs = [false, true].map((palette) =>
    image
      .clone()
      .png({ compressionLevel: 9, ...(palette && { palette, effort: 10, dither: 0 }) })
      .toBuffer(),
  );
  const [png, paletted] = await Promise.all(pngs);
  const isFew = colors !== undefined && colors.count <= 256;
  const webp = await image.clone().webp({ lossless: true, effort: 6 }).toBuffer();
  const cells = [
    name,
    `${width}×${height}`,
    colors?.count ?? "–",
    colors ? lengthOf(codeIndexed(picture, colors)) : "–",
    lengthOf(codeSamples(picture)),
    isFew ? Math.min(png!.length, paletted!.length) : png!.length,
    webp.length,
  ];
  console.log(`| ${cells.join(" | ")} |`);
}
