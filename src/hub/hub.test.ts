import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporaryFolder.ts";
import { loadHub } from "./client.ts";
import { cardMark } from "./modelCard.ts";
import { pull } from "./pull.ts";
import { push } from "./push.ts";
import { stubHub, stubToken as token } from "./testing.ts";

const repo = "user/bach";
const weights = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7) % 256));

/** The files of a run, by path. */
const run = {
  "config.json": JSON.stringify({ kind: "sequence", alphabet: { kind: "midi" } }),
  "metrics.jsonl": '{"step":3,"seconds":1,"nats":2}\n',
  "checkpoint/latest.safetensors": weights,
  "samples/deep/a.mid": "MThd",
  empty: "",
};

async function folderOf(files: Readonly<Record<string, string | Uint8Array>>) {
  const folder = join(await temporaryFolder(), "run");
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(folder, path, ".."), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

/** A hub with a run on it. */
async function hubWithRun() {
  const hub = await stubHub();
  await push(await folderOf(run), repo, { endpoint: hub.endpoint, token });
  const out = join(await temporaryFolder(), "pulled");
  const get = () => pull(repo, out, { endpoint: hub.endpoint, token });
  return { ...hub, model: hub.models.get(repo)!, out, get }; // it was just made
}

describe("push and pull", () => {
  it("bring a run to the hub and back, byte for byte, with a card", async () => {
    const { endpoint, models } = await stubHub();
    const progress = new Map<string, number>();
    const folder = await folderOf(run);
    const pushed = await push(folder, repo, {
      endpoint,
      token,
      onProgress: (path, share) => progress.set(path, share),
    });
    const names = [...Object.keys(run).sort(), "README.md"];
    expect(pushed).toEqual({ url: `${endpoint}/${repo}`, files: names, card: true });
    expect(progress.get("checkpoint/latest.safetensors")).toBe(1);
    expect(models.get(repo)?.private).toBe(false);

    const out = join(await temporaryFolder(), "a", "b", "pulled");
    const seen: [number, number][] = [];
    const pulled = await pull(repo, out, { endpoint, onProgress: (...now) => seen.push(now) });
    expect(pulled.files).toEqual([...names].sort());
    expect(seen.at(-1)).toEqual([pulled.bytes, pulled.bytes]);
    for (const [path, content] of Object.entries(run)) {
      expect(await readFile(join(out, path))).toEqual(Buffer.from(content));
    }
    const card = await readFile(join(out, "README.md"), "utf8");
    expect(card).toContain(cardMark);
    expect(card).toContain(`npx ondelette pull ${repo} --out run`);
    expect(await readdir(join(out, ".."))).toEqual(["pulled"]);
  });
});

describe("push", () => {
  it("leaves the training data at home, and hidden and temporary files", async () => {
    const { endpoint } = await stubHub();
    const rest = {
      "corpus/tokens-0000.bin": "secret",
      ".hidden/x": "x",
      "a.tmp": "x",
      "run.lock": "x",
    };
    const folder = await folderOf({ "config.json": "{}", ...rest });
    const { files } = await push(folder, repo, { endpoint, token });
    expect(files).toEqual(["config.json", "README.md"]);
  });

  it("makes a private model where that is wanted, and adds to one that is there", async () => {
    const { endpoint, models } = await stubHub();
    const folder = await folderOf({ "config.json": "{}" });
    await push(folder, repo, { endpoint, token, private: true });
    expect(models.get(repo)?.private).toBe(true);
    await writeFile(join(folder, "more"), "x");
    await push(folder, repo, { endpoint, token });
    expect([...(models.get(repo)?.files.keys() ?? [])].sort()).toEqual([
      "README.md",
      "config.json",
      "more",
    ]);
  });

  it("replaces a card that it has made, and never one that a person has written", async () => {
    const { endpoint, models } = await stubHub();
    const folder = await folderOf({ "config.json": "{}" });
    const again = (license: string) => push(folder, repo, { endpoint, token, license });
    const card = () => String(models.get(repo)?.files.get("README.md"));
    await again("mit");
    expect((await again("cc-by-4.0")).card).toBe(true);
    expect(card()).toContain("license: cc-by-4.0");
    models.get(repo)?.files.set("README.md", Buffer.from("# Mine"));
    expect((await again("mit")).card).toBe(false);
    expect(card()).toBe("# Mine");
    await writeFile(join(folder, "README.md"), "# Ours");
    await again("mit");
    expect(card()).toBe("# Ours");
  });

  it("says what is missing before it asks the hub anything", async () => {
    const { endpoint, requests } = await stubHub();
    const folder = await folderOf({ "config.json": "{}" });
    const attempt = (name: string, options: object) =>
      push(folder, name, { endpoint, token, ...options });
    await expect(attempt("bach", {})).rejects.toThrow(
      "“bach” is not the name of a model on the hub, such as user/name",
    );
    await expect(attempt("user/../x", {})).rejects.toThrow(/is not the name of a model/);
    await expect(attempt("user/..", {})).rejects.toThrow(/is not the name of a model/);
    await expect(attempt(repo, { token: undefined })).rejects.toThrow(
      /an access token of the hub is needed/,
    );
    await expect(attempt(repo, { token: "secret" })).rejects.toThrow(/it does not begin with hf_$/);
    await expect(attempt(repo, { endpoint: "hub" })).rejects.toThrow(/is not the address of a hub/);
    await expect(attempt(repo, { license: "Apache 2" })).rejects.toThrow(/is not a license/);
    await expect(push(await temporaryFolder(), repo, { endpoint, token })).rejects.toMatchObject({
      code: "wrong-kind",
    });
    expect(requests).toEqual([]);
  });

  it("says what the hub refuses", async () => {
    const { endpoint, faults } = await stubHub();
    const folder = await folderOf({ "config.json": "{}" });
    const host = new URL(endpoint).host;
    await expect(push(folder, repo, { endpoint, token: "hf_other" })).rejects.toMatchObject({
      code: "network",
      message: `${host} does not give this access token the right to do that with ${repo}`,
    });
    faults.status = 500;
    await expect(push(folder, repo, { endpoint, token })).rejects.toThrow(
      /refused: not today\..*\(HTTP status 500\)/,
    );
    await expect(push(folder, repo, { endpoint: "http://hub.invalid", token })).rejects.toThrow(
      /^hub\.invalid could not be reached: /,
    );
  });
});

describe("pull", () => {
  it("touches no folder that is there", async () => {
    const { out, get, requests } = await hubWithRun();
    await mkdir(out);
    const before = requests.length;
    await expect(get()).rejects.toMatchObject({
      code: "already-exists",
      message: `${out} is there already; choose another folder for the run`,
    });
    expect(requests.length).toBe(before);
  });

  it.each(["../escape", "/etc/x", "a/../../b", "..\\x"])(
    "refuses a model with a file %s, and writes nothing",
    async (path) => {
      const { out, get, model } = await hubWithRun();
      model.files.set(path, Buffer.from("x"));
      await expect(get()).rejects.toMatchObject({ code: "damaged-file" });
      expect(await readdir(join(out, ".."))).toEqual([]);
    },
  );

  it.each([
    ["config.json", { oid: "3".repeat(40) }, /config\.json .* does not have the checksum/],
    [
      "checkpoint/latest.safetensors",
      { lfs: { oid: "4".repeat(64), size: weights.length, pointerSize: 1 } },
      /latest\.safetensors .* does not have the checksum/,
    ],
    ["config.json", { size: 3, oid: undefined }, /config\.json .* bytes where 3 are expected/],
  ])("keeps nothing where %s is not what the hub has listed", async (path, listed, message) => {
    const { out, get, faults } = await hubWithRun();
    faults.listed.set(path, listed);
    await expect(get()).rejects.toThrow(message);
    expect(await readdir(join(out, ".."))).toEqual([]);
  });

  it("says that a model is not a run, or is not there", async () => {
    const { get, model, endpoint, out } = await hubWithRun();
    model.files.delete("config.json");
    await expect(get()).rejects.toMatchObject({
      code: "wrong-kind",
      message: `${repo} is not a run of ondelette: it has no config.json`,
    });
    const host = new URL(endpoint).host;
    await expect(pull("user/nothing", out, { endpoint, token })).rejects.toThrow(
      `${host} has no model user/nothing, or does not show it to you`,
    );
    await expect(pull("user/nothing", out, { endpoint })).rejects.toThrow(
      `${host} does not give access to user/nothing without an access token; it may also not exist`,
    );
  });
});

describe("loadHub", () => {
  it("says what to install where the library is missing", async () => {
    const missing = () => Promise.reject(new Error("Cannot find package"));
    await expect(loadHub(missing)).rejects.toMatchObject({
      code: "missing-dependency",
      message:
        "the package @huggingface/hub is needed for this and is not installed; npm install @huggingface/hub does it",
    });
  });
});
