import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { photoPicture } from "../compression/testing.ts";
import { decodePictureFrom, type ReadRange } from "./decodeFromRanges.ts";
import { decodePicture } from "./decodePicture.ts";
import { encodePicture, encodePictureLosslessly } from "./encodePicture.ts";
import { httpRanges } from "./httpRanges.ts";

const strip = photoPicture(900, 20, 1, 2);
const options = [
  {},
  { order: "resolution" },
  { tiles: 64 },
  { order: "resolution", tiles: 64 },
] as const;
const files = options.map((option) => ({
  name: JSON.stringify(option),
  lossy: encodePicture(strip, { quality: 50 }, option).file,
  exact: encodePictureLosslessly(strip, option).file,
}));
const [usual, byResolution, byTiles, byBoth] = files;

const rangesOf =
  (file: Uint8Array): ReadRange =>
  async (from, to) =>
    file.subarray(from, to);
const wanted = [
  {},
  { size: 60 },
  { size: 450 },
  { region: { x: 400, y: 3, width: 30, height: 10 } },
];

describe("a picture that is read in ranges", () => {
  test.each(files)("is what the whole file gives: $name", async ({ lossy, exact }) => {
    for (const file of [lossy, exact])
      for (const view of wanted) {
        const { raster, finished } = await decodePictureFrom(rangesOf(file), view);
        if (Object.keys(view).length === 0 && file === exact) expect(raster).toEqual(strip);
        expect(finished).toBe(true);
        expect(raster).toEqual(decodePicture(file, view).raster);
      }
  });

  test("takes few bytes for a size in the order of resolution, and for a region of tiles", async () => {
    const share = async (file: Uint8Array, view: (typeof wanted)[number]) =>
      (await decodePictureFrom(rangesOf(file), view)).bytesRead / file.length;
    const [, small, half, region] = wanted;
    expect(await share(byResolution!.exact, small!)).toBeLessThan(0.26);
    expect(await share(byResolution!.exact, half!)).toBeLessThan(0.3);
    expect(await share(byTiles!.exact, region!)).toBeLessThan(0.5);
    expect(await share(byBoth!.exact, region!)).toBeLessThan(await share(byTiles!.exact, region!));
    expect(await share(usual!.exact, small!)).toBe(1);
  });

  test("of a file that ends early is what its bytes determine", async () => {
    for (const { lossy } of files)
      for (const part of [0.3, 0.95]) {
        const beginning = lossy.subarray(0, Math.floor(part * lossy.length));
        for (const view of wanted) {
          const read = await decodePictureFrom(rangesOf(beginning), view);
          const { raster, finished } = decodePicture(beginning, view);
          expect(read).toMatchObject({ finished });
          if (!finished) expect(read.missingBytes).toBeGreaterThan(0);
          expect(read.raster).toEqual(raster);
        }
      }
  });

  test.each([
    ["nothing", Uint8Array.of(), "is not"],
    ["another format", Uint8Array.of(1, 2, 3, 4, 5), "is not an ondelette image"],
    ["half a head", files[0]!.lossy.subarray(0, 12), "is cut short before its picture begins"],
  ])("of %s is refused", async (_, bytes, message) => {
    await expect(
      decodePictureFrom(rangesOf(bytes), { name: "photo.ondl", size: 9 }),
    ).rejects.toThrow(message);
  });
});

describe("ranges by HTTP", () => {
  let requests: (string | undefined)[] = [];
  let knowsRanges = true;
  const file = byResolution!.exact;
  const server = createServer(({ headers, url }, response) => {
    requests.push(headers.range);
    if (url === "/missing") return void response.writeHead(404).end();
    const [, from, to] = /bytes=(\d+)-(\d*)/.exec(headers.range ?? "") ?? [];
    if (!knowsRanges || from === undefined) return void response.writeHead(200).end(file);
    if (Number(from) >= file.length) return void response.writeHead(416).end();
    const end = to === "" ? file.length : Number(to) + 1;
    response.writeHead(206).end(file.subarray(Number(from), end));
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, resolve)));
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  const address = (path: string) =>
    `http://localhost:${(server.address() as AddressInfo).port}${path}`;

  test.each([true, false])(
    "give the same picture, if the server knows them or not: %s",
    async (knows) => {
      requests = [];
      knowsRanges = knows;
      const view = { size: 60 };
      const { raster, bytesRead } = await decodePictureFrom(httpRanges(address("/a")), view);
      expect(raster).toEqual(decodePicture(file, view).raster);
      if (knows) expect(bytesRead).toBe(2048);
      expect(requests).toHaveLength(1);
    },
  );

  test("say that there is no such file", async () => {
    await expect(decodePictureFrom(httpRanges(address("/missing")))).rejects.toThrow(
      "/missing cannot be read: HTTP 404",
    );
  });

  test("end with the file", async () => {
    knowsRanges = true;
    const read = httpRanges(address("/a"));
    expect(await read(file.length, file.length + 5)).toEqual(new Uint8Array(0));
    expect(await read(file.length - 3, Infinity)).toEqual(new Uint8Array(file.subarray(-3)));
    expect(await read(7, 7)).toEqual(new Uint8Array(0));
  });
});
