import { createHash } from "node:crypto";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { safePath } from "../data/files/safePath.ts";
import { UserError } from "../errors/userError.ts";
import { asking, type HubCall, type HubLibrary, hubCall, loadHub } from "./client.ts";
import type { HubOptions } from "./options.ts";

/** How a run is fetched. */
export interface PullOptions extends HubOptions {
  /** A branch, a tag or a commit of the model; `main` by default. */
  readonly revision?: string | undefined;
  /** Called with the bytes that are here and with all of them. */
  readonly onProgress?: ((received: number, total: number) => void) | undefined;
}

/** A run that was fetched. */
export interface Pulled {
  readonly folder: string;
  readonly files: readonly string[];
  readonly bytes: number;
}

/** A file on the hub. */
interface Remote {
  readonly path: string;
  readonly size: number;
  /** Of the content itself (files that the hub stores apart), or of the content as git writes it. */
  readonly checksum: { readonly kind: "sha256" | "git"; readonly hex: string } | undefined;
}

/**
 * Fetches a run from the Hugging Face hub to a new folder, which appears at once when every file is there and agrees with the
 * hub's checksum. Throws UserError: `already-exists` where the folder is there, `wrong-kind` where the model is not a run of
 * this program, `network` where the hub refuses or sends something else, `damaged-file` where it names a file outside of the
 * folder, `missing-dependency` where the hub's library is not installed.
 *
 * @example
 * const { folder } = await pull("user/mnist", "runs/mnist");
 */
export async function pull(
  repo: string,
  folder: string,
  options: PullOptions = {},
): Promise<Pulled> {
  const { signal, onProgress, revision = "main" } = options;
  const call = hubCall(repo, options);
  if ((await stat(folder).catch(() => undefined)) !== undefined) {
    throw new UserError(
      `${folder} is there already; choose another folder for the run`,
      "already-exists",
    );
  }
  const hub = await loadHub();
  return asking(call, signal, async () => {
    const files = await listRun(hub, call, revision);
    const total = files.reduce((sum, { size }) => sum + size, 0);
    const incoming = join(dirname(folder), `.${basename(folder)}.download`);
    await rm(incoming, { recursive: true, force: true });
    await mkdir(incoming, { recursive: true });
    try {
      let received = 0;
      onProgress?.(0, total);
      for (const file of files) {
        await fetchFile(hub, call, revision, file, join(incoming, file.path), (bytes) => {
          received += bytes;
          onProgress?.(received, total);
        });
      }
      await rename(incoming, folder);
    } catch (error) {
      await rm(incoming, { recursive: true, force: true });
      throw error;
    }
    return { folder, files: files.map(({ path }) => path), bytes: total };
  });
}

/** The files of a model, in the order of their paths. */
async function listRun(hub: HubLibrary, call: HubCall, revision: string): Promise<Remote[]> {
  const { name } = call.repo;
  const files: Remote[] = [];
  for await (const entry of hub.listFiles({ ...call, recursive: true, revision })) {
    if (entry.type !== "file") continue;
    const path = safePath(entry.path, name);
    if (path === ".gitattributes") continue;
    files.push({ path, size: entry.size, checksum: checksumOf(entry) });
  }
  if (!files.some(({ path }) => path === "config.json")) {
    throw new UserError(`${name} is not a run of ondelette: it has no config.json`, "wrong-kind");
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function checksumOf({
  oid,
  lfs,
}: {
  readonly oid?: string;
  readonly lfs?: { readonly oid: string };
}): Remote["checksum"] {
  const stored = lfs && /^(?:sha256:)?([0-9a-f]{64})$/.exec(lfs.oid)?.[1];
  if (stored !== undefined) return { kind: "sha256", hex: stored };
  if (lfs === undefined && oid !== undefined && /^[0-9a-f]{40}$/.test(oid)) {
    return { kind: "git", hex: oid };
  }
  return undefined;
}

async function fetchFile(
  hub: HubLibrary,
  call: HubCall,
  revision: string,
  { path, size, checksum }: Remote,
  to: string,
  onBytes: (count: number) => void,
): Promise<void> {
  const hash = createHash(checksum?.kind === "git" ? "sha1" : "sha256");
  // Git's name of a file is the hash of its length and its content.
  if (checksum?.kind === "git") hash.update(`blob ${size}\0`);
  await mkdir(dirname(to), { recursive: true });
  const file = await open(to, "wx");
  let received = 0;
  try {
    // A file of no bytes has no range to ask for.
    const blob = size === 0 ? new Blob([]) : await hub.downloadFile({ ...call, path, revision });
    if (blob === null) throw wrong(call, path, "is not there any more");
    for await (const chunk of blob.stream()) {
      hash.update(chunk);
      await file.writeFile(chunk);
      received += chunk.length;
      onBytes(chunk.length);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  if (received !== size)
    throw wrong(call, path, `has ${received} bytes where ${size} are expected`);
  if (checksum !== undefined && hash.digest("hex") !== checksum.hex) {
    throw wrong(call, path, "does not have the checksum that the hub states");
  }
}

const wrong = ({ repo }: HubCall, path: string, reason: string) =>
  new UserError(`${path} of ${repo.name} ${reason}; nothing was kept`, "network");
