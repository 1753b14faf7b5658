import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distance, noise, noiseMatrix } from "../testing.ts";
import { bestBasis, l1Norm } from "./bestBasis.ts";
import { withoutPacketNode, withPacketNode } from "./editPacket.ts";
import {
  inverseWaveletPacket,
  onBasis,
  packetNode,
  packetPaths,
  type WaveletPacket,
  waveletPacket,
  waveletPacketAdjoint,
} from "./waveletPacket.ts";
import { inverseWaveletPacket2, packetNode2, waveletPacket2 } from "./waveletPacket2.ts";
import { inverseWaveletPacketn, waveletPacketn } from "./waveletPacketn.ts";

const signal = noise(40, 0);
const options = { levels: 3, mode: "periodization" } as const;
const whole = waveletPacket(signal, "db2", options);
const lazy = waveletPacket(signal, "db2", { ...options, lazy: true });
const zeros = (count: number) => new Float64Array(count);

describe("a lazy tree", () => {
  test("has the nodes of a whole tree, in its order", () => {
    expect([...lazy.nodes.keys()]).toEqual([...whole.nodes.keys()]);
    expect(lazy.nodes.size).toBe(15);
    for (const [path, node] of lazy.nodes) expect(distance(node, packetNode(whole, path))).toBe(0);
    expect(lazy.nodes.get("aad")).toBe(lazy.nodes.get("aad")); // computed once
    const visited: string[] = [];
    lazy.nodes.forEach((_, path, all) => {
      if (all === lazy.nodes) visited.push(path);
    });
    expect(visited.length).toBe(15);
    expect(lazy.lengths).toEqual(whole.lengths);
  });

  test("serves every function of trees", () => {
    const basis = bestBasis(whole, l1Norm);
    expect(bestBasis(lazy, l1Norm)).toEqual(basis);
    expect(distance(inverseWaveletPacket(lazy, basis.paths), signal)).toBeLessThan(1e-12);
    expect(distance(waveletPacketAdjoint(lazy), waveletPacketAdjoint(whole))).toBe(0);
  });

  test("can be far deeper than a whole one: only the nodes on the way are computed", () => {
    const long = noise(2 ** 12, 0);
    const deep = waveletPacket(long, "haar", { levels: 40, mode: "periodization", lazy: true });
    expect(packetNode(deep, "d".repeat(40)).length).toBe(1);
    expect(() => waveletPacket(long, "haar", { levels: 40 })).toThrow("nodes in the last level");
    expect(() => deep.nodes.size).toThrow("nodes in the last level");
    expect(() => bestBasis(deep, l1Norm)).toThrow("nodes in the last level");
    const changed = withPacketNode(deep, "d".repeat(12), Float64Array.of(100));
    expect(changed.leaves!.length).toBe(13);
    expect(Math.max(...inverseWaveletPacket(changed))).toBeGreaterThan(1.5);
  });

  test("knows only paths of its own", () => {
    for (const path of ["x", "aaaa", 3 as never]) {
      expect(lazy.nodes.get(path)).toBeUndefined();
      expect(lazy.nodes.has(path)).toBe(false);
    }
  });
});

describe.each([
  ["a whole tree", whole],
  ["a lazy tree", lazy],
  ["the nodes of a basis", onBasis(whole, ["a", "da", "dd"])],
])("%s", (_, tree) => {
  test("with a node set: what lies below follows from it, what lies above does not", () => {
    const set = withPacketNode(tree, "d", noise(20, 1));
    const below = waveletPacket(noise(20, 1), "db2", { ...options, levels: 2 });
    for (const path of packetPaths(2))
      expect(distance(packetNode(set, `d${path}`), packetNode(below, path))).toBe(0);
    expect(distance(packetNode(set, "aad"), packetNode(whole, "aad"))).toBe(0);
    expect(set.nodes.get("")).toBe(tree.nodes.get(""));
    // the tree itself is as it was
    expect(distance(packetNode(tree, "da"), packetNode(whole, "da"))).toBe(0);
  });

  test("is reconstructed from the nodes that were set", () => {
    const set = withPacketNode(withPacketNode(tree, "aad", noise(5, 1)), "da", noise(10, 2));
    const expected = new Map(whole.nodes).set("aad", noise(5, 1)).set("da", noise(10, 2));
    const basis = ["aaa", "aad", "ad", "da", "dd"];
    const back = inverseWaveletPacket({ ...whole, nodes: expected }, basis);
    expect(distance(inverseWaveletPacket(set), back)).toBeLessThan(1e-12);
    expect(distance(inverseWaveletPacket(set, basis), back)).toBeLessThan(1e-12);
  });

  test("a node that is set hides those that were set below it", () => {
    const twice = withPacketNode(withPacketNode(tree, "aad", noise(5, 1)), "a", zeros(20));
    const once = withPacketNode(tree, "a", zeros(20));
    expect(distance(inverseWaveletPacket(twice), inverseWaveletPacket(once))).toBeLessThan(1e-15);
    expect(Math.max(...packetNode(twice, "aad"))).toBe(0);
  });

  test("without a node: it and all below are missing, and count as zero", () => {
    const part = withoutPacketNode(tree, "ad");
    expect(part.nodes.has("ad") || part.nodes.has("ada")).toBe(false);
    expect(() => packetNode(part, "ad")).toThrow('node "ad" has no coefficients');
    expect(() => inverseWaveletPacket(part, packetPaths(3))).toThrow('"ada" of the basis holds no');
    const zeroed = withPacketNode(tree, "ad", zeros(10));
    expect(distance(inverseWaveletPacket(part), inverseWaveletPacket(zeroed))).toBeLessThan(1e-15);
  });

  test("without any child of the root there is silence, until a node is set again", () => {
    const none = withoutPacketNode(withoutPacketNode(tree, "a"), "d");
    expect(none.leaves).toEqual([]);
    const again = withPacketNode(none, "dd", packetNode(whole, "dd"));
    expect(packetNode(again, "dda").length).toBe(5);
    expect(again.nodes.has("da")).toBe(false);
    const alone = inverseWaveletPacket(again);
    const others = ["a", "da"].map((path) => zeros(packetNode(whole, path).length));
    const nodes = new Map([
      ["a", others[0]!],
      ["da", others[1]!],
      ["dd", packetNode(whole, "dd")],
    ]);
    expect(distance(alone, inverseWaveletPacket({ ...whole, nodes }, [...nodes.keys()]))).toBe(0);
  });
});

test("without any node the signal is zero", () => {
  const none = withoutPacketNode(withoutPacketNode(lazy, "a"), "d");
  expect(inverseWaveletPacket(none)).toEqual(zeros(40));
});

test("any row of edits gives what the same edits of the coefficients of a basis give", () => {
  const deepest = packetPaths(3);
  const edits = fc.array(
    fc.record({ path: fc.constantFrom(...whole.nodes.keys()), isSet: fc.boolean() }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(edits, fc.boolean(), (list, isLazy) => {
      let tree: WaveletPacket<Float64Array> = isLazy ? lazy : whole;
      const leaves = new Map(deepest.map((path) => [path, packetNode(whole, path)]));
      for (const [i, { path, isSet }] of list.entries()) {
        if (!isSet && path === "") continue;
        const node = noise(whole.lengths[path.length]!, i + 1);
        tree = isSet ? withPacketNode(tree, path, node) : withoutPacketNode(tree, path);
        const below = waveletPacket(node, "db2", { ...options, levels: 3 - path.length });
        for (const leaf of deepest.filter((one) => one.startsWith(path)))
          leaves.set(leaf, isSet ? packetNode(below, leaf.slice(path.length)) : zeros(5));
      }
      const expected = inverseWaveletPacket({ ...whole, nodes: leaves });
      expect(distance(inverseWaveletPacket(tree), expected)).toBeLessThan(1e-12);
    }),
    { numRuns: 60 },
  );
});

test("matrices and arrays are edited alike", () => {
  const matrix = noiseMatrix(8, 8);
  const plane = waveletPacket2(matrix, "haar", { levels: 2, lazy: true });
  const plain = { height: 4, width: 4, data: zeros(16) };
  const smooth = withPacketNode(plane, "a", plain);
  const rest = withoutPacketNode(plane, "a");
  expect(distance(inverseWaveletPacket2(smooth).data, inverseWaveletPacket2(rest).data)).toBe(0);
  expect(packetNode2(smooth, "ad").data).toEqual(zeros(4));

  const array = waveletPacketn({ shape: [8, 8], data: matrix.data }, "haar", { levels: 2 });
  const volume = withPacketNode(array, "aa", { shape: [4, 4], data: zeros(16) });
  expect(
    distance(inverseWaveletPacketn(volume).data, inverseWaveletPacket2(smooth).data),
  ).toBeLessThan(1e-14);
  const without = inverseWaveletPacketn(withoutPacketNode(array, "aa"));
  expect(distance(without.data, inverseWaveletPacketn(volume).data)).toBeLessThan(1e-14);
});

test("a node that is set is a copy", () => {
  const own = zeros(20);
  const set = withPacketNode(lazy, "a", own);
  own.fill(1);
  expect(packetNode(set, "a")).toEqual(zeros(20));
});

test("invalid edits are refused", () => {
  expect(() => withPacketNode(lazy, "ax", zeros(10))).toThrow('no node "ax"');
  expect(() => withPacketNode(lazy, "a", zeros(10))).toThrow("10 coefficients instead of 20");
  expect(() => withPacketNode(lazy, "a", [1] as never)).toThrow(TypeError);
  expect(() => withoutPacketNode(lazy, "")).toThrow("root of a tree cannot be removed");
  const overlapping = { ...whole, leaves: ["a", "aa"] };
  expect(() => inverseWaveletPacket(overlapping)).toThrow("1 of 2 lie below others");
});
