import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { stubHub, stubToken } from "../../hub/testing.ts";
import { ondelette } from "../testing.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A folder that holds a run and a hub that knows the token of the environment. */
async function setting() {
  const hub = await stubHub();
  vi.stubEnv("HF_ENDPOINT", hub.endpoint);
  vi.stubEnv("HF_TOKEN", stubToken);
  const folder = await temporaryFolder();
  const run = join(folder, "run");
  await mkdir(run);
  await writeFile(join(run, "config.json"), '{"kind":"image"}');
  return { ...hub, folder, run };
}

describe("ondelette push and pull", () => {
  it("bring a run to the hub of HF_ENDPOINT and back", async () => {
    const { endpoint, models, folder, run } = await setting();
    const words = ["--repo", "user/digits", "--private", "--license", "mit"];
    const pushed = await ondelette("push", run, ...words);
    expect([pushed.code, pushed.out]).toEqual([
      0,
      `${endpoint}/user/digits: 2 files\n  README.md: made of config.json and metrics.jsonl\n`,
    ]);
    expect(models.get("user/digits")?.private).toBe(true);

    const copy = join(folder, "copy");
    const pulled = await ondelette("pull", "user/digits", "--out", copy);
    expect(pulled.err).toMatch(/^downloading: 100 %/);
    expect(pulled.code).toBe(0);
    expect(pulled.out).toMatch(
      /^.*\/copy: 2 files, 0\.\d kB\n {2}its card: .*\/copy\/README\.md\n$/,
    );
    expect(await readFile(join(copy, "config.json"), "utf8")).toBe('{"kind":"image"}');
    expect(await readFile(join(copy, "README.md"), "utf8")).toContain("license: mit");
    const again = await ondelette("pull", "user/digits", "--out", copy);
    expect([again.code, again.err]).toEqual([
      2,
      `ondelette: ${copy} is there already; choose another folder for the run\n`,
    ]);
  });

  it("prefer the address on the command line", async () => {
    const { endpoint, run } = await setting();
    vi.stubEnv("HF_ENDPOINT", "http://hub.invalid");
    const { code } = await ondelette("push", run, "--repo", "user/x", "--endpoint", endpoint);
    expect(code).toBe(0);
  });

  it("say how to get a token, and never show the one there is", async () => {
    const { run, requests } = await setting();
    vi.stubEnv("HF_TOKEN", "");
    const { code, err } = await ondelette("push", run, "--repo", "user/x");
    expect([code, requests]).toEqual([2, []]);
    expect(err).toMatch(/^ondelette: HF_TOKEN is not set: make an access token/);
    vi.stubEnv("HF_TOKEN", "hf_wrong_secret");
    const refused = await ondelette("push", run, "--repo", "user/x");
    expect(refused.code).toBe(2);
    expect(refused.err).not.toContain("secret");
  });
});
