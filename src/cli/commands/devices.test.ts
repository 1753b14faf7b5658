import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { alone } from "../../mpi/communicator.ts";
import { engineOf } from "../shared/engineOptions.ts";
import { ondelette } from "../testing.ts";
import { sentenceOf } from "./testing.ts";

describe("ondelette devices", () => {
  test("lists every device, with the reason where one does not work", async () => {
    const { code, out } = await ondelette("devices", "--rate", "no", "--json");
    expect(code).toBe(0);
    const { devices } = JSON.parse(out);
    const names = devices.map(({ device }: { readonly device: string }) => device);
    expect(names).toEqual(["cpu", "webgpu", "cuda", "coreml", "dml"]);
    expect(devices[0]).toMatchObject({ device: "cpu", software: false });
    expect(devices[0].absent).toBeUndefined();
    const elsewhere = devices.find(
      ({ device }: { readonly device: string }) =>
        device === (process.platform === "darwin" ? "dml" : "coreml"),
    );
    expect(elsewhere.absent).toMatch(/not found.*; it needs (macOS|Windows)$/);
  });
});

describe("--device", () => {
  test("refuses a device that is not there in one sentence, before a run is made", async () => {
    const out = join(await temporaryFolder(), "run");
    const device = process.platform === "darwin" ? "dml" : "coreml";
    const refused = await ondelette(
      ...["sequence", "classify", "--out", out, "--steps", "1", "--device", device],
    );
    expect(refused.code).toBe(2);
    expect(sentenceOf(refused)).toMatch(
      /^the device (coreml|dml) does not work here \(.*\): it needs (macOS|Windows); the device cpu is always there$/,
    );
    expect(existsSync(out)).toBe(false);
  });

  test("is no property of a run: config.json does not have it", async () => {
    const out = join(await temporaryFolder(), "run");
    const tiny = "--layers 1 --width 8 --heads 2 --batch 4 --threads 1 --valid 8 --steps 1";
    const made = await ondelette(
      ...["sequence", "classify", "--out", out, ...tiny.split(" "), "--device", "cpu"],
    );
    expect(made.code).toBe(0);
    expect(await readFile(join(out, "config.json"), "utf8")).not.toContain("device");
  });
});

test("auto takes no program that stands for a card, and says what it takes", async () => {
  const { VK_DRIVER_FILES: own } = process.env;
  process.env.VK_DRIVER_FILES = "/usr/lib/chromium/vk_swiftshader_icd.json";
  try {
    const said: string[] = [];
    const io = { log: (line: string) => void said.push(line), ranks: alone };
    const { device = "cpu" } = await engineOf({ threads: 1, device: "auto" }, io);
    expect(device).not.toBe("webgpu");
    expect(said).toEqual([expect.stringMatching(`^computing on ${device}`)]);
  } finally {
    if (own === undefined) delete process.env.VK_DRIVER_FILES;
    else process.env.VK_DRIVER_FILES = own;
  }
});
