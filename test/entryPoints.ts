import packageJson from "../package.json" with { type: "json" };

/** The sources behind the package's public modules: `ondelette/graph` → the URL of src/graph/index.ts. */
export const entryPoints: ReadonlyMap<string, URL> = new Map(
  Object.entries(packageJson.exports).flatMap(([path, target]) => {
    const source = builtFile(target)?.replace("./dist/", "../src/").replace(/\.js$/, ".ts");
    return source === undefined
      ? []
      : [[path.replace(/^\./, "ondelette"), new URL(source, import.meta.url)] as const];
  }),
);

/** The JavaScript file of an entry of `exports`, whatever conditions it is nested in; none for data. */
function builtFile(target: unknown): string | undefined {
  if (typeof target === "string") return /^\.\/dist\/.*\.js$/.test(target) ? target : undefined;
  if (typeof target !== "object" || target === null) return undefined;
  const conditions = Object.entries(target).filter(([name]) => name !== "browser");
  return conditions.map(([, nested]) => builtFile(nested)).find((file) => file !== undefined);
}
