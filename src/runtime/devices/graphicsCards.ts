import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where Linux tells of cards; replaced in tests. */
export interface Places {
  readonly pci: string;
  readonly nvidia: string;
  readonly nodes: string;
}

const linux: Places = {
  pci: "/sys/bus/pci/devices",
  nvidia: "/proc/driver/nvidia/gpus",
  nodes: "/dev",
};

/** Makers of graphics cards by their PCI number; others are makers of virtual displays. */
const makers: Readonly<Record<string, string>> = {
  "0x10de": "NVIDIA",
  "0x1002": "AMD",
  "0x8086": "Intel",
};

/** The graphics cards of a Linux machine, as its kernel names them. */
export function graphicsCards(places: Places = linux): readonly string[] {
  const named = entries(places.nvidia).flatMap((card) => {
    const model = /^Model:\s*(.+)$/m.exec(read(join(places.nvidia, card, "information")));
    return model ? [model[1]!.trim()] : []; // the pattern has one group
  });
  if (named.length > 0) return named;
  const onBus = entries(places.pci).flatMap((card) => {
    const fact = (name: string) => read(join(places.pci, card, name)).trim();
    const maker = makers[fact("vendor")];
    return fact("class").startsWith("0x03") && maker ? [`${maker} ${fact("device")}`] : [];
  });
  if (onBus.length > 0) return onBus;
  return existsSync(join(places.nodes, "nvidia0")) ? ["NVIDIA"] : [];
}

/** Vulkan drivers that compute on the processor, by the names of their files. */
const softwareDriver = /swiftshader|lvp|lavapipe|llvmpipe/i;

/**
 * Whether WebGPU computes on the processor here: where the variable that chooses Vulkan's drivers names a software driver, or
 * a Linux machine has no card.
 */
export function isSoftware(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: string = process.platform,
  cards: readonly string[] = platform === "linux" ? graphicsCards() : [],
): boolean {
  const chosen = environment.VK_DRIVER_FILES ?? environment.VK_ICD_FILENAMES;
  if (chosen) return chosen.split(":").every((file) => softwareDriver.test(file));
  return platform === "linux" && cards.length === 0;
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
