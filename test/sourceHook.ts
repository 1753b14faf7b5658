import { registerHooks } from "node:module";
import { entryPoints } from "./entryPoints.ts";

/** Loaded with `node --import`: `ondelette/graph` is then src/graph/index.ts, so that programs run on the sources as they are. */
registerHooks({
  resolve: (specifier, context, next) =>
    next(entryPoints.get(specifier)?.href ?? specifier, context),
});
