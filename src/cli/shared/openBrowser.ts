import { spawn } from "node:child_process";

/** The program that opens an address in the browser that a person has chosen, by platform. */
const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/** Opens an address in a browser; where that fails, a line says so. */
export async function openBrowser(address: string, log: (line: string) => void): Promise<void> {
  const [file, ...words] = openers[process.platform] ?? ["xdg-open"];
  const child = spawn(file, [...words, address], { detached: true, stdio: "ignore" });
  child.on("error", () => log(`no browser could be opened: ${file} is missing`));
  child.unref();
}
