import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "vite";

const root = join(import.meta.dirname, "..");

/** A file of a bundle. */
export interface BundledFile {
  readonly name: string;
  readonly bytes: number;
  /** Bytes by gzip at level 9. */
  readonly zipped: number;
}

/** The files of a minified bundle that Vite makes of a program; nothing is written. */
export async function bundle(program: string): Promise<readonly BundledFile[]> {
  const built = await build({
    root,
    configFile: false,
    logLevel: "warn",
    worker: { format: "es" },
    plugins: [
      {
        name: "program",
        resolveId: (id) => (id === "program" ? "\0program" : undefined),
        load: (id) => (id === "\0program" ? program : undefined),
      },
    ],
    build: {
      write: false,
      target: "es2024",
      modulePreload: false,
      rolldownOptions: { input: "program", preserveEntrySignatures: "strict" },
    },
  });
  return [built]
    .flat()
    .flatMap((each) => ("output" in each ? each.output : []))
    .map((file) => {
      const content = file.type === "chunk" ? file.code : file.source;
      const zipped = gzipSync(content, { level: 9 }).length;
      return { name: file.fileName, bytes: content.length, zipped };
    });
}
