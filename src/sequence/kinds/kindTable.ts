import { UserError } from "../../errors/userError.ts";
import type { Document, KindOptions } from "../kind.ts";
import type { AnyAlphabet, AnyKind, KindChoice, OpenKind } from "./alphabets.ts";

/** What is done with the kinds of a table. */
export interface Kinds<Name extends string> {
  /** The names of the built-in kinds. */
  readonly kindNames: readonly Name[];
  /** The kind of a name; a kind of one's own is itself. */
  kindOf(choice: KindChoice<Name>): AnyKind;
  /** The alphabet of documents to train on; it also covers `validation` where it depends on what occurs. */
  fitKind(
    choice: KindChoice<Name>,
    documents: readonly Document[],
    options: KindOptions,
    validation?: readonly Document[],
  ): Promise<AnyAlphabet>;
  /**
   * The kind with this alphabet; `own` is the kind where it is not a built-in one. Throws UserError where the alphabet names
   * a kind that is neither.
   */
  openKind(alphabet: AnyAlphabet, own?: AnyKind): OpenKind;
}

/** What is done with the kinds of a table: Node and browsers have one each. */
export function kindsOf<Name extends string>(table: Readonly<Record<Name, AnyKind>>): Kinds<Name> {
  const kindNames = Object.keys(table) as unknown as readonly Name[]; // the keys of the table
  const kindOf = (choice: KindChoice<Name>): AnyKind =>
    typeof choice === "string" ? table[choice] : choice;
  const builtIn = (name: string): AnyKind => {
    const known = kindNames.find((kind) => kind === name);
    if (known !== undefined) return kindOf(known);
    throw new UserError(
      `the alphabet is of the kind “${name}”, which is not built in (${kindNames.join(", ")} are); its Kind object is needed`,
      "wrong-kind",
    );
  };
  return {
    kindNames,
    kindOf,
    fitKind(choice, documents, options, validation = []) {
      const kind = kindOf(choice);
      return kind.fit(documents, options, validation);
    },
    openKind(alphabet, own) {
      const kind = own ?? builtIn(alphabet.kind);
      const { unit, ending, reads } = kind;
      return {
        name: alphabet.kind,
        alphabet,
        unit,
        ending,
        reads,
        size: kind.size(alphabet),
        encode: (document, notice) => kind.encode(alphabet, document, notice),
        decode: (tokens, notice) => kind.decode(alphabet, tokens, notice),
        extent: (tokens) => kind.extent?.(alphabet, tokens) ?? {},
        ...(kind.mostPerSecond && { mostPerSecond: kind.mostPerSecond(alphabet) }),
        ...(kind.prompt && { prompt: (text: string) => kind.prompt!(alphabet, text) }),
      };
    },
  };
}
