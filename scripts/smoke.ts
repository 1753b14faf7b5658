/**
 * Installs the package as a stranger would and runs the smallest job of every command.
 *
 *   node scripts/smoke.ts [--node VERSION]… [--npm VERSION] [--only WORDS]
 *
 * Packs the package, installs the tarball into empty folders (with the optional packages and without), says how long that
 * takes and how large it is, imports every entry point, checks their types, and runs the commands on each version of Node:
 * the one of this process where none is named. Where the network only lets the WebAssembly build of ONNX Runtime in, one
 * model runs on that, and the rest on the native build, installed as the warning says. `--only "image stats"` runs the jobs
 * of one command and the demo.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { npm as anyNpm } from "./npm.ts";
import { jobs, writeInputs } from "./smoke/jobs.ts";

const { values } = parseArgs({
  options: {
    node: { type: "string", multiple: true, default: [] },
    npm: { type: "string" },
    only: { type: "string" },
  },
});
const root = fileURLToPath(new URL("..", import.meta.url));
const base = await mkdtemp(join(tmpdir(), "ondelette-smoke-"));
/** npm as a user has it: without the settings of this repository and of `npm run`. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)),
);
type Npm = typeof anyNpm;
let failures = 0;
const trainText = ["sequence", "train", ...jobs["sequence train"].split(" ")];

try {
  runNpm(root, "pack", "--pack-destination", base);
  const [name = ""] = (await readdir(base)).filter((file) => file.endsWith(".tgz"));
  const tarball = join(base, name);
  const npm = await npmCommand();

  const slim = await install("wavelets", npm, [tarball, "--omit=optional"]);
  await checkImports(slim, ["wavelets"], process.execPath);
  await expectSentence(slim);

  const whole = await install("whole", npm, [tarball]);
  await checkTypes(whole);
  await writeInputs(whole);
  const { status } = spawnSync(npm[0], [...npm.slice(1), "ls", "onnxruntime-node"], {
    cwd: whole,
    env: environment,
  });
  if (status !== 0) {
    check("a model without the native build", ondelette(whole, process.execPath, trainText));
    await install("whole", npm, ["--ignore-scripts", "--save-optional", "onnxruntime-node"]);
  }
  for (const node of await nodes()) {
    const { version } = JSON.parse(
      execFileSync(node, ["-p", "JSON.stringify(process)"], { encoding: "utf8" }),
    );
    console.log(`Node ${version}`);
    await checkImports(whole, await entryPoints(), node);
    for (const made of ["runs", "fields", "compared"])
      await rm(join(whole, made), { recursive: true, force: true });
    check("--help", ondelette(whole, node, ["--help"]));
    for (const [command, words] of Object.entries(jobs)) {
      if (values.only !== undefined && command !== "demo" && command !== values.only) continue;
      check(command, ondelette(whole, node, [...command.split(" "), ...words.split(" ")]));
    }
  }
} finally {
  await rm(base, { recursive: true, force: true });
}
console.log(failures === 0 ? "everything ran" : `${failures} failed`);
process.exitCode = failures === 0 ? 0 : 1;

function runNpm(folder: string, ...words: readonly string[]): void {
  const [program, ...first] = anyNpm;
  execFileSync(program, [...first, ...words], { cwd: folder, env: environment, stdio: "pipe" });
}

/** Installs into an empty folder; says how long it took and how large the result is. */
async function install(name: string, npm: Npm, words: readonly string[]) {
  const folder = join(base, name);
  if (!existsSync(folder)) {
    await mkdir(folder);
    await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  }
  const start = performance.now();
  const [program, ...first] = npm;
  const done = spawnSync(program, [...first, "install", ...words], {
    cwd: folder,
    encoding: "utf8",
    env: environment,
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const megabytes = ((await sizeOf(join(folder, "node_modules"))) / 1e6).toFixed(1);
  const result = `exit code ${done.status}, ${seconds} s, ${megabytes} MB`;
  const what = words.map((word) => basename(word)).join(" ");
  check(`npm install ${what}`, { ...done, result });
  return folder;
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map((file) => stat(join(file.parentPath, file.name))));
  return sizes.reduce((sum, { size }) => sum + size, 0);
}

async function entryPoints(): Promise<string[]> {
  const { exports } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  return Object.keys(exports)
    .filter((name) => name !== "./package.json")
    .map((name) => name.replace(/^\.\/?/, ""));
}

function specifier(name: string): string {
  return name === "" ? "ondelette" : `ondelette/${name}`;
}

async function checkImports(folder: string, names: readonly string[], node: string) {
  const lines = names.map((name) => `await import(${JSON.stringify(specifier(name))});`);
  const done = spawnSync(node, ["--input-type=module", "-e", lines.join("\n")], {
    cwd: folder,
    encoding: "utf8",
  });
  check(`import ${names.map(specifier).join(", ")}`, done);
}

/** Without ONNX Runtime, models say in one sentence what is missing. */
async function expectSentence(folder: string) {
  const program = `
    import { graph, runtime } from "ondelette";
    await runtime.compile({ y: graph.input("x", [1]).add(1) }).then(
      () => process.exit(1),
      ({ code, message }) => { console.log(message); process.exitCode = code === "missing-dependency" ? 0 : 1; },
    );`;
  const done = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    cwd: folder,
    encoding: "utf8",
  });
  check("a model without ONNX Runtime", { ...done, result: done.stdout.trim() });
}

/** The types of every entry point, checked with the strictest settings. */
async function checkTypes(folder: string) {
  const lines = (await entryPoints()).map(
    (name, i) => `export * as _${i} from "${specifier(name)}";`,
  );
  await writeFile(join(folder, "types.ts"), lines.join("\n"));
  const words =
    "--noEmit --strict --module nodenext --target es2024 --lib es2024,esnext.disposable,dom";
  const types = ["--types", "node", "--typeRoots", join(root, "node_modules/@types")];
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const done = spawnSync(
    process.execPath,
    [compiler, ...words.split(" "), "--exactOptionalPropertyTypes", ...types, "types.ts"],
    { cwd: folder, encoding: "utf8" },
  );
  check("types", done);
}

function ondelette(folder: string, node: string, words: readonly string[]) {
  const start = performance.now();
  const program = join(folder, "node_modules/ondelette/dist/cli/main.js");
  const done = spawnSync(node, [program, ...words], { cwd: folder, encoding: "utf8" });
  return { ...done, result: `${((performance.now() - start) / 1000).toFixed(1)} s` };
}

function check(
  name: string,
  {
    status,
    stdout,
    stderr,
    result,
  }: {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
    readonly result?: string;
  },
): void {
  const passed = status === 0;
  console.log(`${passed ? "ok" : "FAILED"}  ${name}${result ? `: ${result}` : ""}`);
  if (passed) return;
  failures++;
  console.log(`${stdout}${stderr}`.slice(-4000));
}

/** The programs of the versions of Node that are named, installed from npm. */
async function nodes(): Promise<string[]> {
  if (values.node.length === 0) return [process.execPath];
  return Promise.all(
    values.node.map(async (version) => {
      const folder = join(base, `node-${version}`);
      await mkdir(folder);
      await writeFile(
        join(folder, "package.json"),
        '{ "private": true, "allowScripts": { "node": true } }\n',
      );
      runNpm(folder, "install", `node@${version}`);
      return join(
        folder,
        "node_modules/node/bin",
        process.platform === "win32" ? "node.exe" : "node",
      );
    }),
  );
}

/** npm, or the version of it that is named, on the Node of this process. */
async function npmCommand(): Promise<Npm> {
  environment.PATH = [dirname(process.execPath), environment.PATH].join(delimiter);
  if (values.npm === undefined) return anyNpm;
  const folder = join(base, "npm");
  await mkdir(folder);
  await writeFile(join(folder, "package.json"), '{ "private": true }\n');
  runNpm(folder, "install", `npm@${values.npm}`);
  return [process.execPath, join(folder, "node_modules/npm/bin/npm-cli.js")];
}
