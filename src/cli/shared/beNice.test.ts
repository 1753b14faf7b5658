import { execFile } from "node:child_process";
import { getPriority } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const module = fileURLToPath(new URL("beNice.ts", import.meta.url));

/** The niceness of all threads of a process that is nice, and of one that it has started then. */
async function nicenessAfter(increment: number) {
  const program = `
    import { execFileSync } from "node:child_process";
    import { readdirSync } from "node:fs";
    import { readFile } from "node:fs/promises";
    import { getPriority } from "node:os";
    import { beNice } from ${JSON.stringify(module)};
    await readFile(${JSON.stringify(module)}); // starts threads that read files
    beNice(${increment});
    const tasks = process.platform === "linux" ? readdirSync("/proc/self/task").map(Number) : [0];
    const child = execFileSync(process.execPath, ["-p", "os.getPriority()"], { encoding: "utf8" });
    console.log(JSON.stringify([...new Set([...tasks.map((task) => getPriority(task)), Number(child)])]));
  `;
  return JSON.parse(await printedBy(program));
}

async function printedBy(program: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...["--disable-warning=ExperimentalWarning", "--input-type=module", "--eval", program],
  ]);
  return stdout;
}

test("all threads of a process are nicer by the number, and by 19 at most", async () => {
  expect(await nicenessAfter(1)).toEqual([Math.min(19, getPriority() + 1)]);
  expect(await nicenessAfter(40)).toEqual([19]);
});

test("a higher priority is refused", async () => {
  const program = `
    import { beNice } from ${JSON.stringify(module)};
    if (process.getuid?.() === 0) process.setuid(65534); // an administrator may have it
    try {
      beNice(-1);
    } catch ({ name, message }) {
      console.log(name, message);
    }
  `;
  expect(await printedBy(program)).toBe(
    "UserError --nice -1 is not permitted: only an administrator may raise the priority of a process\n",
  );
});
