import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { Dataset } from "./dataset.ts";
import { datasetNames, datasets } from "./known.ts";

describe.each(datasetNames)("%s", (name) => {
  const dataset: Dataset = datasets[name];

  it("has an entry of its own name, with everything that a user is shown", () => {
    expect(dataset.name).toBe(name);
    expect(dataset.name).toMatch(/^[a-z0-9-]+$/);
    for (const text of [dataset.about, dataset.license, dataset.citation, dataset.layout]) {
      expect(text.length).toBeGreaterThan(2);
    }
    expect(new URL(dataset.page).protocol).toMatch(/^https?:$/);
    expect(dataset.command(`data/${name}`)).toContain(`data/${name}`);
  });

  it("has files of different names, at addresses, with checksums in their form", () => {
    expect(new Set(dataset.files.map((file) => file.name)).size).toBe(dataset.files.length);
    for (const { name: file, url, sha256, md5 } of dataset.files) {
      expect(file).toMatch(/^[\w.-]+$/);
      expect(new URL(url).protocol).toMatch(/^https?:$/);
      if (sha256 !== undefined) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      if (md5 !== undefined) expect(md5).toMatch(/^[0-9a-f]{32}$/);
      // Over an open connection a checksum is what makes sure that the file is the right one.
      if (url.startsWith("http:")) expect(sha256).toBeDefined();
    }
  });
});

const shared = "../shared/data";
describe("published checksums", () => {
  it.for([
    [`${shared}/tinyshakespeare.txt`, datasets.tinyshakespeare.files[0]!] as const,
    ...datasets.kodak.files
      .slice(0, 12)
      .map((file) => [`${shared}/kodak/${file.name}`, file] as const),
  ])("are those of the copy %s", async ([path, file], { skip }) => {
    skip(!existsSync(path), `${path} is absent`);
    const bytes = await readFile(path);
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(file.sha256);
    if (file.bytes !== undefined) expect(bytes.length).toBe(file.bytes);
  });
});
