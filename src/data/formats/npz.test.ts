import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { decodeNpy } from "./npy.ts";
import { encodeNpz } from "./npz.ts";

const arrays = {
  cA: { shape: [2, 3], data: Float64Array.of(1, 2, 3, 4, 5, 6) },
  "scale.step": { shape: [], data: Float32Array.of(0.5) },
};

/** The files of a ZIP archive of stored files, by the directory at its end. */
function unzip(bytes: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = bytes.length - 22;
  const files = new Map<string, Uint8Array>();
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < view.getUint16(end + 10, true); i++) {
    const [sum, size] = [view.getUint32(at + 16, true), view.getUint32(at + 24, true)];
    const [length, head] = [view.getUint16(at + 28, true), view.getUint32(at + 42, true)];
    const name = Buffer.from(bytes.subarray(at + 46, at + 46 + length)).toString();
    const from = head + 30 + view.getUint16(head + 26, true) + view.getUint16(head + 28, true);
    const content = bytes.subarray(from, from + size);
    expect(crc32(content)).toBe(sum);
    files.set(name, content);
    at += 46 + length;
  }
  expect(at).toBe(end);
  return files;
}

test("an archive holds every array, by name", () => {
  const files = unzip(encodeNpz(arrays));
  expect([...files.keys()]).toEqual(["cA.npy", "scale.step.npy"]);
  expect(decodeNpy(files.get("cA.npy")!, "cA")).toEqual(arrays.cA);
  expect(decodeNpy(files.get("scale.step.npy")!, "step")).toEqual(arrays["scale.step"]);
  expect(unzip(encodeNpz({})).size).toBe(0);
});

test("the same arrays give the same bytes, and names of paths are refused", () => {
  expect(encodeNpz(arrays)).toEqual(encodeNpz(arrays));
  expect(() => encodeNpz({ "../a": arrays.cA })).toThrow('"../a" cannot name an array');
});

const numpy = (() => {
  try {
    execFileSync("/usr/bin/python3", ["-c", "import numpy"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

test.skipIf(!numpy)("NumPy reads it", async () => {
  const path = join(await temporaryFolder(), "a.npz");
  writeFileSync(path, encodeNpz(arrays));
  const program =
    "import numpy,sys; a=numpy.load(sys.argv[1]); print(a['cA'].sum(), a['scale.step'])";
  expect(`${execFileSync("/usr/bin/python3", ["-c", program, path])}`).toBe("21.0 0.5\n");
});
