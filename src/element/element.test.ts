import { expect, test } from "vitest";
import { OndeletteImage } from "./element.ts";

// What it does in a page: test/browser/element.test.ts.

test("the element can be imported where there is no page, as a server does that renders one", () => {
  expect(OndeletteImage.observedAttributes).toContain("src");
  expect(globalThis.customElements).toBeUndefined();
});
