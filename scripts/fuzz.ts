/**
 * Decodes mutated files of pictures, sets, arrays and fields in a process of its own, as a stranger's: each must give what its head
 * says, or a UserError, in limited time and memory. Prints how many there were, or the seed and number of the first that is a fault.
 *
 *   npm run fuzz -- --count 1000000
 *   npm run fuzz -- --seed 7 --from 4711 --count 1     the one that failed, again
 */
import { type ChildProcess, fork } from "node:child_process";
import { isArrayFile } from "../src/array/arrayFile.ts";
import { outcomeOf as outcomeOfArray, seedFiles as seedArrays } from "../src/array/testing.ts";
import { defineCommand } from "../src/cli/parser/command.ts";
import { UserError } from "../src/errors/userError.ts";
import { isFieldFile } from "../src/field/families/expansion/bytes/fieldFile.ts";
import {
  outcomeOf as outcomeOfField,
  seedFiles as seedFields,
} from "../src/field/families/expansion/bytes/testing.ts";
import { mutated, type Outcome, outcomeOf, seedFiles } from "../src/image/file/testing.ts";
import { runScript } from "./runScript.ts";

/** What the deciding process asks for, and what it hears. */
interface Task {
  readonly seed: number;
  readonly from: number;
  readonly count: number;
}
type Report =
  | { readonly type: "begun"; readonly number: number }
  | { readonly type: "fault"; readonly number: number; readonly stack: string }
  | {
      readonly type: "done";
      readonly counts: Counts;
      readonly peak: number;
      readonly slowest: Slowest;
    };
type Counts = Record<Outcome, number>;
interface Slowest {
  readonly number: number;
  readonly milliseconds: number;
}

/** Files between reports: the clock runs for all of them together. */
const together = 100;

/** What becomes of a file of any kind; throws what is a fault. */
function outcome(file: Uint8Array, number: number): Outcome {
  try {
    if (isArrayFile(file, "a file")) return outcomeOfArray(file);
    if (isFieldFile(file, "a file")) return outcomeOfField(file);
  } catch (error) {
    if (error instanceof UserError) return "refused";
    throw error;
  }
  return outcomeOf(file, number);
}

/** Decodes the files of a task, and tells what became of them. */
function decodeAll({ seed, from, count }: Task, tell: (report: Report) => void): void {
  const files = [...seedFiles(), ...seedArrays(), ...seedFields()];
  const counts: Counts = { decoded: 0, "cut short": 0, refused: 0 };
  let slowest: Slowest = { number: from, milliseconds: 0 };
  for (let number = from; number < from + count; number++) {
    if ((number - from) % together === 0) tell({ type: "begun", number });
    const began = process.cpuUsage();
    try {
      counts[outcome(mutated(files, seed, number), number)]++;
    } catch (error) {
      tell({
        type: "fault",
        number,
        stack: error instanceof Error ? `${error.stack}` : `${error}`,
      });
      return;
    }
    const milliseconds = process.cpuUsage(began).user / 1000;
    if (milliseconds > slowest.milliseconds) slowest = { number, milliseconds };
  }
  const peak = process.resourceUsage().maxRSS / 1024;
  tell({ type: "done", counts, peak, slowest });
}

const command = defineCommand({
  positionals: {},
  options: {
    count: { type: "integer", min: 1, max: 1e9, default: 10_000, help: "files to decode" },
    seed: { type: "integer", min: 0, max: 1e9, default: 1, help: "seed of the mutations" },
    from: { type: "integer", min: 0, max: 1e9, default: 0, help: "number of the first mutation" },
    patience: {
      type: "number",
      min: 1,
      max: 3600,
      default: 60,
      help: `seconds that ${together} files may take`,
    },
    memory: { type: "integer", min: 1, max: 1e6, default: 600, help: "MiB that all may take" },
  },
  examples: ["npm run fuzz -- --count 1000000"],
  async run({ count, seed, from, patience, memory }, io) {
    const child = fork(import.meta.filename, [], { env: { ...process.env, [childMark]: "1" } });
    const stop = () => void child.kill("SIGKILL");
    io.signal.addEventListener("abort", stop, { once: true });
    const again = (number: number, many: number) =>
      `npm run fuzz -- --seed ${seed} --from ${number} --count ${many}`;
    const { counts, peak, slowest } = await watch(child, { seed, from, count }, patience, again);
    const total = Object.entries(counts)
      .map(([outcome, files]) => `${files} ${outcome}`)
      .join(", ");
    io.print(
      `${count} mutated files: ${total}; at most ${slowest.milliseconds.toFixed(0)} ms of processor time (number ${slowest.number}), ` +
        `${peak.toFixed(0)} MiB`,
    );
    if (peak > memory) throw new UserError(`${peak.toFixed(0)} MiB are more than ${memory}`);
    return { count, ...counts, peak, slowest: { ...slowest } };
  },
});

/** The last report of a process that works on a task. Throws UserError with a command line that makes a fault again. */
function watch(
  child: ChildProcess,
  task: Task,
  patience: number,
  again: (number: number, count: number) => string,
): Promise<Report & { readonly type: "done" }> {
  return new Promise((resolve, reject) => {
    let number = task.from;
    let clock = setTimeout(() => {}, 0);
    const fail = (reason: string) => {
      clearTimeout(clock);
      child.kill("SIGKILL");
      reject(new UserError(reason));
    };
    child.on("message", (report: Report) => {
      clearTimeout(clock);
      if (report.type === "begun") {
        number = report.number;
        clock = setTimeout(
          () => fail(`took longer than ${patience} s: ${again(number, together)}`),
          1000 * patience,
        );
      } else if (report.type === "fault") fail(`${report.stack}\n${again(report.number, 1)}`);
      else {
        child.disconnect();
        resolve(report);
      }
    });
    child.on("exit", (code, signal) => {
      if (code !== 0) fail(`the process ended with ${code ?? signal}: ${again(number, together)}`);
    });
    child.send(task);
  });
}

const childMark = "ONDELETTE_FUZZ_CHILD";
if (process.env[childMark] && process.send) {
  const send = process.send.bind(process);
  process.once("message", (task: Task) => decodeAll(task, (report) => void send(report)));
} else
  await runScript(
    "scripts/fuzz.ts",
    "decode mutated files of pictures, sets, arrays and fields",
    command,
  );
