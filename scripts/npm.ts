/** The program and first words that run npm: by its script where `npm run` names it, as Windows cannot start `npm` itself. */
export const npm: readonly [string, ...string[]] = process.env.npm_execpath
  ? [process.execPath, process.env.npm_execpath]
  : ["npm"];
