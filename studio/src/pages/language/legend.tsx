import type { Encoded } from "./encoded.ts";
import { kindColors, kindNames, kindTitles, tally } from "./kinds.ts";

/** What the colors of tokens mean, and what the tokens of each kind take. */
export function Legend({ encoded }: { readonly encoded: Encoded }) {
  const { tokens, bits, vocabulary } = encoded;
  const sums = tally(tokens, bits, vocabulary);
  const all = sums.reduce((total, sum) => total + sum.bits, 0) || 1;
  return (
    <ul class="legend">
      {kindNames.map((kind, i) => (
        <li key={kind}>
          <i style={{ background: `var(${kindColors[kind]})` }} />
          <span>{kindTitles[kind]}</span>
          <span>
            {sums[i]?.count.toLocaleString("en")} ·{" "}
            {((100 * (sums[i]?.bits ?? 0)) / all).toFixed(0)} % of bits
          </span>
        </li>
      ))}
    </ul>
  );
}
