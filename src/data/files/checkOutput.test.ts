import { link, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { UserError } from "../../errors/userError.ts";
import { checkOutput } from "./checkOutput.ts";

async function files() {
  const root = await temporaryFolder();
  const [photo, folder] = [join(root, "photo.png"), join(root, "photos")];
  await mkdir(folder);
  await writeFile(photo, "x");
  await writeFile(join(folder, "a.png"), "x");
  return { root, photo, folder };
}

describe("an output", () => {
  it("apart from all inputs is fine, whether it exists or not", async () => {
    const { root, photo, folder } = await files();
    for (const name of ["new.png", "photos.png", "no/such/place.png", "..photos"]) {
      await expect(checkOutput(join(root, name), [photo, folder])).resolves.toBeUndefined();
    }
    await expect(checkOutput(join(folder, "b.png"), [photo])).resolves.toBeUndefined();
    await expect(checkOutput(photo, [join(root, "missing")])).resolves.toBeUndefined();
  });

  it("that is an input, by another spelling or by a link, is refused", async () => {
    const { root, photo } = await files();
    await symlink("photo.png", join(root, "soft.png"));
    await link(photo, join(root, "hard.png"));
    for (const name of ["photo.png", "photos/../photo.png", "soft.png", "hard.png"]) {
      const output = `${root}/${name}`;
      await expect(checkOutput(output, [photo])).rejects.toThrow(
        new UserError(`${output} is the same as ${photo}, which is read; name another output`),
      );
      await expect(checkOutput(photo, [output])).rejects.toThrow(UserError);
    }
  });

  it("inside a folder that is read is refused, through links too", async () => {
    const { root, folder } = await files();
    await symlink("photos", join(root, "link"));
    for (const name of ["photos/new.png", "photos/deep/er/new.png", "link/a.png"]) {
      const output = `${root}/${name}`;
      await expect(checkOutput(output, [folder])).rejects.toThrow(
        new UserError(`${output} lies inside ${folder}, which is read; name another output`),
      );
    }
  });
});
