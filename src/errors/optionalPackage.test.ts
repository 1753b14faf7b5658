import { expect, test } from "vitest";
import { missingPackage } from "./optionalPackage.ts";

const absent = (name: string) => import(/* @vite-ignore */ name).catch((error) => error);
const drawing = { name: "draw-nothing", feature: "drawings" };

test("a package that is not installed is named with the command that installs it", async () => {
  const error = missingPackage(drawing, await absent("draw-nothing"));
  expect(error.code).toBe("missing-dependency");
  expect(error.message).toBe(
    "drawings need the package draw-nothing, which is not installed; this installs it: npm install draw-nothing",
  );
});

test("a package that cannot be loaded says the reason's first line", () => {
  const broken = Object.assign(new Error("Cannot find module '../draw.node'\nRequire stack: …"), {
    code: "MODULE_NOT_FOUND",
  });
  expect(missingPackage(drawing, broken).message).toContain(
    "which does not work here (Cannot find module '../draw.node')",
  );
});

test("the command may be another", () => {
  const install = "npm install --ignore-scripts draw-nothing";
  expect(missingPackage({ ...drawing, install }, new Error("no")).message).toMatch(
    new RegExp(`: ${install}$`),
  );
});
