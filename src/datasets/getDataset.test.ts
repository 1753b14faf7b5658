import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporaryFolder.ts";
import { encodeIdx } from "../data/formats/idx.ts";
import { openImages } from "../data/images/openImages.ts";
import { testTar } from "./archive/testing.ts";
import { cifar10Classes } from "./arrange/cifar10.ts";
import type { Dataset } from "./dataset.ts";
import { type DatasetProgress, type GetDatasetOptions, getDataset } from "./getDataset.ts";
import { type DatasetName, datasets } from "./known.ts";
import { fileServer, type Served } from "./testing.ts";

const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");

/** A known data set whose files are small stand-ins on a server of this machine, with their checksums. */
async function standIn(name: DatasetName, contents: readonly (Uint8Array | string)[]) {
  const known = datasets[name];
  const served: Record<string, Served> = {};
  contents.forEach((content, i) => {
    served[`${name}/${known.files[i]!.name}`] = { content };
  });
  const server = await fileServer(served);
  const files = contents.map((content, i) => ({
    ...known.files[i]!,
    bytes: content.length,
    sha256: sha256(content),
    md5: undefined,
  }));
  const dataset: Dataset = { ...known, files };
  const out = join(await temporaryFolder(), "data");
  const get = (options: GetDatasetOptions = {}) =>
    getDataset(dataset, out, { mirror: `${server.address}/`, pause: 1, ...options });
  return { ...server, out, folder: join(out, name), get };
}

/** All files below a folder, sorted. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

describe("getDataset", () => {
  it("puts the files in a folder of the data set's name, with a record of where they are from", async () => {
    const { get, folder, out, address } = await standIn("tinyshakespeare", ["First Citizen:"]);
    const result = await get();
    const url = `${address}/tinyshakespeare/input.txt`;
    const file = { name: "input.txt", url, bytes: 14, sha256: sha256("First Citizen:") };
    expect(result).toEqual({ folder, already: false, files: [{ ...file, verified: "sha256" }] });
    expect(await readdir(out)).toEqual(["tinyshakespeare"]);
    expect(await readFile(join(folder, "input.txt"), "utf8")).toBe("First Citizen:");
    const record = JSON.parse(await readFile(join(folder, ".dataset.json"), "utf8"));
    expect(record).toMatchObject({ name: "tinyshakespeare", files: [file] });
    expect(record.license).toBe(datasets.tinyshakespeare.license);
  });

  it("leaves a data set alone that is there, and fetches nothing", async () => {
    const { get, folder, requests } = await standIn("tinyshakespeare", ["text"]);
    const { files } = await get();
    expect(await get()).toEqual({ folder, already: true, files });
    expect(requests).toHaveLength(1);
  });

  it("touches no folder that it has not made", async () => {
    const { get, folder, requests } = await standIn("tinyshakespeare", ["text"]);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "mine"), "x");
    await expect(get()).rejects.toMatchObject({
      code: "already-exists",
      message: `${folder} is there already and was not made by fetching tinyshakespeare; remove it or choose another folder`,
    });
    expect(requests).toEqual([]);
    expect(await readdir(folder)).toEqual(["mine"]);
  });

  it("shows no half of a data set: what is whole is kept aside for the next call", async () => {
    const pictures = Array.from({ length: 24 }, (_, i) => `picture ${i}`);
    const { get, folder, files, requests } = await standIn("kodak", pictures);
    const last = files["kodak/kodim24.png"]!;
    delete files["kodak/kodim24.png"];
    await expect(get()).rejects.toMatchObject({ code: "network" });
    expect(await stat(folder).catch(() => undefined)).toBeUndefined();
    files["kodak/kodim24.png"] = last;
    const before = requests.length;
    await get();
    expect(requests.length - before).toBe(1);
    expect((await filesBelow(folder)).length).toBe(25);
  });

  it("tells which file is arriving and how much of it", async () => {
    const { get } = await standIn("mnist", ["1", "22", "333", "4444"]);
    const seen: DatasetProgress[] = [];
    await get({ onProgress: (progress) => seen.push(progress) });
    const last = { stage: "download", file: "t10k-labels-idx1-ubyte.gz", index: 3, files: 4 };
    expect(seen.at(-1)).toEqual({ ...last, received: 4, total: 4 });
  });

  it("says where a mirror is no address", async () => {
    await expect(getDataset("mnist", await temporaryFolder(), { mirror: "data" })).rejects.toThrow(
      "data is not the address of a server: it begins with neither http: nor https:",
    );
  });
});

describe("the layout of", () => {
  it("mnist is read as images with labels, in two parts", async () => {
    const images = (count: number) =>
      gzipSync(encodeIdx({ shape: [count, 2, 2], data: new Uint8Array(4 * count).fill(count) }));
    const labels = (count: number) =>
      gzipSync(encodeIdx({ shape: [count], data: new Uint8Array(count).fill(1) }));
    const { get } = await standIn("mnist", [images(3), labels(3), images(2), labels(2)]);
    const { folder } = await get();
    expect((await openImages(folder, { part: "train" })).count).toBe(3);
    const test = await openImages(folder, { part: "test" });
    expect([test.count, test.classNames[test.label(1)], (await test.read(0)).data[0]]).toEqual([
      2,
      "1",
      2,
    ]);
  });

  it("cifar10 is read as images in folders of their classes, every pixel unchanged", async () => {
    /** Pictures whose bytes all differ, with these labels. */
    const batch = (...labels: number[]) =>
      Buffer.concat(
        labels.map((label) =>
          Buffer.from([label, ...Array.from({ length: 3072 }, (_, i) => (i * (label + 3)) % 256)]),
        ),
      );
    const folderName = "cifar-10-batches-bin";
    const archive = gzipSync(
      testTar([
        { path: `${folderName}/`, type: "5" },
        { path: `${folderName}/readme.html`, content: "x" },
        { path: `${folderName}/data_batch_2.bin`, content: batch(9, 0) },
        { path: `${folderName}/test_batch.bin`, content: batch(...cifar10Classes.keys()) },
        { path: `${folderName}/data_batch_1.bin`, content: batch(...cifar10Classes.keys()) },
      ]),
    );
    const { get } = await standIn("cifar10", [archive]);
    const stages = new Set<string>();
    const { folder } = await get({ onProgress: ({ stage }) => stages.add(stage) });
    expect([...stages]).toEqual(["download", "arrange"]);
    expect((await filesBelow(folder)).slice(0, 4)).toEqual([
      ".dataset.json",
      "test/airplane/00000.png",
      "test/automobile/00001.png",
      "test/bird/00002.png",
    ]);
    const train = await openImages(folder, { part: "train" });
    expect([train.count, train.classNames]).toEqual([12, cifar10Classes]);
    const place = Array.from({ length: 12 }, (_, i) => train.name(i)).findIndex((name) =>
      name.endsWith("train/truck/10000.png"),
    );
    const { data, channels } = await train.read(place);
    expect(channels).toBe(3);
    const [pixel, red] = [777, 777];
    expect([...data.subarray(3 * pixel, 3 * pixel + 3)]).toEqual(
      [red, red + 1024, red + 2048].map((i) => (i * 12) % 256),
    );
  });

  it("free-spoken-digits is read as recordings in the authors' two parts", async () => {
    const root = "free-spoken-digit-dataset-1.0.9";
    const archive = gzipSync(
      testTar([
        { path: `${root}/README.md`, content: "x" },
        { path: `${root}/recordings/3_theo_4.wav`, content: "test" },
        { path: `${root}/recordings/3_theo_5.wav`, content: "train" },
        { path: `${root}/recordings/7_jackson_49.wav`, content: "train" },
      ]),
    );
    const { get, folder } = await standIn("free-spoken-digits", [archive]);
    await get();
    expect(await filesBelow(folder)).toEqual([
      ".dataset.json",
      "test/3/3_theo_4.wav",
      "train/3/3_theo_5.wav",
      "train/7/7_jackson_49.wav",
    ]);
  });

  it.each([
    ["cifar10", "not gzip", /is a damaged gzip file/],
    [
      "cifar10",
      gzipSync(testTar([{ path: "a", content: "a" }])),
      /it holds no pictures of CIFAR-10/,
    ],
    [
      "cifar10",
      gzipSync(testTar([{ path: "test_batch.bin", content: "a" }])),
      /whole number of pictures/,
    ],
    ["free-spoken-digits", gzipSync(testTar([{ path: "a", content: "a" }])), /holds no recordings/],
    [
      "free-spoken-digits",
      gzipSync(testTar([{ path: "../a", content: "a" }])),
      /leads out of its folder/,
    ],
  ] as const)("%s from a damaged archive is nothing", async (name, archive, message) => {
    const { get, out } = await standIn(name, [archive]);
    await expect(get()).rejects.toThrow(message);
    expect(await readdir(out)).toEqual([]);
  });
});
