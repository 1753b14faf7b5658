import { describe, expect, it } from "vitest";
import { UserError } from "../errors/userError.ts";
import type { CommandTable } from "./commands.ts";
import { defineCommand } from "./parser/command.ts";
import { runCommandLine } from "./runCommandLine.ts";

const encode = defineCommand({
  about: "The file decodes from any prefix.",
  positionals: { image: "picture to encode" },
  options: {
    output: {
      type: "string",
      short: "o",
      placeholder: "FILE",
      required: true,
      help: "file to write",
    },
    color: {
      type: "choice",
      choices: ["gray", "ycbcr"],
      default: "gray",
      help: "planes to keep",
    },
    finest: { type: "number", min: 0, default: 0.125, help: "last threshold" },
    topK: { type: "integer", min: 1, max: 7, help: "tokens considered" },
    strip: { type: "boolean", help: "draw the strip" },
  },
  examples: ["ondelette image encode photo.png -o photo.ond"],
  async run(args, io) {
    io.print(`wrote ${args.output}`);
    io.log("working");
    return { ...args };
  },
});

const failures: Record<string, unknown> = {
  mistake: new UserError("cat.png is a text file, not a picture"),
  full: Object.assign(new Error("ENOSPC"), { code: "ENOSPC", path: "runs/a" }),
  bug: new TypeError("x is undefined"),
};
const fail = defineCommand({
  positionals: { how: "which failure" },
  options: {},
  examples: ["ondelette fail bug"],
  async run({ how }, io) {
    io.progress({ label: "failing", unit: "times", total: 1 });
    if (how === "abort") io.signal.throwIfAborted();
    throw failures[how];
  },
});

const join = defineCommand({
  positionals: { first: "what comes first", others: { several: "what follows" } },
  options: {},
  examples: ["ondelette join a b c"],
  async run({ first, others }) {
    return { first, others };
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
    table,
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
      output: "a.ond",
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
        -o, --output FILE       file to write (required)
            --color gray|ycbcr  planes to keep (default gray)
            --finest X          last threshold (default 0.125)
            --top-k N           tokens considered
            --strip             draw the strip
            --json              print one machine-readable object on standard output
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

  it("lists the commands without loading one", async () => {
    for (const line of ["", "--help", "-h", "image", "image --help"]) {
      const { code, out } = await run(line);
      expect(code).toBe(0);
      expect(out).toContain("image encode  write a picture as wavelet tokens");
    }
  });
});

describe("a mistake ends with code 2, one sentence on standard error and nothing on standard output", () => {
  const good = "image encode a.png -o b";
  it.each([
    ["imgae encode", "there is no command “imgae”; did you mean “image encode”?"],
    ["image encod x", "there is no command “image encod”; did you mean “image encode”?"],
    ["zzzzzzzzzzzz", "there is no command “zzzzzzzzzzzz”; see ondelette --help"],
    ["--finest 3", "a command comes before --finest; see ondelette --help"],
    ["image encode -o x", "<image> is missing; see --help"],
    ["image encode a b -o x", "“b” is one word too many; see --help"],
    ["image encode a", "--output is missing: file to write"],
    ["join a", "<others> is missing; see --help"],
    [`${good} --finst 1`, "unknown option --finst; did you mean --finest?"],
    [`${good} --qqqqqq`, "unknown option --qqqqqq; see --help"],
    [`${good} -x`, "unknown option -x; see --help"],
    [`${good} --finest`, "--finest needs a value: last threshold"],
    ["image encode a --output --json", "--output needs a value: file to write"],
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

  it("a full disk", async () => {
    const { code, err } = await run("fail full");
    expect(code).toBe(2);
    expect(err).toMatch(/the disk is full: runs\/a could not be written; free some space/);
  });
});

describe("other endings", () => {
  it("a bug ends with code 1 and its stack", async () => {
    const { code, err } = await run("fail bug");
    expect(code).toBe(1);
    expect(err).toMatch(/bug in ondelette[\s\S]*TypeError: x is undefined\n\s+at /);
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
