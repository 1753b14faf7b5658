import type { Quality } from "../../image/tuning/tuneSampling.ts";

const columns = ["recognized", "diversity", "spread", "parts"] as const;
const width = 58;

/** The heading of a table of ways of sampling. */
export const tuningHeading = ["sampling".padEnd(width), ...columns.map(right)].join("");

/** A row of it: `temperature 0.6      97.4 %      81.0 %      0.95`. */
export function tuningRow(name: string, { recognized, diversity, spread, parts }: Quality): string {
  const cells = [
    percent(recognized),
    percent(diversity),
    spread.toFixed(2),
    parts?.toFixed(2) ?? "",
  ];
  return [name.padEnd(width), ...cells.map(right)].join("").trimEnd();
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function right(text: string): string {
  return text.padStart(12);
}
