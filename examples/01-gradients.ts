// Gradients: describes a function of tensors, differentiates it twice, and minimizes it by Newton's method.
// Run: node examples/01-gradients.ts
import { gradient, input } from "ondelette/graph";
import { type Arrays, compile } from "ondelette/runtime";

// The Rosenbrock function, a curved valley whose lowest point is (1, 1).
const x = input("x", []); // a single number
const y = input("y", []);
const valley = y.sub(x.square()).square().mul(100).add(x.sub(1).square());

// A gradient is a tensor too, so it can be differentiated again.
const [dx, dy] = gradient(valley, [x, y]);
const [dxx, dxy] = gradient(dx, [x, y]);
const [dyy] = gradient(dy, [y]);

// Newton's step solves [dxx dxy; dxy dyy] step = -[dx; dy].
const determinant = dxx.mul(dyy).sub(dxy.square());
const nextX = x.sub(dyy.mul(dx).sub(dxy.mul(dy)).div(determinant));
const nextY = y.sub(dxx.mul(dy).sub(dxy.mul(dx)).div(determinant));

// All of it becomes one ONNX graph.
const newton = await compile({ valley, nextX, nextY });
let at: Arrays = { x: Float32Array.of(-1.2), y: Float32Array.of(1) };
for (let step = 0; step < 7; step++) {
  const result = await newton.run(at);
  const [a, b, value] = [at.x, at.y, result.valley].map(([number]) => Number(number).toFixed(4));
  console.log(`step ${step}: f(${a}, ${b}) = ${value}`);
  at = { x: result.nextX, y: result.nextY };
}
await newton.close();
