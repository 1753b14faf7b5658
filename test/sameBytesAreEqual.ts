import { expect } from "vitest";

/**
 * Arrays of the same bytes are equal, which is told at once; of all others the usual comparison tells, number by number, and it
 * takes a quarter of a microsecond for each.
 */
const sameBytes = (a: unknown, b: unknown): true | undefined =>
  isArray(a) && isArray(b) && a.constructor === b.constructor && bytesOf(a).equals(bytesOf(b))
    ? true
    : undefined;

type TypedArray = Exclude<ArrayBufferView, DataView>;

const isArray = (x: unknown): x is TypedArray => ArrayBuffer.isView(x) && !(x instanceof DataView);

const bytesOf = ({ buffer, byteOffset, byteLength }: TypedArray): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

const added = Symbol.for("ondelette: same bytes are equal");
const here = globalThis as { [added]?: true };
// Test files share a process, and this is loaded before each of them.
if (!here[added]) expect.addEqualityTesters([sameBytes]);
here[added] = true;
