/** Anything that JSON keeps. */
export type Setting =
  | null
  | boolean
  | number
  | string
  | readonly Setting[]
  | { readonly [key: string]: Setting | undefined };

/** What results depend on, by name. */
export type Settings = { readonly [name: string]: Setting | undefined };

/** A stretch of items, from `first` to before `end`. */
export interface Span {
  readonly first: number;
  readonly end: number;
}

/**
 * A work that can be shared out: items in an order, cut into pieces. A piece is what one process computes together, so its result
 * has the same bits whoever computes it; the results of all pieces, in order, are all that is left to know of the items.
 */
export interface Work<Part> {
  /** Everything that a piece depends on: settings, and fingerprints of inputs. Parts of other settings are refused. */
  readonly settings: Settings;
  readonly items: number;
  /** Items of a piece; the last may have fewer. */
  readonly together: number;
  /**
   * The result of a piece: plain data that a structured clone copies (numbers, texts, typed arrays, …), complete in itself.
   * `report` hears how much of the piece is done, in whatever unit the work is counted.
   */
  compute(items: Span, report: (amount: number) => void): Promise<Part>;
}

/** How many pieces a work has. */
export const pieceCount = ({ items, together }: Pick<Work<unknown>, "items" | "together">) =>
  Math.ceil(items / together);

/** The items of a piece. */
export const spanOf = (
  { items, together }: Pick<Work<unknown>, "items" | "together">,
  piece: number,
): Span => ({ first: piece * together, end: Math.min(items, (piece + 1) * together) });
