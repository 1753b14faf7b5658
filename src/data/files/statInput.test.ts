import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { openDocuments } from "../../sequence/corpus/documents.ts";
import { openImages } from "../images/openImages.ts";
import { statInput } from "./statInput.ts";

test.each([
  ["statInput", statInput],
  ["openImages", (path: string) => openImages(path)],
  ["openDocuments", (path: string) => openDocuments(path, [])],
])("%s calls only what does not exist missing", async (_, open) => {
  const folder = await temporaryFolder();
  const [file, loop] = [join(folder, "file"), join(folder, "loop")];
  await writeFile(file, "text");
  await symlink(loop, loop);
  const missing = { code: "not-found", message: expect.stringMatching(/does not exist$/) };
  await expect(open(join(folder, "none"))).rejects.toMatchObject(missing);
  await expect(open(join(folder, "no\0ne"))).rejects.toMatchObject(missing);
  await expect(open(loop)).rejects.toMatchObject({ code: "ELOOP" });
  await expect(open(join(file, "x"))).rejects.toMatchObject({ code: "ENOTDIR" });
});

test("files and folders are told apart", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "file"), "text");
  expect((await statInput(folder)).isDirectory()).toBe(true);
  expect((await statInput(join(folder, "file"))).isFile()).toBe(true);
});
