import { dirname, join } from "node:path/posix";

/** Sources by their path from the root of the repository, such as `src/graph/tensor.ts`. */
export type Sources = Readonly<Record<string, string>>;

/** One import, re-export or `import()` of a source; types count like values. */
export interface Import {
  readonly from: string;
  readonly line: number;
  /** The imported file for a relative specifier, else the specifier itself. */
  readonly to: string;
  readonly relative: boolean;
}

/** Folders of `src` from top to bottom. A file imports from its own folder and from folders of lower rows only. */
export type Layers = readonly (readonly string[])[];

/** What a source must keep to. */
export interface Rules {
  readonly layers: Layers;
  /** Folders that import nothing but these other folders, and no package at all. */
  readonly alone: Readonly<Record<string, readonly string[]>>;
  /** Folders that import no module of Node. */
  readonly withoutNode: readonly string[];
  /** The only folders that may import a package. */
  readonly packages: Readonly<Record<string, readonly string[]>>;
  /** What browsers load. */
  readonly browser: {
    /** The modules that they begin with. */
    readonly entries: readonly string[];
    /** Packages that run in them. */
    readonly packages: readonly string[];
  };
}

/** The source with comments and the contents of template strings blanked; every line keeps its number. */
function withoutComments(source: string): string {
  const token =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g;
  return source.replace(token, (text) =>
    text.startsWith('"') || text.startsWith("'") ? text : text.replace(/[^\n]/g, " "),
  );
}

const forms = [
  /^\s*(?:import|export)\b[^;"']*?\bfrom\s*["']([^"']+)["']/gm,
  /^\s*import\s*["']([^"']+)["']/gm,
  /\bimport\(\s*["']([^"']+)["']/g,
];

/** All imports of all sources. */
export function importsOf(sources: Sources): Import[] {
  return Object.entries(sources).flatMap(([from, source]) => {
    const code = withoutComments(source);
    return forms.flatMap((form) =>
      [...code.matchAll(form)].map((match) => {
        const [text, specifier] = match as unknown as [string, string];
        const relative = specifier.startsWith(".");
        const end = match.index + text.length;
        return {
          from,
          line: code.slice(0, end).split("\n").length,
          to: relative ? join(dirname(from), specifier) : specifier,
          relative,
        };
      }),
    );
  });
}

/** `graph` of `src/graph/tensor.ts`; of a file directly in `src`, undefined. */
function folderOf(path: string): string | undefined {
  const [, folder, rest] = path.split("/");
  return rest === undefined ? undefined : folder;
}

/** Every import that breaks a rule, as `file:line: what is wrong`; sorted. */
export function importFaults(sources: Sources, rules: Rules): string[] {
  const imports = importsOf(sources);
  return [
    ...unknownFolders(sources, rules),
    ...imports.flatMap((one) => faultsOf(one, sources, rules)),
    ...circles(imports),
    ...browserFaults(sources, imports, rules),
  ].sort();
}

/** Names that Node defines everywhere and browsers do not; after a dot, or as the name of a property, they are others. */
const nodeGlobals =
  /(?<![\w$.])(process|Buffer|NodeJS|setImmediate|__dirname|__filename)\b(?!\??\s*:)/;

/** What of Node, or of packages for Node, a browser would reach, through types as well: their declarations must hold there. */
function browserFaults(sources: Sources, imports: readonly Import[], { browser }: Rules): string[] {
  const from = new Map<string, Import[]>();
  for (const one of imports) from.set(one.from, [...(from.get(one.from) ?? []), one]);
  const wayTo = new Map(browser.entries.map((entry) => [entry, entry]));
  const faults: string[] = [];
  // A Map also visits what is added on the way.
  for (const [file, way] of wayTo) {
    const say = (line: number, what: string) =>
      faults.push(`${file}:${line}: a browser reaches ${what} by ${way}`);
    for (const { to, line, relative } of from.get(file) ?? []) {
      if (relative) {
        if (to in sources && !wayTo.has(to)) wayTo.set(to, `${way} -> ${to}`);
      } else if (!browser.packages.includes(packageOf(to))) say(line, to);
    }
    for (const [i, text] of withoutComments(sources[file] ?? "")
      .split("\n")
      .entries()) {
      const [, global] = nodeGlobals.exec(text.replace(/"(?:\\.|[^"\\])*"/g, '""')) ?? [];
      if (global !== undefined) say(i + 1, `Node's ${global}`);
    }
  }
  return faults;
}

/** The package of a specifier: `@scope/name` of `@scope/name/deep`. */
const packageOf = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

function unknownFolders(sources: Sources, { layers }: Rules): string[] {
  const known = new Set(layers.flat());
  const folders = new Set(Object.keys(sources).map(folderOf));
  return [...folders]
    .filter((folder) => folder !== undefined && !known.has(folder))
    .map((folder) => `src/${folder}: is missing from the table of layers`);
}

function faultsOf(one: Import, sources: Sources, rules: Rules): string[] {
  const folder = folderOf(one.from);
  const faults: string[] = [];
  const say = (fault: string) => faults.push(`${one.from}:${one.line}: ${fault}`);
  if (!one.relative) {
    const isNode = one.to.startsWith("node:");
    const name = packageOf(one.to);
    const allowed = rules.packages[name];
    if (isNode) {
      if (folder && rules.withoutNode.includes(folder)) say(`${folder} must not import ${one.to}`);
    } else if (!allowed) say(`package ${name} is missing from the table of packages`);
    else if (!folder || !allowed.includes(folder)) {
      say(`only ${allowed.join(" and ")} may import ${name}`);
    }
    return faults;
  }
  if (!(one.to in sources)) {
    say(`${one.to} does not exist or is part of a test`);
    return faults;
  }
  const target = folderOf(one.to);
  if (folder === undefined || folder === target) return faults;
  if (target === undefined) {
    say(`imports up: ${one.to} lies above ${folder}`);
    return faults;
  }
  const row = (name: string) => rules.layers.findIndex((names) => names.includes(name));
  const others = rules.alone[folder];
  if (others && !others.includes(target))
    say(`${["itself", ...others].join(" and ")} is all that ${folder} may import, not ${one.to}`);
  else if (row(target) < row(folder)) say(`imports up: ${target} lies above ${folder} (${one.to})`);
  else if (row(target) === row(folder)) {
    say(`imports sideways: ${target} lies beside ${folder} (${one.to})`);
  }
  return faults;
}

/** One shortest circle through each file that lies on one; each circle is named once, at its first file. */
function circles(imports: readonly Import[]): string[] {
  const next = new Map<string, Import[]>();
  for (const one of imports) {
    if (one.relative) next.set(one.from, [...(next.get(one.from) ?? []), one]);
  }
  const found = new Map<string, string>();
  for (const start of next.keys()) {
    const path = shortestWay(start, next);
    if (!path) continue;
    const key = path
      .map(({ from }) => from)
      .sort()
      .join();
    if (found.has(key)) continue;
    const ways = path.map(({ from, line, to }) => `${from}:${line} -> ${to}`);
    found.set(key, `${start}:${path[0]?.line}: lies on an import circle: ${ways.join(", ")}`);
  }
  return [...found.values()];
}

/** The imports along a shortest way from a file back to itself. */
function shortestWay(
  start: string,
  next: ReadonlyMap<string, readonly Import[]>,
): readonly Import[] | undefined {
  const cameBy = new Map<string, Import>();
  const queue = [start];
  for (const file of queue) {
    for (const one of next.get(file) ?? []) {
      if (one.to === start) {
        const path = [one];
        for (let at = file; at !== start; ) {
          const step = cameBy.get(at)!; // every file of the queue but the first was reached by an import
          path.unshift(step);
          at = step.from;
        }
        return path;
      }
      if (cameBy.has(one.to)) continue;
      cameBy.set(one.to, one);
      queue.push(one.to);
    }
  }
  return undefined;
}
