import { UserError } from "../errors/userError.ts";
import type { PartFile, PartHead } from "./partFile.ts";
import { piecesOf, shareText } from "./share.ts";

/** What of a part file is looked at. */
type Known = Pick<PartFile, "path" | "entries"> & { readonly head: Omit<PartHead, "words"> };

/** Throws UserError, naming what differs, where a part is of other settings than `wanted`. */
export function checkSettings(
  { path, head }: Pick<Known, "path" | "head">,
  wanted: Pick<PartHead, "settings" | "pieces">,
): void {
  const shown = ({ settings }: Pick<PartHead, "settings">, name: string) =>
    JSON.stringify(settings[name] ?? null);
  const names = Object.keys({ ...wanted.settings, ...head.settings });
  const other = names.find((name) => shown(head, name) !== shown(wanted, name));
  if (other === undefined && head.pieces === wanted.pieces) return;
  const difference =
    other === undefined
      ? `${head.pieces} pieces, not ${wanted.pieces}`
      : `${other} ${shown(head, other)}, not ${shown(wanted, other)}`;
  throw new UserError(`${path} is a shard of other work, with ${difference}`, "contradicts-run");
}

/**
 * The file that has each piece, in the order of pieces. Throws UserError where a file is of other settings, where two are the
 * same share, and where pieces are missing, which it names by their share.
 */
export function gather<File extends Known>(
  files: readonly File[],
  wanted: Pick<PartHead, "settings" | "pieces">,
): File[] {
  for (const file of files) checkSettings(file, wanted);
  const shares = new Map<string, File>();
  for (const file of files) {
    const name = shareText(file.head.share);
    const same = shares.get(name);
    if (same)
      throw new UserError(`${same.path} and ${file.path} are both shard ${name}: leave one out`);
    shares.set(name, file);
  }
  const has = Array.from({ length: wanted.pieces }, (_, piece) =>
    files.find(({ entries }) => entries.has(piece)),
  );
  const found = has.filter((file) => file !== undefined);
  if (found.length === has.length) return found;
  throw new UserError(missingText(files, has), "not-found");
}

/** Says which share lacks the first piece that nobody has. */
function missingText(files: readonly Known[], has: readonly (Known | undefined)[]): string {
  const counts = new Set(files.map(({ head }) => head.share.count));
  const [count] = counts;
  if (count === undefined || counts.size > 1) {
    const missing = has.filter((file) => file === undefined).length;
    return `${missing} of ${has.length} pieces are missing: run the shards that are not there yet`;
  }
  const index = has.indexOf(undefined) % count;
  const own = piecesOf({ index, count }, has.length);
  const done = own.filter((piece) => has[piece]).length;
  const name = shareText({ index, count });
  const isThere = files.some(({ head }) => head.share.index === index);
  return isThere
    ? `shard ${name} is not finished (${done} of ${own.length} pieces): run it again, and it goes on`
    : `shard ${name} is missing: run it, or name its file too`;
}
