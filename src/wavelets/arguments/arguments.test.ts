import { describe, expect, test } from "vitest";
import * as library from "../index.ts";
import { noise } from "../testing.ts";

const x = noise(32, 0);
const matrix = { height: 4, width: 8, data: x };
const array = { shape: [4, 8], data: x };
const { wavelet } = library;

describe("a wavelet may be given by its name", () => {
  const calls = {
    dwt: (w) => library.dwt(x, w),
    wavedec2: (w) => library.wavedec2(matrix, w),
    wavedecn: (w) => library.wavedecn(array, w),
    swt: (w) => library.swt(x, w),
    iswtAdjoint: (w) => library.iswtAdjoint(x, w),
    swt2: (w) => library.swt2(matrix, w),
    iswt2Adjoint: (w) => library.iswt2Adjoint(matrix, w),
    modwt: (w) => library.modwt(x, w),
    imodwtAdjoint: (w) => library.imodwtAdjoint(x, w),
    waveletPacket: (w) => library.waveletPacket(x, w),
    inverseWaveletPacketAdjoint: (w) => library.inverseWaveletPacketAdjoint(x, w),
    waveletPacket2: (w) => library.waveletPacket2(matrix, w),
    inverseWaveletPacket2Adjoint: (w) => library.inverseWaveletPacket2Adjoint(matrix, w),
    mra: (w) => library.mra(x, w),
    mra2: (w) => library.mra2(matrix, w),
    denoise: (w) => library.denoise(x, w),
    denoise2: (w) => library.denoise2(matrix, w),
    noiseGains: (w) => library.noiseGains(w, 2),
    liftingSteps: (w) => library.liftingSteps(w),
    waveletFunctions: (w) => library.waveletFunctions(w, 2),
    dualFunctions: (w) => library.dualFunctions(w, 2),
    waveletSpectra: (w) => library.waveletSpectra(w, [1]),
    dualSpectra: (w) => library.dualSpectra(w, [1]),
    inverseFilterBank: (w) => library.inverseFilterBank(w),
    unpack: (w) => library.unpack(matrix, { levels: 1, mode: "periodization", wavelet: w }),
  } satisfies Record<string, (w: library.WaveletLike) => unknown>;

  test.each(Object.entries(calls))("to %s", (_, call) => {
    expect(call("db2")).toEqual(call(wavelet("db2")));
    expect(call("cdf5/3")).toEqual(call(wavelet("bior2.2")));
  });

  test("a lifting scheme to lwt, lwt2 and their adjoints", () => {
    const scheme = library.liftingScheme("cdf9/7");
    expect(library.lwt(x, "cdf9/7")).toEqual(library.lwt(x, scheme));
    expect(library.ilwtAdjoint(x, "cdf9/7")).toEqual(library.ilwtAdjoint(x, scheme));
    expect(library.lwt2(matrix, "cdf9/7")).toEqual(library.lwt2(matrix, scheme));
    expect(library.ilwt2Adjoint(matrix, "cdf9/7")).toEqual(library.ilwt2Adjoint(matrix, scheme));
    expect(library.integerRange("cdf5/3", 3)).toBeGreaterThan(2 ** 24);
  });
});

test("filters without the same even length are refused", () => {
  const [short, long] = [
    [1, 1],
    [1, 2, 1],
  ];
  const odd = { name: "odd", decLo: long, decHi: long, recLo: long, recHi: long };
  expect(() => library.dwt(x, odd)).toThrow('"odd" must have the same even length, not decLo 3');
  expect(() => library.swt(x, { ...odd, decLo: short })).toThrow("decLo 2, decHi 3");
});

describe("an unknown name is refused with the names to choose from", () => {
  const given = "no such" as never; // what plain JavaScript may pass
  const calls = {
    "mode of dwt": () => library.dwt(x, "haar", { mode: given }),
    "mode of lwt": () => library.lwt(x, "haar", { mode: given }),
    "scheme of lwt": () => library.lwt(x, given),
    "mode of cwt": () => library.cwt(x, [2], "mexh", { mode: given }),
    "norm of cwt": () => library.cwt(x, [2], "mexh", { norm: given }),
    "method of icwt": () => library.icwt(library.cwt(x, [2], "mexh"), { method: given }),
    "transform of mra": () => library.mra(x, "haar", { transform: given }),
    "transform of denoise": () => library.denoise(x, "haar", { transform: given }),
    "rule of denoise": () => library.denoise(x, "haar", { rule: given }),
    "order of packets": () => library.packetPaths(2, given),
    "order of packets in 2-D": () => library.packetPaths2(2, given),
    "mode of threshold": () => library.threshold(x, 1, { mode: given }),
    "demo signal": () => library.demoSignal(given, 64),
  };
  test.each(Object.entries(calls))("%s", (_, call) => {
    expect(call).toThrow(RangeError);
    expect(call).toThrow(/"no such" is not a .*; choose from \w+/);
  });
});

test("numbers out of range are named", () => {
  expect(() => library.universalThreshold(-1, 10)).toThrow("0 or more, not -1");
  expect(() => library.imraAdjoint(x, -1)).toThrow("not -1");
  expect(() => library.imra2Adjoint(matrix, 0.5)).toThrow("not 0.5");
  expect(() => library.denoise(x, "haar", { transform: "swt", mode: "zero" })).toThrow("mode zero");
});

test("shared lists and values are frozen", () => {
  const { modes, waveletNames, waveletAliases, continuousWaveletNames, liftingNames } = library;
  const shared = [modes, waveletNames, waveletAliases, continuousWaveletNames, liftingNames];
  for (const list of [...shared, library.demoSignalNames]) expect(Object.isFrozen(list)).toBe(true);
  for (const filter of ["decLo", "decHi", "recLo", "recHi"] as const)
    expect(Object.isFrozen(wavelet("sym4")[filter])).toBe(true);
  expect(Object.isFrozen(library.continuousWavelet("fbsp2-1.5-1.0").breaks)).toBe(true);
});
