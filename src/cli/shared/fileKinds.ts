import { isOfSections, readSections, SectionType } from "../../codec/file/sections.ts";
import { UserError } from "../../errors/userError.ts";

/** What a compressed file can hold, by the section that tells so, and the command that reads it. */
const kinds = {
  picture: { type: SectionType.picture, holds: "a picture", command: "image decode" },
  set: { type: SectionType.set, holds: "a set of pictures", command: "image decode" },
  model: { type: SectionType.model, holds: "pictures coded by a model", command: "image decode" },
  array: { type: SectionType.array, holds: "an array", command: "array decode" },
  field: { type: SectionType.field, holds: "a field", command: "field render" },
} as const;

/** Kinds of compressed files of version 4. */
export type FileKind = keyof typeof kinds;

/**
 * Throws UserError, naming the command that reads it, where a file or the beginning of one holds something else than wanted, of which the first is
 * named; also where a section is damaged.
 */
export function checkKind(bytes: Uint8Array, name: string, wanted: readonly FileKind[]): void {
  const kind = kindOf(bytes, name);
  if (!kind || wanted.includes(kind)) return;
  const { holds, command } = kinds[kind];
  throw new UserError(
    `${name} holds ${holds} and not ${kinds[wanted[0]!].holds}: \`ondelette ${command}\` reads it`,
    "wrong-kind",
  );
}

/** What a file of version 4 holds; undefined of another, and of one that was cut short before that is told. */
export function kindOf(bytes: Uint8Array, name: string): FileKind | undefined {
  if (!isOfSections(bytes)) return undefined;
  const types = readSections(bytes, name).map(({ type }) => type);
  return kindNames.find((kind) => types.includes(kinds[kind].type));
}

const kindNames: readonly FileKind[] = ["picture", "set", "model", "array", "field"];
