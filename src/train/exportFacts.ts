/** A fact longer than this is left out: a file of a model is not the place for a tokenizer. */
const mostCharacters = 65_536;

/**
 * Facts of a run as properties of an exported file, by name: text as it is, anything else as JSON. What is undefined or
 * longer than 65,536 characters is left out.
 *
 * @example
 * ```ts
 * exportFacts({ kind: "image", classNames: ["cat", "dog"] }); // { kind: "image", classNames: '["cat","dog"]' }
 * ```
 */
export function exportFacts(facts: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, fact]) => {
      const text = typeof fact === "string" ? fact : JSON.stringify(fact);
      return text === undefined || text.length > mostCharacters ? [] : [[name, text]];
    }),
  );
}
