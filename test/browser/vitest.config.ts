import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { isolation } from "../../src/server/headers.ts";
import { chromiumPath, noBrowser } from "../chromium.ts";
import { browserEntries, root } from "./browserEntries.ts";
import { nodePictures } from "./nodePictures.ts";
import { nodeStep } from "./nodeStep.ts";
import { slowFiles } from "./slowFiles.ts";

/** Suites that Node and browsers share: the same files, here in headless Chromium. */
const shared = [
  "src/graph/*.test.ts",
  "src/runtime/steps/*.test.ts",
  "src/nn/layers/losses.test.ts",
  "src/wavelets/filterBank/**/*.test.ts",
  "src/codec/**/*.test.ts",
  "src/image/compression/*.test.ts",
  "src/image/file/{container,decodeProgressively,encodePicture,fuzz,pictureFile,rgba,sections}.test.ts",
  "src/image/language/*.test.ts",
  "src/nn/integer/*.test.ts",
  "src/image/integer/*.test.ts",
  "src/image/values/integerMixture.test.ts",
  "test/browser/*.test.ts",
];

if (noBrowser) console.warn(`tests in a browser: ${noBrowser}`);

export default defineConfig({
  root,
  plugins: [browserEntries(), slowFiles()],
  server: { headers: isolation },
  test: {
    include: noBrowser ? [] : shared,
    passWithNoTests: noBrowser !== undefined,
    // The first two compare with packages of Node; the others load the library anew on another platform, which only Node's loader can.
    exclude: [
      "src/codec/file/crc32.test.ts",
      "src/image/compression/codeExactly.test.ts",
      "src/wavelets/filterBank/withoutWebAssembly.test.ts",
      "src/image/integer/otherEngine.test.ts",
    ],
    testTimeout: 60_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: {
          ...(chromiumPath && { executablePath: chromiumPath }),
          // WebGPU by software, as a machine without a GPU has it.
          args: [
            ...["--no-sandbox", "--disable-dev-shm-usage"],
            ...["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"],
            ...["--enable-features=Vulkan", "--use-vulkan=swiftshader"],
          ],
        },
      }),
      instances: [{ browser: "chromium" }],
      commands: { nodeStep, nodePictures },
    },
  },
});
