import { missingPackage } from "../errors/optionalPackage.ts";
import { checkOrigin, checkToken } from "./guard.ts";
import { commonHeaders, type PageFiles } from "./pageFiles.ts";
import { readBody } from "./readBody.ts";
import { RefusedError, refusalOf } from "./refusal.ts";
import { readCurvesRequest, readResume, readRunName, readStart } from "./requests.ts";
import type { Studio } from "./studio.ts";

export interface AppOptions {
  readonly studio: Studio;
  readonly page: PageFiles;
  readonly token: string;
  /** The port that the server listens at. */
  readonly port: () => number;
  /** Bytes of a body, at most. */
  readonly body: number;
  /** Told of what is no mistake of the one who asks. */
  readonly failed: (error: unknown) => void;
}

/** Answers requests: guards, the API, the page. */
export async function openApp({ studio, page, token, port, body, failed }: AppOptions) {
  const { Hono } = await loadHono();
  const app = new Hono();

  app.onError((error) => {
    const refusal = refusalOf(error);
    if (refusal.status === 500) failed(error);
    return refusal;
  });
  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(commonHeaders)) c.res.headers.set(name, value);
    if (c.req.path.startsWith("/api/")) c.res.headers.set("cache-control", "no-store");
  });
  app.use(async (c, next) => {
    checkOrigin(c.req.raw.headers, port());
    // An answer that is only described would leave its file open.
    if (c.req.method === "HEAD") throw new RefusedError(405, "the studio answers GET and POST");
    await next();
  });
  app.use("/api/*", async (c, next) => {
    checkToken(c.req.raw.headers, token);
    await next();
  });

  const run = (request: Request) => readRunName(new URL(request.url).searchParams.get("run"));
  const json = (value: unknown) => Response.json(value);
  app.get("/api/events", () => studio.events());
  app.get("/api/forms", () => json(studio.forms()));
  app.get("/api/run", async ({ req }) => json(await studio.details(run(req.raw))));
  app.get("/api/file", ({ req }) => studio.file(run(req.raw), req.query("file") ?? ""));
  app.get("/api/weights", ({ req }) => studio.weights(run(req.raw)));
  app.get("/api/onnx", ({ req }) => studio.onnx(run(req.raw)));
  app.get("/api/log", ({ req }) => json(studio.log(run(req.raw))));
  app.post("/api/curves", async ({ req }) =>
    json(await studio.curves(readCurvesRequest(await readBody(req.raw, body)))),
  );
  app.post("/api/start", async ({ req }) =>
    json(await studio.start(readStart(await readBody(req.raw, body)))),
  );
  app.post("/api/resume", async ({ req }) =>
    json(await studio.resume(readResume(await readBody(req.raw, body)))),
  );
  app.post("/api/stop", async ({ req }) => {
    const { run: name } = await readBody(req.raw, body);
    return json(await studio.stop(readRunName(name)));
  });
  app.get("*", ({ req }) => page(req.path));
  app.notFound(() => refusalOf(new RefusedError(404, "there is nothing here")));
  return app;
}

async function loadHono() {
  try {
    return await import("hono");
  } catch (error) {
    throw missingPackage({ name: "hono", feature: "studio pages" }, error);
  }
}
