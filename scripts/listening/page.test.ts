import { expect, test } from "vitest";
import { withSection } from "./page.ts";

test("a section is added to a new page, and takes the place of the one of its name", () => {
  const one = withSection(undefined, "voice", "## Speech\n");
  expect(one).toMatch(/^# Listening\n/);
  expect(one).toContain("\n<!-- voice -->\n\n## Speech\n\n<!-- /voice -->\n");
  const two = withSection(one, "piano", "## Piano");
  const edited = two.replace("## Piano", "## Piano").replace("# Listening", "# Hear");
  const three = withSection(edited, "voice", "## Voice $& again");
  expect(three).toBe(edited.replace("## Speech", () => "## Voice $& again"));
  expect(withSection(three, "voice", "## Voice $& again")).toBe(three);
});
