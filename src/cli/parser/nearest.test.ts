import { describe, expect, it } from "vitest";
import { nearest } from "./nearest.ts";

describe("nearest", () => {
  it("suggests what is close, and nothing that is not", () => {
    expect(nearest("finst", ["finest", "limit"])).toBe("finest");
    expect(nearest("color", ["color", "count"])).toBe("color");
    expect(nearest("zzzzzz", ["finest", "limit"])).toBeUndefined();
  });
});
