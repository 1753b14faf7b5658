/**
 * Causal attention over long streams, four layers of four heads of depth 32, forward and backward on one thread: time and
 * the most memory that a process of its own takes, with weights that are kept for the gradient and computed anew.
 * `npm run bench -- attention [LENGTH BATCH]`.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const lengths: readonly (readonly [length: number, batch: number])[] = [
  [128, 32],
  [1024, 4],
  [2048, 2],
  [4096, 1],
];

export function main(words: readonly string[]): Promise<void> {
  const [own, batch = 1] = words.map(Number);
  console.log("| length x batch | weights | ms | processor ms | MB above what the process had |");
  console.log("|---|---|---|---|---|");
  const program = fileURLToPath(new URL("./attentionCase.ts", import.meta.url));
  for (const [length, count] of own ? [[own, batch]] : lengths) {
    for (const keep of ["kept", "anew"]) {
      const given = [program, `${length}`, `${count}`, keep];
      process.stdout.write(execFileSync(process.execPath, given, { encoding: "utf8" }));
    }
  }
  return Promise.resolve();
}
