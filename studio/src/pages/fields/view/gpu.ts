import type { Kernel } from "./kernel.ts";
import type { Shading } from "./shade.ts";
import type { Surface, Window } from "./surface.ts";

const vertex = `#version 300 es
in vec2 corner;
void main() { gl_Position = vec4(corner, 0.0, 1.0); }`;

/** The same as `valuesAt` and `shade`, for every pixel at once. */
const fragment = `#version 300 es
precision highp float;
precision highp int;
uniform highp sampler2D values;
uniform ivec2 size;
uniform vec2 samples;
uniform vec2 from;
uniform float step_;
uniform float rows;
uniform int kernel;
uniform int derivative;
uniform float limit;
out vec4 color;

vec4 weightsOf(float t, int order) {
  float s = 1.0 - t;
  if (kernel == 2) {
    float next = t >= 0.5 ? 1.0 : 0.0;
    return order == 0 ? vec4(0.0, 1.0 - next, next, 0.0) : vec4(0.0);
  }
  if (kernel == 0) {
    if (order == 0)
      return vec4(s*s*s / 6.0, 2.0/3.0 - t*t + t*t*t / 2.0, 2.0/3.0 - s*s + s*s*s / 2.0, t*t*t / 6.0);
    if (order == 1) return vec4(-s*s / 2.0, 1.5*t*t - 2.0*t, 2.0*s - 1.5*s*s, t*t / 2.0);
    return vec4(s, 3.0*t - 2.0, 3.0*s - 2.0, t);
  }
  if (order == 0)
    return vec4(-0.5*t*s*s, 1.0 + t*t*(1.5*t - 2.5), 1.0 + s*s*(1.5*s - 2.5), -0.5*s*t*t);
  if (order == 1)
    return vec4(-1.5*t*t + 2.0*t - 0.5, 4.5*t*t - 5.0*t, -4.5*t*t + 4.0*t + 0.5, 1.5*t*t - t);
  return vec4(2.0 - 3.0*t, 9.0*t - 5.0, 4.0 - 9.0*t, 3.0*t - 1.0);
}

int mirrored(int place, int length_) {
  if (length_ == 1) return 0;
  int period = 2 * (length_ - 1);
  int at = abs(place) % period;
  return min(at, period - at);
}

vec3 sumOf(vec2 place, vec2 side, int down, int across) {
  vec2 below = floor(place);
  vec4 wx = weightsOf(place.x - below.x, across) * (across == 1 ? side.x : 1.0);
  vec4 wy = weightsOf(place.y - below.y, down) * (down == 1 ? side.y : 1.0);
  vec3 sum = vec3(0.0);
  for (int j = 0; j < 4; j++) {
    vec3 line = vec3(0.0);
    int y = mirrored(int(below.y) + j - 1, size.y);
    for (int i = 0; i < 4; i++) {
      int x = mirrored(int(below.x) + i - 1, size.x);
      line += wx[i] * texelFetch(values, ivec2(x, y), 0).rgb;
    }
    sum += wy[j] * line;
  }
  return sum;
}

void main() {
  vec2 at = from + vec2(gl_FragCoord.x, rows - gl_FragCoord.y) * step_;
  vec2 folded = at - 2.0 * samples * floor(at / (2.0 * samples) + 0.5);
  vec2 side = vec2(folded.x < 0.0 ? -1.0 : 1.0, folded.y < 0.0 ? -1.0 : 1.0);
  vec2 place = abs(folded) - 0.5;
  vec3 shown;
  if (derivative == 1) {
    vec3 dy = sumOf(place, side, 1, 0);
    vec3 dx = sumOf(place, side, 0, 1);
    shown = sqrt(dx * dx + dy * dy) / limit;
  } else if (derivative == 2) {
    shown = 0.5 + 0.5 * (sumOf(place, side, 2, 0) + sumOf(place, side, 0, 2)) / limit;
  } else {
    shown = 0.5 + 0.5 * sumOf(place, side, 0, 0) / limit;
  }
  color = vec4(shown, 1.0);
}`;

const kernels: Readonly<Record<Kernel, number>> = { bspline: 0, bicubic: 1, pixels: 2 };
const derivatives = { none: 0, gradient: 1, laplacian: 2 } as const;

/** Draws a window of a surface on its canvas. */
export type GpuPainter = (surface: Surface, window: Window, shading: Shading) => void;

/** A painter by WebGL2; undefined where there is none, or where it is computed by the processor, which is slower than ours. */
export function gpuPainter(
  canvas: OffscreenCanvas,
  isSoftwareFine = false,
): GpuPainter | undefined {
  const gl = canvas.getContext("webgl2", { antialias: false, alpha: false });
  if (!gl || (!isSoftwareFine && isSoftware(gl))) return undefined;
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) return undefined;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) return undefined;
  gl.useProgram(program);
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, Float32Array.of(-1, -1, 3, -1, -1, 3), gl.STATIC_DRAW);
  const corner = gl.getAttribLocation(program, "corner");
  gl.enableVertexAttribArray(corner);
  gl.vertexAttribPointer(corner, 2, gl.FLOAT, false, 0, 0);
  const at = (name: string) => gl.getUniformLocation(program, name);
  const [size, samples, from, step] = [at("size"), at("samples"), at("from"), at("step_")];
  const [rows, kernel, derivative, limit] = [
    at("rows"),
    at("kernel"),
    at("derivative"),
    at("limit"),
  ];
  let held: Surface | undefined;
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
    gl.texParameteri(gl.TEXTURE_2D, name, gl.NEAREST);
  return (surface, window, shading) => {
    if (held !== surface) {
      const { columns, rows, values } = surface;
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGB32F, columns, rows, 0, gl.RGB, gl.FLOAT, values);
      held = surface;
    }
    gl.viewport(0, 0, window.width, window.height);
    gl.uniform2i(size, surface.columns, surface.rows);
    gl.uniform2f(samples, surface.width, surface.height);
    gl.uniform2f(from, window.left, window.top);
    gl.uniform1f(step, window.step);
    gl.uniform1f(rows, window.height);
    gl.uniform1i(kernel, kernels[surface.kernel]);
    gl.uniform1i(derivative, derivatives[shading.derivative]);
    gl.uniform1f(limit, shading.limit);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  };
}

function isSoftware(gl: WebGL2RenderingContext): boolean {
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  const name = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  return /swiftshader|llvmpipe|software|basic render/i.test(name);
}
