import { describe, expect, it } from "vitest";
import { safePath } from "./safePath.ts";

describe("safePath", () => {
  it("gives paths inside a folder back, in their shortest form", () => {
    expect(safePath("a/b.txt", "x.tar")).toBe("a/b.txt");
    expect(safePath("./a//b.txt", "x.tar")).toBe("a/b.txt");
    expect(safePath("folder/", "x.tar")).toBe("folder");
    expect(safePath("..hidden/a..b", "x.tar")).toBe("..hidden/a..b");
  });

  it.each([
    "/etc/passwd",
    "../a",
    "a/../../b",
    "a/..",
    "C:/a",
    "c:a",
    "..\\a",
    "a\0b",
    "",
    ".",
    "//",
  ])("refuses %j", (path) => {
    expect(() => safePath(path, "x.tar")).toThrow(
      /^x\.tar names a file .* leads out of its folder/,
    );
  });
});
