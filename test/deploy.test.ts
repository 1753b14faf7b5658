import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { npm } from "../scripts/npm.ts";
import { anything, integer, list, object, oneOf, optional, text } from "../src/train/run/checks.ts";
import { runNames } from "../src/train/run/runStore.ts";
import { installedMpis } from "./mpiexec.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const pathOf = (name: string) => join(root, "deploy", name);
const contentOf = (name: string) => readFile(pathOf(name), "utf8");
const run = promisify(execFile);
const isThere = (program: string) =>
  run(program, ["--version"]).then(
    () => true,
    () => false,
  );

const sources = new URL("../src/cli/", import.meta.url);

/** Reads command lines as the program would, without running them; throws where an option is unknown or wrong. */
async function checkCommandLines(lines: readonly (readonly string[])[]): Promise<void> {
  // In a process of its own, as the commands with all that they import are loaded faster there than by the test runner.
  const reader = `
    import { commands } from ${JSON.stringify(new URL("commands.ts", sources).href)};
    import { parseWords } from ${JSON.stringify(new URL("parser/parse.ts", sources).href)};
    const read = [];
    for (const [program, ...words] of ${JSON.stringify(lines)}) {
      const name = [words.slice(0, 2).join(" "), words[0]].find((key) => key in commands);
      const command = await commands[name].load();
      const { args } = await parseWords(command, words.slice(name.split(" ").length));
      read.push([program, command.parallel, args.resumeIfExists]);
    }
    console.log(JSON.stringify(read));
  `;
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", reader]);
  expect(JSON.parse(stdout)).toEqual(lines.map(() => ["ondelette", true, true]));
}

test("the trainings that the files start are ones that there are", async () => {
  const script = await contentOf("slurm.sh");
  const [, words = ""] = script.match(/^# +sbatch deploy\/slurm\.sh (.*)$/m) ?? [];
  const [, added = ""] = script.match(/^ +ondelette "\$@" (\S+)/m) ?? [];
  const { Launcher } = parse(await contentOf("mpijob.yaml")).spec.mpiReplicaSpecs;
  const [{ command, args }] = Launcher.template.spec.containers;
  await checkCommandLines([
    ["ondelette", ...words.split(" "), added],
    [...command, ...args].slice(3), // after mpiexec and the number of ranks
  ]);
});

describe("the Slurm script", async () => {
  const script = await contentOf("slurm.sh");
  const [mpich] = installedMpis();
  const hasShellcheck = await isThere("shellcheck");

  /** A folder of programs that stand for Slurm's and for the installed ondelette, and what they are told. */
  async function cluster(programs: Readonly<Record<string, string>>) {
    const folder = await temporaryFolder();
    const bin = join(folder, "bin");
    await mkdir(bin);
    for (const [name, lines] of Object.entries(programs)) {
      await writeFile(join(bin, name), `#!/bin/sh\n${lines}\n`);
      await chmod(join(bin, name), 0o755);
    }
    const { NODE_OPTIONS: _, FORCE_COLOR: __, ...plain } = process.env;
    const env = {
      ...{ ...plain, SLURM_JOB_ID: "42", SLURM_CPUS_PER_TASK: "1" },
      PATH: `${bin}${delimiter}${process.env.PATH}`,
    };
    const submit = (...words: string[]) =>
      run(pathOf("slurm.sh"), words, { cwd: folder, env, timeout: 100_000 }).then(
        ({ stdout }) => ({ code: 0, out: stdout }),
        ({ code, stdout, stderr }) => ({ code, out: `${stdout}${stderr}` }),
      );
    return { folder, submit };
  }

  test("is a program that bash can read, and tells Slurm what to do first", async () => {
    await run("bash", ["-n", pathOf("slurm.sh")]);
    const lines = script.split("\n");
    const first = lines.findIndex((line) => line !== "" && !line.startsWith("#"));
    const asked = lines.flatMap((line, i) => (line.startsWith("#SBATCH --") ? [i] : []));
    expect(asked.length).toBeGreaterThan(3);
    expect(Math.max(...asked)).toBeLessThan(first); // Slurm reads no further
  });

  test.skipIf(!hasShellcheck)(
    `has nothing that shellcheck complains of${hasShellcheck ? "" : " (skipped: shellcheck is not installed)"}`,
    async () => {
      await run("shellcheck", [pathOf("slurm.sh")]);
    },
  );

  test("is requeued where a training was stopped, and nowhere else", async () => {
    for (const [ended, told] of [
      [130, "requeue 42\n"],
      [2, ""],
      [0, ""],
    ] as const) {
      const { submit } = await cluster({ srun: `exit ${ended}`, scontrol: 'echo "$@"' });
      expect(await submit("image", "train")).toEqual({ code: ended, out: told });
    }
  });

  test.skipIf(mpich?.missing !== undefined)(
    `trains with several ranks, and goes on where it is started again${mpich?.missing ?? ""}`,
    async () => {
      const node = JSON.stringify(process.execPath);
      const { folder, submit } = await cluster({
        // Options of srun end where the program begins. The first start is told that its time is over when it has saved.
        srun: `
          while [ "\${1#--}" != "$1" ]; do shift; done
          first=$(test -e run || echo yes)
          ${mpich?.launcher} -n 2 "$@" &
          if [ "$first" ]; then
            until [ -e run/${runNames.latest} ]; do sleep 0.1; done
            kill -TERM $(cat ranks)
          fi
          wait $!`,
        ondelette: `
          echo $$ >> ranks
          exec ${node} --disable-warning=ExperimentalWarning ${JSON.stringify(join(root, "src/cli/main.ts"))} "$@"`,
        scontrol: 'echo "$@"',
      });
      const train = (saveEvery: string) =>
        submit(
          ...["sequence", "classify", "--out", "run", "--steps", "300", "--save-every", saveEvery],
          ...["--layers", "1", "--width", "8", "--heads", "2", "--batch", "4", "--valid", "8"],
          ...["--min-length", "4", "--max-length", "9", "--threads", "1"],
        );
      const stopped = await train("0"); // there is a checkpoint soon
      expect(stopped.code).toBe(130);
      expect(stopped.out).toMatch(/stopped before the end of its plan.*\nrequeue 42\n$/m);
      const firstRecord = async () =>
        (await readFile(join(folder, "run", runNames.metrics), "utf8")).split("\n")[0];
      const begun = await firstRecord();
      expect(JSON.parse(begun!)).toMatchObject({ step: 1, ranks: 2 });
      const done = await train("60");
      expect(done).toMatchObject({
        code: 0,
        out: expect.stringContaining("run: 300 steps on 2400 examples"),
      });
      expect(await firstRecord()).toBe(begun); // it did not begin anew
    },
    120_000,
  );
});

describe("the MPIJob", async () => {
  const job = parse(await contentOf("mpijob.yaml"));
  // As manifests/base/kubeflow.org_mpijobs.yaml of kubeflow/mpi-operator has them; pods as Kubernetes does.
  const pod = object({
    containers: list(
      object({
        ...{ name: text, image: text, resources: optional(anything) },
        ...{ command: optional(list(text)), args: optional(list(text)) },
        volumeMounts: optional(list(object({ name: text, mountPath: text }))),
      }),
    ),
    volumes: optional(
      list(object({ name: text, persistentVolumeClaim: object({ claimName: text }) })),
    ),
  });
  const replica = object({
    replicas: integer({ min: 1 }),
    restartPolicy: optional(oneOf(["Always", "OnFailure", "Never", "ExitCode"])),
    template: object({ spec: pod }),
  });
  const mpiJob = object({
    ...{ apiVersion: oneOf(["kubeflow.org/v2beta1"]), kind: oneOf(["MPIJob"]) },
    metadata: object({ name: text }),
    spec: object({
      slotsPerWorker: optional(integer({ min: 1 })),
      mpiImplementation: optional(oneOf(["OpenMPI", "Intel", "MPICH"])),
      sshAuthMountPath: optional(text),
      runPolicy: optional(
        object({
          cleanPodPolicy: optional(oneOf(["None", "Running", "All"])),
          backoffLimit: optional(integer({ min: 0 })),
          activeDeadlineSeconds: optional(integer({ min: 1 })),
          ttlSecondsAfterFinished: optional(integer({ min: 0 })),
        }),
      ),
      mpiReplicaSpecs: object({ Launcher: replica, Worker: replica }),
    }),
  });

  test("has the fields of v2beta1, and no others", () => {
    expect(() => mpiJob(job, "")).not.toThrow();
    const { Launcher, Worker } = mpiJob(job, "").spec.mpiReplicaSpecs;
    expect(Launcher.replicas).toBe(1);
    for (const { template } of [Launcher, Worker]) {
      const { containers, volumes = [] } = template.spec;
      const names = volumes.map(({ name }) => name);
      for (const { volumeMounts = [] } of containers)
        for (const { name } of volumeMounts) expect(names).toContain(name);
    }
  });

  test("starts a rank for each slot", () => {
    const { slotsPerWorker = 1, mpiReplicaSpecs } = mpiJob(job, "").spec;
    const { Launcher, Worker } = mpiReplicaSpecs;
    const { command = [] } = Launcher.template.spec.containers[0] ?? {};
    const ranks = Worker.replicas * slotsPerWorker;
    expect(command.slice(0, 3)).toEqual(["mpiexec", "-n", `${ranks}`]);
  });
});

describe("the Dockerfile", async () => {
  const instructions = (await contentOf("Dockerfile"))
    .replaceAll(/^#.*\n/gm, "")
    .replaceAll(/\\\n/g, " ")
    .split("\n")
    .flatMap((line) => {
      const [, word = "", rest = ""] = line.match(/^([A-Z]+) +(.*)$/) ?? [];
      return line === "" ? [] : [[word, rest] as const];
    });
  const all = (word: string) =>
    instructions.flatMap(([name, rest]) => (name === word ? [rest] : []));
  const { name, version, engines } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const engine = await run("docker", ["info"], { timeout: 10_000 }).then(
    () => undefined,
    () => " (skipped: no Docker engine answers)",
  );

  test("has instructions that there are, and commands that a shell can read", async () => {
    for (const [word] of instructions)
      expect(["FROM", "RUN", "COPY", "WORKDIR", "CMD"]).toContain(word);
    for (const line of all("RUN")) await run("sh", ["-n", "-c", line]);
    const [word] = JSON.parse(all("CMD")[0]!);
    expect(word).toBe("ondelette");
  });

  test("begins with a Node that the package runs on", () => {
    const [, major] = all("FROM")[0]!.match(/^node:(\d+)-/) ?? [];
    expect(Number(major)).toBeGreaterThanOrEqual(Number(engines.node.match(/\d+/)[0]));
  });

  test("installs the MPI that the MPIJob and the tests have", async () => {
    const [, packages = ""] = all("RUN")[0]!.match(/install [^&]*?((?: [a-z]\S*)+) +&&/) ?? [];
    expect(packages.trim().split(" ")).toEqual(["mpich", "openssh-client", "openssh-server"]);
  });

  test("installs what npm pack makes, by commands that work", async () => {
    const [from = "", to = ""] = all("COPY")[0]!.split(" ");
    const [before, after] = from.split("*");
    const packed = `${name}-${version}.tgz`;
    expect([packed.startsWith(before!), packed.endsWith(after!)]).toEqual([true, true]);

    // A package of the same name with one program, instead of the real one and its 200 MB.
    const folder = await temporaryFolder();
    const [source, target] = [join(folder, "source"), join(folder, "target")];
    await mkdir(source);
    await mkdir(target);
    const main = "#!/usr/bin/env node\nconsole.log('it runs')\n";
    await writeFile(join(source, "main.js"), main);
    const small = { name, version, bin: { ondelette: "main.js" } };
    await writeFile(join(source, "package.json"), JSON.stringify(small));
    const [program, ...first] = npm;
    await run(program, [...first, "pack", "--pack-destination", target], { cwd: source });
    const install = all("RUN").find((line) => line.startsWith("npm "))!;
    const env = { ...process.env, npm_config_prefix: join(folder, "prefix") };
    const [npmWord, ...rest] = install.replaceAll(to, `${target}/`).split(" ");
    expect(npmWord).toBe("npm");
    await run(
      "sh",
      ["-c", `${[program, ...first].map((word) => `'${word}'`).join(" ")} ${rest.join(" ")}`],
      { env },
    );
    expect((await run(join(folder, "prefix/bin/ondelette"))).stdout).toBe("it runs\n");
    expect(existsSync(join(target, packed))).toBe(false);
  });

  test.skipIf(engine !== undefined)(
    `builds, and ondelette runs in it${engine ?? ""}`,
    async () => {
      const folder = await temporaryFolder();
      const [program, ...first] = npm;
      await run(program, [...first, "pack", "--pack-destination", folder], { cwd: root });
      const docker = (...words: string[]) => run("docker", words, { maxBuffer: 1 << 26 });
      await docker("build", "--tag", "ondelette-test", "--file", pathOf("Dockerfile"), folder);
      const { stdout } = await docker(
        ...[
          "run",
          "--rm",
          "ondelette-test",
          "mpiexec",
          "-n",
          "2",
          "ondelette",
          "sequence",
          "classify",
        ],
        ...["--out", "run", "--steps", "2", "--layers", "1", "--width", "8", "--heads", "2"],
      );
      expect(stdout).toContain("run: 2 steps on ");
    },
    900_000,
  );
});
