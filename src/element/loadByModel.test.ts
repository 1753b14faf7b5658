import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { toRgba } from "../image/file/rgba.ts";
import { encodeWithModel } from "../image/file/withModel.ts";
import { encodeIntegerModel, integerModel } from "../image/integer/integerModel.ts";
import { discPicture, tinyModels, untrainedRun } from "../image/testing.ts";
import { loadPicture } from "./loadPicture.ts";
import type { LoadedPicture } from "./messages.ts";

const pictures = [0, 1].map((i) => ({ raster: discPicture(9, 7, 1, i) }));
const files = new Map<string, Uint8Array<ArrayBuffer>>();

beforeAll(async () => {
  const run = (seed: number) =>
    untrainedRun(
      {
        model: tinyModels.values,
        language: { wavelet: "haar", lossless: true, order: "coefficients", levels: 2 },
        startingPlanes: [{ "10": 3 }, {}],
        classDropout: 0.1,
      },
      seed,
    );
  const [model, other] = [await integerModel(run(1)), await integerModel(run(2))];
  files.set("/model", Uint8Array.from(encodeIntegerModel(model)));
  files.set("/other", Uint8Array.from(encodeIntegerModel(other)));
  files.set("/two", encodeWithModel(model, pictures).file);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** What an element hears of a picture, and how often each file was fetched. */
async function load(url: string, model: string) {
  const fetched: string[] = [];
  vi.stubGlobal("fetch", async (address: string) => {
    fetched.push(address);
    const file = files.get(address);
    return file ? new Response(file) : new Response(null, { status: 404 });
  });
  const shown: LoadedPicture[] = [];
  const infos: unknown[] = [];
  const listeners = {
    onInfo: (info: unknown) => infos.push(info),
    onPicture: (picture: LoadedPicture) => shown.push(picture),
  };
  await loadPicture({ url, model }, listeners, new AbortController().signal, 0.5);
  return { fetched, shown, infos };
}

describe("a picture that a model has coded", () => {
  test("is loaded with its model, which is fetched once", async () => {
    const { fetched, shown, infos } = await load("/two", "/model");
    expect(fetched.toSorted()).toEqual(["/model", "/two"]);
    const bytes = files.get("/two")!.length;
    expect(shown).toEqual([
      { ...toRgba(pictures[0]!.raster), loaded: bytes, total: bytes, isLast: true },
    ]);
    expect(infos).toEqual([
      { width: 9, height: 7, channels: 1, bits: 8, lossless: true, version: 4 },
    ]);
    expect((await load("/two", "/model")).fetched).toEqual(["/two"]);
  });

  test("is not shown by another model, without one, or where the model is missing", async () => {
    await expect(load("/two", "/other")).rejects.toThrow(/\/two was encoded with the model/);
    await expect(load("/two", "")).rejects.toThrow(/\/two was coded by a trained model/);
    await expect(load("/two", "/gone")).rejects.toThrow(/\/gone could not be loaded.*404/);
    await expect(load("/two", "/two")).rejects.toThrow(/^\/two /);
  });
});
