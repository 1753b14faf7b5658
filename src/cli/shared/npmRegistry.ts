import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { publicRegistry } from "../../datasets/emoji/npmPackage.ts";

/** The registry that npm is configured to ask on this machine; the public one where npm cannot be asked. */
export async function npmRegistry(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<string> {
  const told = environment.npm_config_registry ?? environment.NPM_CONFIG_REGISTRY;
  if (isAddress(told)) return told;
  try {
    // On Windows npm is a script, which only a shell starts.
    const { stdout } = await promisify(execFile)("npm config get registry", { shell: true });
    const configured = stdout.trim();
    return isAddress(configured) ? configured : publicRegistry;
  } catch {
    return publicRegistry;
  }
}

function isAddress(text: string | undefined): text is string {
  return text !== undefined && URL.canParse(text) && /^https?:/.test(text);
}
