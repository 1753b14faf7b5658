/**
 * One training step of a small GPT in a page of Chromium, beside Node's WebAssembly and native builds, with all threads and
 * with one. All take turns, so that a slow moment of the machine affects all.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { createServer } from "vite";
import { isolation } from "../src/server/headers.ts";
import { browserEntries, root } from "../test/browser/browserEntries.ts";
import { chromiumPath, noBrowser } from "../test/chromium.ts";
import { batch, layout, length } from "../test/gptStep.ts";
import { median } from "./measure.ts";

/** Where steps are taken. */
interface Place extends AsyncDisposable {
  readonly name: string;
  /** Milliseconds of a step. */
  round(): Promise<number>;
}

async function inNode(build: "native" | "wasm", threads: number): Promise<Place> {
  const script = fileURLToPath(new URL("./browser/process.ts", import.meta.url));
  const child = fork(script, [build, `${threads}`]);
  await once(child, "message");
  return {
    name: `Node, ${build === "wasm" ? "WebAssembly" : "native"}`,
    async round() {
      child.send("round");
      const [milliseconds] = await once(child, "message");
      return milliseconds;
    },
    async [Symbol.asyncDispose]() {
      child.kill();
    },
  };
}

/** What the page offers. */
declare const ask: (message: number) => Promise<unknown>;

async function inPage(address: string, threads: number): Promise<Place> {
  const browser = await chromium.launch({
    ...(chromiumPath && { executablePath: chromiumPath }),
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  });
  const page = await browser.newPage();
  page.on("pageerror", (error) => console.error(error.message));
  await page.goto(address);
  await page.waitForFunction(() => "ask" in globalThis);
  await page.evaluate((count) => ask(count), threads);
  return {
    name: "page, WebAssembly",
    round: async () => Number(await page.evaluate(() => ask(0))),
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

const rounds = 5;

export async function main(): Promise<void> {
  if (noBrowser) return console.log(noBrowser);
  console.log(
    `GPT of ${(layout.size / 1e6).toFixed(2)} M parameters, batch ${batch} x ${length} tokens; medians of ${rounds} rounds`,
  );
  const server = await createServer({
    ...{ root, configFile: false, logLevel: "error" },
    plugins: [browserEntries()],
    optimizeDeps: { entries: ["bench/browser/index.html"] },
    worker: { format: "es", plugins: () => [browserEntries()] },
    server: { headers: isolation, port: 0 },
  });
  await server.listen();
  const address = new URL("bench/browser/index.html", server.resolvedUrls?.local[0]).href;
  for (const threads of new Set([availableParallelism(), 1])) {
    const places = [
      await inNode("native", threads),
      await inNode("wasm", threads),
      await inPage(address, threads),
    ];
    const times: number[][] = places.map(() => []);
    for (let round = 0; round < rounds; round++)
      for (const [i, place] of places.entries()) times[i]!.push(await place.round()); // one list each
    console.log(`${threads} thread${threads === 1 ? "" : "s"}`);
    const native = median(times[0]!); // of three
    for (const [i, { name }] of places.entries()) {
      const step = median(times[i]!);
      console.log(
        `  ${name.padEnd(18)} ${step.toFixed(1).padStart(7)} ms per step, ` +
          `${((batch * length) / step).toFixed(1).padStart(5)} thousand tokens/s, ` +
          `${(step / native).toFixed(2)}x native`,
      );
    }
    for (const place of places) await place[Symbol.asyncDispose]();
  }
  await server.close();
}
