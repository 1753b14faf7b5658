import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/temporaryFolder.ts";
import { UserError } from "../../errors/userError.ts";
import { readImage } from "./decodeImage.ts";
import { blankRaster } from "./raster.ts";
import { writeImage } from "./writeImage.ts";

describe("a file", () => {
  it("a picture is written and read back", async () => {
    const path = join(await temporaryFolder(), "a.png");
    const picture = blankRaster(3, 2, 3, 40);
    await writeImage(path, picture);
    expect(await readImage(path)).toEqual(picture);
  });

  it("that is missing is named; only PNG is written", async () => {
    const folder = await temporaryFolder();
    const missing = join(folder, "no.png");
    await expect(readImage(missing)).rejects.toThrow(
      new UserError(`${missing} does not exist`, "not-found"),
    );
    await expect(writeImage(join(folder, "a.jpg"), blankRaster(1, 1, 1))).rejects.toThrow(
      UserError,
    );
    await writeFile(join(folder, "text.png"), "not a picture");
    await expect(readImage(join(folder, "text.png"))).rejects.toThrow(UserError);
  });
});
