import type { FloatArray } from "../arrays/floatArray.ts";
import type { NodeKind } from "./nodeKind.ts";
import type { Nodes } from "./tree.ts";
import { signalNodes, type WaveletPacket } from "./waveletPacket.ts";
import { matrixNodes, type WaveletPacket2 } from "./waveletPacket2.ts";
import { arrayNodes, type WaveletPacketn } from "./waveletPacketn.ts";

/** A packet tree of a signal, of a matrix, or of an array. */
export type AnyPacket<A extends FloatArray = FloatArray> =
  | WaveletPacket<A>
  | WaveletPacket2<A>
  | WaveletPacketn<A>;

/** The coefficients of a node of a tree. */
export type NodeOf<P extends AnyPacket> = P["nodes"] extends Nodes<infer T> ? T : never;

/** The kind of the nodes of a tree. */
export function nodesOf<P extends AnyPacket>(packet: P): NodeKind<NodeOf<P>> {
  const kind =
    "lengths" in packet
      ? signalNodes(packet)
      : "sizes" in packet
        ? matrixNodes(packet)
        : arrayNodes(packet as WaveletPacketn);
  return kind as unknown as NodeKind<NodeOf<P>>; // each kind of tree has a list of sizes of its own
}
