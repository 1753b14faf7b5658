import type { Plugin } from "vite";
import { decodePicture } from "../../src/image/file/decodePicture.ts";
import { encodePicture } from "../../src/image/file/encodePicture.ts";
import { toRgba } from "../../src/image/file/rgba.ts";
import { testPicture } from "../../src/image/testing.ts";

/** What became of a request. */
export type Outcome = "running" | "sent" | "broken off";

/**
 * A server of compressed pictures for pages: `/slow/NAME` sends one in pieces of a tenth, with pauses. Names that begin with "broken" are of a file with
 * a wrong bit near its end, "short" ones end after half of it; "fast" ones have no pauses, and "asked" ones
 * wait at each doubling, where a coarser picture is made, until the page asks for more by `/slow/next`, for five seconds at most. `/slow/log` tells what became of the requests, by name,
 * and `/slow/pixels` what Node decodes.
 */
export const slowFiles = (): Plugin => ({
  name: "slow-files",
  configureServer({ middlewares }) {
    const outcomes: Record<string, Outcome> = {};
    /** Ends the pause of a name that begins with "asked". */
    let goOn = () => {};
    const { file } = encodePicture(testPicture(160, 120, 3), { quality: 85 });
    const broken = file.slice();
    broken[file.length - 30]! ^= 4;

    middlewares.use("/slow/", async (request, response) => {
      const name = (request.url ?? "").replace(/^\//, "");
      if (name === "log") {
        response.setHeader("content-type", "application/json").end(JSON.stringify(outcomes));
        return;
      }
      if (name === "next") {
        goOn();
        response.end();
        return;
      }
      if (name === "pixels") {
        response.end(Buffer.from(toRgba(decodePicture(file).raster).data.buffer));
        return;
      }
      if (name.startsWith("missing")) {
        response.writeHead(404).end();
        return;
      }
      outcomes[name] = "running";
      response.on("close", () => {
        outcomes[name] = response.writableFinished ? "sent" : "broken off";
      });
      const bytes = name.startsWith("broken") ? broken : file;
      const piece = Math.ceil(file.length / 10);
      const end = name.startsWith("short") ? 5 : 10;
      // A browser notices that a file of a known length ends early.
      response.writeHead(200, { "content-length": file.length, "cache-control": "no-store" });
      for (let i = 0; i < end && !response.destroyed; i++) {
        response.write(bytes.subarray(i * piece, (i + 1) * piece));
        const isAsked = name.startsWith("asked");
        if (name.startsWith("fast") || (isAsked && ![2, 4, 8].includes(i + 1))) continue;
        await new Promise<void>((resolve) => {
          if (isAsked) goOn = resolve;
          setTimeout(resolve, isAsked ? 5000 : 250);
        });
      }
      if (end < 10) response.destroy();
      else response.end();
    });
  },
});
