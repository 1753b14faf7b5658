import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import type { Dataset } from "../../datasets/dataset.ts";
import { emojiSets } from "../../datasets/emoji/sets.ts";
import { datasetNames, datasets } from "../../datasets/known.ts";
import { fileServer } from "../../datasets/testing.ts";
import { openDocuments } from "../../sequence/corpus/documents.ts";
import { kinds } from "../../sequence/kinds.ts";
import { commands } from "../commands.ts";
import { parseWords } from "../parser/parse.ts";
import { npmRegistry } from "../shared/npmRegistry.ts";
import { ondelette } from "../testing.ts";

describe("ondelette data list", () => {
  it("shows every data set with its license and the page of its authors", async () => {
    const { out, code } = await ondelette("data", "list");
    expect(code).toBe(0);
    for (const name of datasetNames) {
      const { license, page } = datasets[name];
      expect(out).toContain(`${name}\n`);
      expect(out).toContain(`license: ${license}`);
      expect(out).toContain(page);
    }
    expect(out).toContain(
      "mnist\n  handwritten digits: 60,000 + 10,000 gray pictures of 28×28 pixels; 12 MB to fetch",
    );
  });

  it("prints the whole table as JSON, each with a command that exists", async () => {
    const { datasets: listed } = JSON.parse((await ondelette("data", "list", "--json")).out);
    expect(listed.map(({ name }: Dataset) => name)).toEqual(datasetNames);
    for (const { command } of listed as readonly { readonly command: string }[]) {
      const [, group, name, ...words] = command.split(" ");
      const entry = commands[`${group} ${name}` as keyof typeof commands];
      const { args } = await parseWords(await entry.load(), words);
      if (`${group} ${name}` === "sequence train") expect(args.kind).toBeDefined();
      expect(Object.values(args).some((value) => String(value).startsWith("data/"))).toBe(true);
    }
  });
});

describe("docs/data.md", () => {
  it("says the same of every data set", async () => {
    const page = await readFile(new URL("../../../docs/data.md", import.meta.url), "utf8");
    for (const name of datasetNames) {
      const { about, license, command } = datasets[name];
      expect(page).toMatch(
        new RegExp(`^\\| \`${name}\` \\| ${escaped(about)} \\|.*\\| ${escaped(license)} \\|`, "m"),
      );
      expect(page).toContain(`| \`${name}\` | \`${command(`data/${name}`)}\` |`);
    }
  });

  const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
});

/** A chorale of two steps in each part. */
const chorales = JSON.stringify({ train: [[[60, 64], [62]]], valid: [[[67], []]], test: [] });

describe("ondelette data get", () => {
  it("fetches a data set, says what it is, and what no published checksum could verify", async () => {
    const { address } = await fileServer({
      "jsb-chorales/jsb-chorales-16th.json": { content: chorales },
    });
    const data = join(await temporaryFolder(), "data");
    const { out, err, code } = await ondelette(
      "data",
      "get",
      "jsb-chorales",
      "--out",
      data,
      "--mirror",
      address,
    );
    expect(err).toMatch(/^fetching jsb-chorales: 100 %, 1\/1 files/);
    expect(code).toBe(0);
    const folder = join(data, "jsb-chorales");
    expect(out.split("\n")).toEqual([
      `${folder}: 1 file, 56 B`,
      expect.stringMatching(
        /^ {2}not verified: no checksum of jsb-chorales-16th\.json is published; its SHA-256 is [0-9a-f]{64}$/,
      ),
      "  holds: one JSON file with the lists train, valid and test",
      `  license: ${datasets["jsb-chorales"].license}`,
      `  from: ${datasets["jsb-chorales"].page}`,
      `  cite: ${datasets["jsb-chorales"].citation}`,
      `  try: ondelette sequence train --kind midi --data ${folder} --out runs/bach`,
      "",
    ]);
    expect(await readFile(join(folder, "jsb-chorales-16th.json"), "utf8")).toBe(chorales);
    const documents = await openDocuments(folder, kinds.midi.reads);
    expect([documents.train.length, documents.valid.length]).toEqual([1, 1]);
    const again = await ondelette(
      "data",
      "get",
      "jsb-chorales",
      "--out",
      data,
      "--mirror",
      address,
    );
    expect(again.out).toMatch(
      /^.*jsb-chorales is there already; remove the folder to fetch it anew\n/,
    );
  });

  it("keeps nothing that does not agree with the published checksum", async () => {
    const { address } = await fileServer({ "tinyshakespeare/input.txt": { content: "wrong" } });
    const data = join(await temporaryFolder(), "data");
    const { err, code } = await ondelette(
      "data",
      "get",
      "tinyshakespeare",
      "--out",
      data,
      "--mirror",
      address,
    );
    expect(code).toBe(2);
    expect(err).toBe(
      `ondelette: ${address}/tinyshakespeare/input.txt has 5 bytes where 1115394 are expected; nothing was kept\n`,
    );
    expect(await readdir(data)).toEqual([]);
  });

  it("says where a server does not have it, and where there is no such data set", async () => {
    const { address } = await fileServer({});
    const data = join(await temporaryFolder(), "data");
    const absent = await ondelette("data", "get", "kodak", "--out", data, "--mirror", address);
    expect([absent.code, absent.err]).toEqual([
      2,
      `ondelette: ${new URL(address).host} does not have kodim01.png (${address}/kodak/kodim01.png: 404)\n`,
    ]);
    const typo = await ondelette("data", "get", "minst");
    expect(typo.err).toBe("ondelette: there is no data set “minst”; did you mean “mnist”?\n");
    expect((await ondelette("data", "get")).err).toMatch(/<names> is missing/);
  });
});

describe("ondelette data emoji", () => {
  it("asks the registry that npm is configured with, and says which set is none", async () => {
    const { address, requests } = await fileServer({});
    vi.stubEnv("npm_config_registry", address);
    const out = join(await temporaryFolder(), "emoji");
    const { code, err } = await ondelette("data", "emoji", "--out", out, "--sets", "twemoji");
    vi.unstubAllEnvs();
    expect(code).toBe(2);
    const path = `/@iconify-json/twemoji/${emojiSets.twemoji.version}`;
    expect(requests.map((request) => request.path)).toEqual([path]);
    expect(err).toContain(`ondelette: ${new URL(address).host} does not have`);
    const typo = await ondelette("data", "emoji", "--out", out, "--sets", "noto,twemojis");
    expect(typo.err).toBe("ondelette: there is no set “twemojis”; did you mean “twemoji”?\n");
  });
});

describe("npmRegistry", () => {
  it("is what the environment or npm itself says", async () => {
    expect(await npmRegistry({ npm_config_registry: "http://a.test/" })).toBe("http://a.test/");
    expect(await npmRegistry({})).toMatch(/^https?:\/\//);
  });
});
