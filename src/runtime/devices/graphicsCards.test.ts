import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { graphicsCards, isSoftware } from "./graphicsCards.ts";

/** A machine whose kernel tells these facts. */
async function machine(files: Readonly<Record<string, string>>) {
  const root = await temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(root, name, ".."), { recursive: true });
    await writeFile(join(root, name), text);
  }
  return graphicsCards({
    ...{ pci: join(root, "pci"), nvidia: join(root, "nvidia"), nodes: join(root, "dev") },
  });
}

describe("the graphics cards of a Linux machine", () => {
  test("have the names of NVIDIA's driver", async () => {
    const information = "Model: \t\t NVIDIA H100 80GB HBM3\nIRQ: 1\n";
    const cards = await machine({ "nvidia/0000:0a:00.0/information": information });
    expect(cards).toEqual(["NVIDIA H100 80GB HBM3"]);
  });

  test("are those on the bus of a maker of cards, not virtual displays and network cards", async () => {
    const cards = await machine({
      ...{ "pci/0/class": "0x030000\n", "pci/0/vendor": "0x1002\n", "pci/0/device": "0x744c\n" },
      ...{ "pci/1/class": "0x030000\n", "pci/1/vendor": "0x1234\n", "pci/1/device": "0x1111\n" },
      ...{ "pci/2/class": "0x020000\n", "pci/2/vendor": "0x8086\n", "pci/2/device": "0x1572\n" },
    });
    expect(cards).toEqual(["AMD 0x744c"]);
  });

  test("are none where nothing tells of one", async () => {
    expect(await machine({})).toEqual([]);
  });

  test("are there where only their node is, as in a container", async () => {
    expect(await machine({ "dev/nvidia0": "" })).toEqual(["NVIDIA"]);
  });
});

describe("WebGPU is a program on the processor", () => {
  test("where the variable that chooses drivers names such a program alone", () => {
    const software = "/usr/lib/chromium/vk_swiftshader_icd.json";
    expect(isSoftware({ VK_DRIVER_FILES: software }, "linux", ["NVIDIA"])).toBe(true);
    expect(isSoftware({ VK_ICD_FILENAMES: "/x/lvp_icd.json" }, "linux", ["NVIDIA"])).toBe(true);
    const both = `${software}:/usr/share/vulkan/icd.d/nvidia_icd.json`;
    expect(isSoftware({ VK_DRIVER_FILES: both }, "linux", ["NVIDIA"])).toBe(false);
  });

  test("where a Linux machine has no card; Windows and macOS have one", () => {
    expect(isSoftware({}, "linux", [])).toBe(true);
    expect(isSoftware({}, "linux", ["AMD 0x744c"])).toBe(false);
    expect(isSoftware({}, "darwin", [])).toBe(false);
  });
});
