import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { UserError } from "../errors/userError.ts";
import { type CommandTable, defineCommand } from "./parser/command.ts";
import { outputOption } from "./parser/options.ts";
import { runCommandLine } from "./runCommandLine.ts";

const encode = defineCommand({
  about: "The file decodes from any prefix.",
  positionals: { image: "picture to encode" },
  options: {
    out: outputOption("file to write"),
    color: {
      type: "choice",
      choices: ["gray", "ycbcr"],
      default: "gray",
      help: "planes to keep",
    },
    finest: { type: "number", min: 0, default: 0.125, help: "last threshold" },
    topK: { type: "integer", min: 1, max: 7, help: "tokens considered" },
    strip: { type: "boolean", help: "draw the strip" },
    threads: {
      type: "integer",
      min: 1,
      cap: { most: () => 4, reason: "this machine has no more cores" },
      group: "Performance",
      otherwise: "one per core",
      help: "processor threads",
    },
  },
  examples: ["ondelette image encode photo.png -o photo.ond"],
  async run(args, io) {
    io.print(`wrote ${args.out}`);
    io.log("working");
    return { ...args };
  },
});

const failures: Record<string, unknown> = {
  sizes: new UserError("a.png and b.png differ in size", "sizes-differ"),
  locked: new UserError("runs/a is being written by another process", "locked"),
  mistake: new UserError("cat.png is a text file, not a picture"),
  full: Object.assign(new Error("ENOSPC"), { code: "ENOSPC", path: "runs/a" }),
  bug: new TypeError("x is undefined"),
};
const fail = defineCommand({
  positionals: { how: "which failure" },
  options: {},
  examples: ["ondelette fail bug"],
  advice: { "sizes-differ": "--size SIDE brings all to one size" },
  async run({ how }, io) {
    io.progress({ label: "failing", unit: "times", total: 1 });
    if (how === "abort") io.signal.throwIfAborted();
    throw failures[how];
  },
});

const join = defineCommand({
  positionals: { first: "what comes first", others: { several: "what follows" } },
  options: { note: { type: "string", several: true, help: "what to note" } },
  examples: ["ondelette join a b c"],
  async run({ first, others, note }) {
    return { first, others, ...(note && { note }) };
  },
});

const table: CommandTable = {
  "image encode": { summary: "write a picture as wavelet tokens", load: async () => encode },
  "image decode": {
    summary: "read it back",
    load: () => Promise.reject(new Error("loaded for nothing")),
  },
  fail: { summary: "fail", load: async () => fail },
  join: { summary: "join", load: async () => join },
};

async function run(line: string, interrupted = false) {
  let out = "";
  let err = "";
  const controller = new AbortController();
  if (interrupted) controller.abort();
  const code = await runCommandLine(line.split(" ").filter(Boolean), {
    ...{ table, topics: { image: "Images" }, columns: 80, process: { program: ["node"] } },
    signal: controller.signal,
    write: (text) => {
      out += text;
    },
    messages: {
      write: (text) => {
        err += text;
      },
      isTerminal: false,
      columns: 80,
      color: false,
      now: () => 0,
    },
  });
  return { code, out, err };
}

describe("a command line", () => {
  it("runs the command with every option filled in", async () => {
    const { code, out } = await run("image encode a.png -o a.ond --top-k=3 --json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      image: "a.png",
      out: "a.ond",
      color: "gray",
      finest: 0.125,
      topK: 3,
      strip: false,
    });
    expect(out.trim().split("\n")).toHaveLength(1);
  });

  it("prints for people on standard output, and about its work on standard error", async () => {
    const { out, err } = await run("image encode a.png -o a.ond --strip --color ycbcr");
    expect(out).toBe("wrote a.ond\n");
    expect(err).toBe("working\n");
  });

  it("shows usage, defaults and an example with --help, whatever else is missing", async () => {
    const { code, out } = await run("image encode --help");
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "Usage: ondelette image encode <image> -o FILE [options]

      Write a picture as wavelet tokens.

      The file decodes from any prefix.

      Arguments
        image  picture to encode

      Options
        -o, --out FILE          file to write (required)
            --color NAME        planes to keep (gray, ycbcr; default: gray)
            --finest X          last threshold (default: 0.125)
            --top-k N           tokens considered
            --strip             draw the strip

      Performance
            --threads N         processor threads (default: one per core)

      Options of every command
            --config FILE.json  read options from a JSON object of names and values;
                                the command line takes precedence
            --json              print the result as one JSON object on standard output
        -h, --help              show this help

      Example
        ondelette image encode photo.png -o photo.ond
      "
    `);
  });

  it("gives the last positional all the words that are left, where it stands for several", async () => {
    const { out } = await run("join a b c --json");
    expect(JSON.parse(out)).toEqual({ first: "a", others: ["b", "c"] });
    const help = (await run("join --help")).out;
    expect(help).toContain("Usage: ondelette join <first> <others>… [options]");
    expect(help).toContain("others  what follows");
  });

  it("gathers the values of an option that may be given several times", async () => {
    const { out, err } = await run("join a b --note one --note=two --note one --json");
    expect(JSON.parse(out)).toEqual({ first: "a", others: ["b"], note: ["one", "two", "one"] });
    expect(err).toBe("");
  });

  it("takes the last of two values, and says so where they differ", async () => {
    const { out, err } = await run("image encode a -o b --output c --top-k 3 --top-k 3 --json");
    expect(JSON.parse(out)).toMatchObject({ out: "c", topK: 3 });
    expect(err).toBe("--out is given twice: c is used, and not b\nworking\n");
  });

  it("accepts names of earlier versions, and --no-NAME for a switch", async () => {
    const { out } = await run("image encode a --output b --strip --no-strip --json");
    expect(JSON.parse(out)).toMatchObject({ out: "b", strip: false });
  });

  it("shows the help of a command with `help` before its name", async () => {
    expect(await run("help image encode")).toEqual(await run("image encode --help"));
    expect(await run("help image")).toEqual(await run("image"));
    expect(await run("help")).toEqual(await run("--help"));
    expect((await run("help imgae encode")).err).toContain("did you mean “image encode”?");
  });

  it("prints the version of the package", async () => {
    const { version } = JSON.parse(await readFile("package.json", "utf8"));
    for (const flag of ["--version", "-V"]) {
      expect(await run(flag)).toEqual({ code: 0, out: `ondelette ${version}\n`, err: "" });
    }
  });

  it("lists the commands without loading one", async () => {
    for (const line of ["", "--help", "-h", "image", "image --help"]) {
      const { code, out } = await run(line);
      expect(code).toBe(0);
      expect(out).toMatch(/Images\n {2}image encode +write a picture as wavelet tokens\n/);
    }
  });
});

describe("a mistake ends with code 2, one sentence on standard error and nothing on standard output", () => {
  const good = "image encode a.png -o b";
  it.each([
    ["imgae encode", "there is no command “imgae”; did you mean “image encode”?"],
    ["image encod x", "there is no command “image encod”; did you mean “image encode”?"],
    ["zzzzzzzzzzzz", "there is no command “zzzzzzzzzzzz”; see ondelette --help"],
    ["--finest 3", "name a command before --finest; see ondelette --help"],
    ["image --finest 3", "name a command before --finest; see ondelette --help"],
    ["image encod --finest 3", "there is no command “image encod”; did you mean “image encode”?"],
    ["image encode -o x", "<image> is missing: picture to encode"],
    ["image encode a b -o x", "“b” is one word too many; put a name with spaces in quotes"],
    ["image encode a", "--out is missing: file to write"],
    ["join a", "<others> is missing: what follows"],
    [`${good} --finst 1`, "unknown option --finst; did you mean --finest?"],
    [`${good} --qqqqqq`, "unknown option --qqqqqq; see --help"],
    [`${good} -x`, "unknown option -x; see --help"],
    [`${good} --finest`, "--finest needs a value: last threshold"],
    ["image encode a --out --json", "--out needs a value: file to write"],
    [`${good} --outptu c`, "unknown option --outptu; did you mean --out?"],
    [`${good} --no-finest`, "unknown option --no-finest; did you mean --finest?"],
    [`${good} --finest 0x10`, "--finest must be a number of at least 0, not “0x10”"],
    [`${good} --finest -1`, "--finest must be a number of at least 0, not “-1”"],
    [`${good} --top-k 1.5`, "--top-k must be a whole number from 1 to 7, not “1.5”"],
    [`${good} --top-k 8`, "--top-k must be a whole number from 1 to 7, not “8”"],
    [`${good} --color red`, "--color must be gray or ycbcr, not “red”"],
    [`${good} --strip=yes`, "--strip is a switch and takes no value"],
  ])("%s", async (line, sentence) => {
    expect(await run(line)).toEqual({ code: 2, out: "", err: `ondelette: ${sentence}\n` });
  });

  it("a UserError thrown by the command", async () => {
    const { code, err } = await run("fail mistake");
    expect(code).toBe(2);
    expect(err).toMatch(/ondelette: cat.png is a text file, not a picture\n$/);
  });

  it("adds the command's advice for a kind of error, or the general one", async () => {
    expect((await run("fail sizes")).err).toMatch(
      /ondelette: a.png and b.png differ in size; --size SIDE brings all to one size\n$/,
    );
    expect((await run("fail locked")).err).toMatch(/another process; wait until that process/);
  });

  it("a full disk", async () => {
    const { code, err } = await run("fail full");
    expect(code).toBe(2);
    expect(err).toMatch(/the disk is full: runs\/a could not be written; free some space/);
  });
});

describe("numbers beyond what the machine has", () => {
  it("are lowered with a notice", async () => {
    const { code, out, err } = await run("image encode a -o b --threads 1000 --json");
    expect(code).toBe(0);
    expect(JSON.parse(out).threads).toBe(4);
    expect(err).toContain("--threads 1000 is lowered to 4: this machine has no more cores\n");
    expect((await run("image encode a -o b --threads 4")).err).not.toContain("lowered");
  });
});

describe("other endings", () => {
  it("a bug ends with code 1 and its stack", async () => {
    const { code, err } = await run("fail bug");
    expect(code).toBe(1);
    expect(err).toMatch(
      /this is a bug in ondelette; please report it[\s\S]*TypeError: x is undefined\n\s+at /,
    );
  });

  it("Ctrl-C ends with code 130, whether the command returns or throws", async () => {
    expect((await run("image encode a -o b", true)).code).toBe(130);
    const thrown = await run("fail abort", true);
    expect(thrown.code).toBe(130);
    expect(thrown.err).not.toContain("bug");
  });

  it("a mistake stays a mistake after Ctrl-C: a failed save must not pass for a saved one", async () => {
    expect((await run("fail full", true)).code).toBe(2);
  });
});
