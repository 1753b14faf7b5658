import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, normalize } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { wavedec2, waverec2 } from "../src/wavelets/index.ts";
import { chromiumPath, noBrowser } from "./chromium.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

const run = promisify(execFile);
const root = new URL("..", import.meta.url).pathname;

/** What the page does with the built module; it leaves its answer, or its error, in the document. */
const script = `
  addEventListener("error", (event) => { document.body.textContent = "error: " + event.message; });
  const { wavedec2, waverec2 } = await import("/wavelets/index.js");
  const { singleKind } = await import("/wavelets/filterBank/simd/memory.js");
  const { simdMemory } = await import("/wavelets/filterBank/simd/simdMemory.js");
  const { simdDownAlong } = await import("/wavelets/filterBank/simd/simdDownAlong.js");
  const { simdUpAlong } = await import("/wavelets/filterBank/simd/simdUpAlong.js");
  const memory = simdMemory(singleKind);
  const data = Float32Array.from({ length: 31 * 40 }, (_, i) => (i * i) % 17);
  const transform = wavedec2({ height: 31, width: 40, data }, "bior4.4", { levels: 2 });
  const back = waverec2(transform).data;
  const answer = {
    bands: transform.details.map(({ hh }) => Array.from(hh.data)),
    error: Math.max(...back.map((value, i) => Math.abs(value - data[i]))),
    vectors: simdDownAlong(memory) !== undefined && simdUpAlong(memory) !== undefined,
  };
  document.body.textContent = JSON.stringify(answer);
`;

test.skipIf(noBrowser)(
  `a browser transforms as Node does${noBrowser ? ` (${noBrowser})` : ""}`,
  async () => {
    const folder = await temporaryFolder();
    const built = process.env.ONDELETTE_BUILT ? join(root, "dist") : join(folder, "dist");
    if (!process.env.ONDELETTE_BUILT)
      await run(process.execPath, [
        join(root, "node_modules/typescript/bin/tsc"),
        ...["-p", join(root, "tsconfig.build.json"), "--outDir", built],
      ]);
    const page = `<!doctype html><body><script type="module">${script}</script>`;
    const server = createServer(async (request, response) => {
      const path = normalize(new URL(request.url ?? "/", "http://localhost").pathname);
      const module = path.endsWith(".js");
      const body = module ? await readFile(join(built, path)).catch(() => undefined) : page;
      const type = module ? "text/javascript" : "text/html";
      response.writeHead(body === undefined ? 404 : 200, { "content-type": type }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo; // of a listening server

    const { stdout } = await run(
      chromiumPath ?? "",
      [
        ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        ...["--no-first-run", "--disable-background-networking", "--disable-component-update"],
        ...["--disable-sync", "--disable-quic", `--user-data-dir=${join(folder, "profile")}`],
        ...["--virtual-time-budget=20000", "--dump-dom", `http://127.0.0.1:${port}/`],
      ],
      { timeout: 50_000 },
    );
    const text = /<body>(.*)<\/body>/s.exec(stdout)?.[1] ?? stdout;
    expect(text).toMatch(/^\{/);
    const { bands, error, vectors } = JSON.parse(text);
    const data = Float32Array.from({ length: 31 * 40 }, (_, i) => (i * i) % 17);
    const here = wavedec2({ height: 31, width: 40, data }, "bior4.4", { levels: 2 });
    expect(vectors).toBe(true);
    expect(bands).toEqual(here.details.map(({ hh }) => Array.from(hh.data)));
    expect(error).toBeLessThan(1e-4);
    expect(waverec2(here).data.length).toBe(data.length);
  },
);
