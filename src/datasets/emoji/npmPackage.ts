import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { UserError } from "../../errors/userError.ts";
import { openTarGz } from "../arrange/openTarGz.ts";
import { type DownloadOptions, download } from "../download.ts";

/** The registry that npm asks where nothing else is configured. */
export const publicRegistry = "https://registry.npmjs.org/";

/** Files of a package. */
export interface NpmPackage {
  readonly version: string;
  /** Text by path within the package, of the files that were asked for and that it has. */
  readonly files: ReadonlyMap<string, string>;
}

/** Where a package is looked for. */
export interface NpmOptions extends DownloadOptions {
  readonly registry?: string | undefined;
  /** A folder whose `node_modules` are looked at first, and those above it. */
  readonly installed?: string | undefined;
}

/**
 * Reads some files of an npm package: of one that is installed, in any version, or of the given version from the registry,
 * whose archive is kept in `folder` only as long as it is read and is checked against the registry's own checksum. Throws
 * UserError of the code `network` where the registry does not have it or cannot be reached.
 */
export async function readNpmPackage(
  name: string,
  version: string,
  paths: readonly string[],
  folder: string,
  { registry = publicRegistry, installed, ...options }: NpmOptions,
): Promise<NpmPackage> {
  const local = installed === undefined ? undefined : await readInstalled(name, paths, installed);
  if (local !== undefined) return local;

  const base = registry.endsWith("/") ? registry : `${registry}/`;
  const plain = name.replace("/", "-").replace("@", "");
  const manifestPath = join(folder, `${plain}-${version}.json`);
  await download({ url: `${base}${name}/${version}` }, manifestPath, options);
  const { tarball, integrity } = distOf(await readFile(manifestPath, "utf8"), name, base);
  const archive = join(folder, `${plain}-${version}.tgz`);
  await download({ url: tarball }, archive, options);
  await checkIntegrity(archive, integrity, tarball);

  const files = new Map<string, string>();
  for await (const { path, bytes } of openTarGz(archive)) {
    // The first word is a folder of any name; npm's own is `package`.
    const inside = path.split("/").slice(1).join("/");
    if (paths.includes(inside)) files.set(inside, new TextDecoder().decode(bytes));
  }
  return { version, files };
}

async function readInstalled(
  name: string,
  paths: readonly string[],
  folder: string,
): Promise<NpmPackage | undefined> {
  const require = createRequire(join(folder, "noname.js"));
  let manifest: string;
  try {
    manifest = require.resolve(`${name}/package.json`);
  } catch {
    return undefined;
  }
  const files = new Map<string, string>();
  for (const path of paths) {
    const text = await readFile(join(manifest, "..", path), "utf8").catch(() => undefined);
    if (text !== undefined) files.set(path, text);
  }
  const { version } = JSON.parse(await readFile(manifest, "utf8")) as { version: string };
  return { version, files };
}

/** Where the archive of a version is, and its checksum. */
function distOf(manifest: string, name: string, registry: string) {
  const { tarball, integrity } = parseDist(manifest);
  if (tarball === undefined || integrity === undefined) {
    throw new UserError(
      `${registry} does not describe ${name} as an npm registry would`,
      "network",
    );
  }
  // As npm does: a mirror may repeat the addresses of the public registry, which are then its own.
  return { tarball: tarball.replace(publicRegistry, registry), integrity };
}

function parseDist(text: string): { readonly tarball?: string; readonly integrity?: string } {
  try {
    const { dist } = JSON.parse(text) as { dist?: { tarball?: unknown; integrity?: unknown } };
    const { tarball, integrity } = dist ?? {};
    return {
      ...(typeof tarball === "string" && URL.canParse(tarball) && { tarball }),
      ...(typeof integrity === "string" && { integrity }),
    };
  } catch {
    return {};
  }
}

/** Compares with a checksum in the form of Subresource Integrity: `sha512-` and base64. */
async function checkIntegrity(path: string, integrity: string, url: string): Promise<void> {
  const [, algorithm, expected] =
    /\b(sha512|sha384|sha256)-([A-Za-z0-9+/=]+)/.exec(integrity) ?? [];
  const found = createHash(algorithm ?? "sha512")
    .update(await readFile(path))
    .digest("base64");
  if (found === expected) return;
  throw new UserError(
    `${url} does not have the checksum that the registry states; nothing was kept`,
    "network",
  );
}
