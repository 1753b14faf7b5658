import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isSoftware } from "../../src/runtime/devices/graphicsCards.ts";

/** Where Debian's package `chromium` has a Vulkan driver for the processor, and Vulkan's loader. */
const folder = "/usr/lib/chromium";
const driver = join(folder, "vk_swiftshader_icd.json");

/** What a process needs for WebGPU: nothing where there is a card, else the variables that choose the software driver. */
export function vulkan(): {
  readonly environment: Readonly<Record<string, string>>;
  readonly noWebGpu?: string;
} {
  if (process.env.VK_DRIVER_FILES || !isSoftware()) return { environment: {} };
  if (!existsSync(driver) || !existsSync(join(folder, "libvulkan.so.1"))) {
    return {
      environment: {},
      noWebGpu: `skipped, since there is neither a graphics card nor ${driver} of Debian's package chromium`,
    };
  }
  const { LD_LIBRARY_PATH: libraries } = process.env;
  return {
    environment: {
      ...{ VK_DRIVER_FILES: driver, VK_ICD_FILENAMES: driver, XDG_RUNTIME_DIR: tmpdir() },
      LD_LIBRARY_PATH: libraries ? `${libraries}:${folder}` : folder,
    },
  };
}
