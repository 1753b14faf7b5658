import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { UserError } from "../../errors/userError.ts";
import { readText } from "./readText.ts";

it("reads UTF-8 without a byte order mark, and refuses other bytes by name", async () => {
  const path = join(await temporaryFolder(), "a.txt");
  await writeFile(path, "\ufeffgrün 中");
  expect(await readText(path)).toBe("grün 中");
  await writeFile(path, Buffer.from("grün", "latin1"));
  await expect(readText(path)).rejects.toThrow(
    new UserError(`${path} is not UTF-8 text`, "unsupported-file"),
  );
});
