import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { readImage } from "../../data/images/decodeImage.ts";
import { openImages } from "../../data/images/openImages.ts";
import { testTar } from "../archive/testing.ts";
import { fileServer, type Served } from "../testing.ts";
import { type EmojiOptions, makeEmoji } from "./makeEmoji.ts";
import { publicRegistry } from "./npmPackage.ts";
import { type EmojiSetName, emojiSets } from "./sets.ts";

/** A picture that is a disk of one color in the middle of a square of 10. */
const disk = (color: string) => ({ body: `<circle cx="5" cy="5" r="4" fill="${color}"/>` });

/** The files of a package with these pictures. */
const packageOf = (icons: Record<string, object>, chars?: object) => ({
  "package.json": "{}",
  "icons.json": JSON.stringify({ icons, width: 10, height: 10 }),
  "info.json": JSON.stringify({
    name: "Some Emoji",
    author: { name: "Some One" },
    license: { title: "MIT", url: "https://example.org/license" },
  }),
  ...(chars && { "chars.json": JSON.stringify(chars) }),
});

/** A registry that has these packages, as npm's has them: the address of an archive is the public one. */
async function registryOf(packages: Partial<Record<EmojiSetName, Record<string, string>>>) {
  const served: Record<string, Served> = {};
  for (const [set, files] of Object.entries(packages)) {
    const name = `@iconify-json/${set}`;
    const { version } = emojiSets[set as EmojiSetName]; // one of its keys
    const entries = Object.entries(files).map(([path, content]) => ({
      path: `package/${path}`,
      content,
    }));
    const archive = gzipSync(testTar(entries));
    const integrity = `sha512-${createHash("sha512").update(archive).digest("base64")}`;
    const tarball = `${publicRegistry}${name}/-/${set}-${version}.tgz`;
    served[`${name}/${version}`] = { content: JSON.stringify({ dist: { tarball, integrity } }) };
    served[`${name}/-/${set}-${version}.tgz`] = { content: archive };
  }
  const server = await fileServer(served);
  const out = join(await temporaryFolder(), "emoji");
  const make = (options: EmojiOptions = {}) =>
    makeEmoji(out, { registry: server.address, retries: 0, size: 20, ...options });
  return { ...server, out, make };
}

/** The objects of a metadata file. */
async function linesOf(path: string): Promise<{ text: string; file_name: string }[]> {
  const lines = (await readFile(path, "utf8")).trim().split("\n");
  return lines.map((line) => JSON.parse(line));
}

const two = {
  noto: packageOf({ "red-pear": disk("red"), "green-pear": disk("lime") }),
  fxemoji: packageOf({ redpear: disk("blue"), wordless: disk("black") }),
};

describe("makeEmoji", () => {
  it("makes folders of styles with captions, as image folders and as Hugging Face's ImageFolder", async () => {
    const { make, out } = await registryOf(two);
    const made = await make({ sets: ["noto", "fxemoji"] });
    expect(made.map(({ name, pictures, leftOut }) => [name, pictures, leftOut])).toEqual([
      ["noto", 2, 0],
      ["fxemoji", 1, 1],
    ]);
    expect((await readdir(out)).sort()).toEqual(["LICENSE.txt", "train"]);
    const train = join(out, "train");
    expect((await readdir(train)).sort()).toEqual(["fxemoji", "metadata.jsonl", "noto"]);
    expect(await linesOf(join(train, "metadata.jsonl"))).toEqual([
      { file_name: "noto/green-pear.png", text: "green pear", style: "noto" },
      { file_name: "noto/red-pear.png", text: "red pear", style: "noto" },
      { file_name: "fxemoji/red-pear.png", text: "red pear", style: "fxemoji" },
    ]);
    const images = await openImages(out, { part: "train" });
    expect([images.count, images.classNames]).toEqual([3, ["fxemoji", "noto"]]);
  });

  it("holds out pairs of caption and style, each caption of which the training part has in another style", async () => {
    const colors = Array.from({ length: 40 }, (_, i) => [
      `thing-${i}`,
      disk(`hsl(${9 * i} 90% 50%)`),
    ]);
    const icons: Record<string, object> = Object.fromEntries(colors);
    const { make, out } = await registryOf({ noto: packageOf(icons), twemoji: packageOf(icons) });
    const made = await make({ sets: ["noto", "twemoji"] });
    const [train, test] = await Promise.all(
      ["train", "test"].map((part) => linesOf(join(out, part, "metadata.jsonl"))),
    );
    expect(made.reduce((sum, { heldOut }) => sum + heldOut, 0)).toBe(test!.length);
    expect(test!.length).toBeGreaterThan(0);
    expect(train!.length + test!.length).toBe(80);
    const seen = new Set(train!.map(({ text }) => text));
    for (const { text, file_name } of test!) {
      expect(seen).toContain(text);
      expect((await readImage(join(out, "test", file_name))).width).toBe(20);
    }
  });

  it("draws each in its colors, at the size asked for, on the background asked for", async () => {
    const { make, out } = await registryOf(two);
    await make({ sets: ["noto"], background: "#102030" });
    const { width, height, channels, data } = await readImage(join(out, "train/noto/red-pear.png"));
    expect([width, height, channels]).toEqual([20, 20, 3]);
    expect([...data.subarray(0, 3)]).toEqual([0x10, 0x20, 0x30]);
    const middle = 3 * (10 * 20 + 10);
    expect([...data.subarray(middle, middle + 3)]).toEqual([255, 0, 0]);
  });

  it("writes who made the pictures and under which license", async () => {
    const { make, out } = await registryOf(two);
    await make({ sets: ["noto"] });
    expect(await readFile(join(out, "LICENSE.txt"), "utf8")).toContain(
      "noto: Some Emoji by Some One\n  MIT, https://example.org/license\n" +
        `  from the npm package @iconify-json/noto, version ${emojiSets.noto.version}\n`,
    );
  });

  it("makes the variants in skin tones only where they are wanted", async () => {
    const icons = {
      wave: disk("gold"),
      "wave-dark": disk("brown"),
      "hand-light-skin-tone": disk("pink"),
    };
    const { make, out } = await registryOf({
      noto: packageOf(icons, { "1f44b-1f3ff": "wave-dark" }),
    });
    expect(await make({ sets: ["noto"] })).toMatchObject([{ pictures: 1, leftOut: 2 }]);
    await expect(make({ sets: ["noto"] })).rejects.toMatchObject({ code: "already-exists" });
    expect(await readdir(join(out, "train/noto"))).toEqual(["wave.png"]);
    const all = await registryOf({ noto: packageOf(icons, { "1f44b-1f3ff": "wave-dark" }) });
    expect(await all.make({ sets: ["noto"], skinTones: true })).toMatchObject([{ pictures: 3 }]);
  });

  it("reads a package that is installed, and then asks no registry", async () => {
    const folder = await temporaryFolder();
    const path = join(folder, "node_modules", "@iconify-json", "noto");
    await mkdir(path, { recursive: true });
    for (const [name, text] of Object.entries(two.noto)) await writeFile(join(path, name), text);
    await writeFile(join(path, "package.json"), JSON.stringify({ version: "9.9.9" }));
    const { make, requests } = await registryOf({});
    const made = await make({ sets: ["noto"], installed: folder });
    expect(made).toMatchObject([{ name: "noto", version: "9.9.9", pictures: 2 }]);
    expect(requests).toEqual([]);
  });

  it("leaves nothing behind where a package is absent, altered or cannot be drawn", async () => {
    const absent = await registryOf({});
    await expect(absent.make({ sets: ["noto"] })).rejects.toMatchObject({ code: "network" });
    const altered = await registryOf(two);
    const path = `@iconify-json/noto/-/noto-${emojiSets.noto.version}.tgz`;
    altered.files[path] = { content: gzipSync(testTar([])) };
    await expect(altered.make({ sets: ["noto"] })).rejects.toThrow(
      /noto-.*\.tgz does not have the checksum that the registry states; nothing was kept/,
    );
    const broken = await registryOf({ noto: packageOf({ a: { body: "<g>" } }) });
    await expect(broken.make({ sets: ["noto"] })).rejects.toThrow(
      "the picture a of noto cannot be drawn",
    );
    for (const { out } of [absent, altered, broken]) {
      expect(await readdir(join(out, ".."))).toEqual([]);
    }
  });

  it("says which color is none", async () => {
    const { make } = await registryOf(two);
    await expect(make({ sets: ["noto"], background: "beautiful" })).rejects.toThrow(
      "“beautiful” is not a color, such as white, gray or #ffffff",
    );
  });
});
