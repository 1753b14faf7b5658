import {
  constant,
  input,
  type Shape,
  ShapeError,
  sameShape,
  sizeOf,
  type Tensor,
} from "../graph/index.ts";
import type { Initializer } from "./initializers.ts";

/**
 * What a parameter does in its model. Optimizers choose their rule by it: Muon orthogonalizes hidden matrices alone; weight
 * decay leaves kernels, gains and biases as they are.
 */
export type ParameterRole =
  /** A matrix between two layers of features. */
  | "hidden"
  /** A table of vectors, a row for each symbol or position, or a matrix that reads one. */
  | "embedding"
  /** A matrix that writes the outputs of the model. */
  | "head"
  /** The taps of a convolution or of a mixing. */
  | "kernel"
  /** Factors of a normalization. */
  | "gain"
  /** Terms that are added. */
  | "bias";

export interface ParameterOptions {
  /** `hidden` by default for two axes or more, else `bias`. */
  readonly role?: ParameterRole;
}

/** One learned array of a model. */
export interface Parameter {
  /** Path of names from the outside in, joined by dots: `block0.attention.query`. */
  readonly name: string;
  readonly shape: Shape;
  readonly role: ParameterRole;
  readonly initialize: Initializer;
  /** Where it starts in the arena, in elements. */
  readonly offset: number;
}

/** All parameters of a model, one after another in a single array: the arena that optimizers and checkpoints handle. */
export interface ParameterLayout {
  readonly parameters: readonly Parameter[];
  /** Elements of the arena. */
  readonly size: number;
}

/**
 * How model code asks for its parameters: `p.get("weight", [256, 256], normal(0.02))`. A model is a plain function of a
 * scope and its inputs; it is run once to list its parameters and again to bind them.
 */
export interface Scope {
  get(name: string, shape: Shape, initialize: Initializer, options?: ParameterOptions): Tensor;
  /** The scope whose names start with `name.`. */
  in(name: string): Scope;
}

function scopeOf(prefix: string, get: Scope["get"]): Scope {
  return {
    get: (name, shape, initialize, options) => get(prefix + name, shape, initialize, options),
    in: (name) => scopeOf(`${prefix}${name}.`, get),
  };
}

/** Lists the parameters that a model asks for, in the order of first use. Asking twice for one name shares it. */
export function layoutOf(model: (p: Scope) => unknown): ParameterLayout {
  const found = new Map<string, Parameter>();
  let size = 0;
  model(
    scopeOf("", (name, shape, initialize, options = {}) => {
      const known = found.get(name);
      if (known && !sameShape(known.shape, shape)) {
        throw new ShapeError(
          `parameter ${name} is asked for as [${known.shape.join(", ")}] and as [${shape.join(", ")}]`,
        );
      }
      if (!known) {
        const { role = shape.length >= 2 ? "hidden" : "bias" } = options;
        found.set(name, { name, shape, role, initialize, offset: size });
        size += sizeOf(shape);
      }
      return input(name, shape);
    }),
  );
  return { parameters: [...found.values()], size };
}

/** Parameters as tensors; `tensors` lists them in the order of the layout. */
export interface Bound {
  readonly scope: Scope;
  readonly tensors: readonly Tensor[];
}

/** Binds a layout to the pieces of a tensor of `layout.size` elements. */
export function bind(layout: ParameterLayout, arena: Tensor): Bound {
  const lengths = layout.parameters.map(({ shape }) => sizeOf(shape));
  const pieces = lengths.length > 0 ? arena.split(0, lengths) : [];
  return bound(
    layout,
    pieces.map((piece, i) => piece.reshape(layout.parameters[i]!.shape)), // a piece a parameter
  );
}

/** Binds each parameter of a layout to an input of its own, to be fed with `feedsOf`: nothing is copied, as pieces are. */
export function bindInputs(layout: ParameterLayout): Bound {
  return bound(
    layout,
    layout.parameters.map(({ name, shape }) => input(inputName(name), shape)),
  );
}

/** The feeds of `bindInputs`: views of an arena. */
export function feedsOf(
  layout: ParameterLayout,
  arena: Float32Array<ArrayBuffer>,
): Record<string, Float32Array<ArrayBuffer>> {
  return Object.fromEntries(
    layout.parameters.map(({ name, shape, offset }) => [
      inputName(name),
      arena.subarray(offset, offset + sizeOf(shape)),
    ]),
  );
}

/** Apart from the inputs of a model, which may be called like one of its parameters. */
const inputName = (parameter: string): string => `parameter.${parameter}`;

function bound(layout: ParameterLayout, tensors: readonly Tensor[]): Bound {
  const byName = new Map(layout.parameters.map(({ name }, i) => [name, tensors[i]]));
  return { scope: scopeOf("", (name) => found(byName, name)), tensors };
}

/** Binds a layout to fixed values, for a model that is used and not trained. An exported file keeps the parameters' names. */
export function freeze(layout: ParameterLayout, arena: Float32Array): Scope {
  const byName = new Map(
    layout.parameters.map(({ name, shape, offset }) => [
      name,
      constant(arena.slice(offset, offset + sizeOf(shape)), shape, "float32", name),
    ]),
  );
  return scopeOf("", (name) => found(byName, name));
}

function found(tensors: ReadonlyMap<string, Tensor | undefined>, name: string): Tensor {
  const tensor = tensors.get(name);
  if (!tensor) throw new ShapeError(`parameter ${name} is not in the layout of this model`);
  return tensor;
}
