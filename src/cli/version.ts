import { readFile } from "node:fs/promises";

/** The version of this package, as in its package.json. */
export async function packageVersion(): Promise<string> {
  // The same distance from src/cli/ and from dist/cli/.
  const path = new URL("../../package.json", import.meta.url);
  const { version }: { readonly version: string } = JSON.parse(await readFile(path, "utf8"));
  return version;
}
