import type { RestorationNets } from "../../src/image/compression/restoration/rowSums.ts";
import type { RestorationWeights } from "../../src/image/compression/restoration/weightRows.ts";

/** The source text of `weights.ts`: a row of numbers is a line. `origin` says what they were trained on. */
export function weightsText({ straight, diagonal }: RestorationNets, origin: string): string {
  return `import { type RestorationWeights, rows } from "./weightRows.ts";

/* Written by scripts/restoration.ts: ${origin}. */

/** Of the bands that are high along one axis; the other axis is their transpose. */
export const straightWeights: RestorationWeights = ${record(straight)};

/** Of the bands that are high along both axes. */
export const diagonalWeights: RestorationWeights = ${record(diagonal)};
`;
}

function record({ hidden, outputs, direct }: RestorationWeights): string {
  const parts = Object.entries({ hidden, outputs, direct }).map(
    ([name, rows]) => `  ${name}: rows(\`\n${rows.map((row) => row.join(" ")).join("\n")}\n\`),\n`,
  );
  return `{\n${parts.join("")}}`;
}
