import { describe, expect, test } from "vitest";
import * as library from "../index.ts";
import { noise } from "../testing.ts";

const w = library;
const x = noise(32, 0);
const matrix = { height: 4, width: 8, data: x };
const array = { shape: [4, 8], data: x };
const volume = { depth: 2, height: 4, width: 4, data: x };
const morlet = w.continuousWavelet("morlet6");
const transform = w.cwt(x, [2, 4], morlet);
const squeezed = w.synchrosqueeze(x, [2, 4], morlet);
const transformn = w.cwtn(array, [2, 4], morlet);
const transform2 = w.cwt2(matrix, [1, 2], w.mexh2());

/** What plain JavaScript may pass. */
// biome-ignore lint/suspicious/noExplicitAny: the tests below pass arguments that the types forbid
type Anything = any;
type Calls = Readonly<Record<string, (value: Anything) => unknown>>;

/** Functions of a signal or a band. */
const signals: Calls = {
  dwt: (v) => w.dwt(v, "haar"),
  idwtAdjoint: (v) => w.idwtAdjoint(v, "haar"),
  wavedec: (v) => w.wavedec(v, "haar"),
  waverecAdjoint: (v) => w.waverecAdjoint(v, "haar"),
  downcoef: (v) => w.downcoef(v, "haar", { part: "a" }),
  upcoef: (v) => w.upcoef(v, "haar", { part: "a" }),
  pad: (v) => w.pad(v, [1, 1], "zero"),
  padAdjoint: (v) => w.padAdjoint(v, [1, 1], "zero"),
  swt: (v) => w.swt(v, "haar"),
  iswtAdjoint: (v) => w.iswtAdjoint(v, "haar"),
  modwt: (v) => w.modwt(v, "haar"),
  imodwtAdjoint: (v) => w.imodwtAdjoint(v, "haar"),
  mra: (v) => w.mra(v, "haar"),
  imraAdjoint: (v) => w.imraAdjoint(v, 1),
  waveletPacket: (v) => w.waveletPacket(v, "haar"),
  inverseWaveletPacketAdjoint: (v) => w.inverseWaveletPacketAdjoint(v, "haar"),
  lwt: (v) => w.lwt(v, "haar"),
  ilwtAdjoint: (v) => w.ilwtAdjoint(v, "haar"),
  dualTree: (v) => w.dualTree(v),
  idualTreeAdjoint: (v) => w.idualTreeAdjoint(v),
  denoise: (v) => w.denoise(v, "haar"),
  threshold: (v) => w.threshold(v, 1),
  thresholdFirm: (v) => w.thresholdFirm(v, 1, 2),
  noiseLevel: (v) => w.noiseLevel(v),
  quantile: (v) => w.quantile(v, 0.5),
  sureThreshold: (v) => w.sureThreshold(v, 1),
  hybridSureThreshold: (v) => w.hybridSureThreshold(v, 1),
  bayesThreshold: (v) => w.bayesThreshold(v, 1),
  cwt: (v) => w.cwt(v, [2], "mexh"),
  cwtRows: (v) => [...w.cwtRows(v, [2], "mexh")],
  icwtAdjoint: (v) => w.icwtAdjoint(v, transform),
  synchrosqueeze: (v) => w.synchrosqueeze(v, [2, 4], "morlet6"),
  gaussianDerivative: (v) => w.gaussianDerivative(v, 1),
  modulusMaxima1: (v) => w.modulusMaxima1(v),
  unravel: (v) => w.unravel(v, w.wavedec(x, "haar")),
};

/** Functions of a matrix. */
const matrices: Calls = {
  dwt2: (v) => w.dwt2(v, "haar"),
  idwt2Adjoint: (v) => w.idwt2Adjoint(v, "haar"),
  wavedec2: (v) => w.wavedec2(v, "haar"),
  waverec2Adjoint: (v) => w.waverec2Adjoint(v, "haar"),
  unpack: (v) => w.unpack(v, { levels: 1, mode: "periodization", wavelet: "haar" }),
  swt2: (v) => w.swt2(v, "haar"),
  iswt2Adjoint: (v) => w.iswt2Adjoint(v, "haar"),
  mra2: (v) => w.mra2(v, "haar"),
  imra2Adjoint: (v) => w.imra2Adjoint(v, 1),
  waveletPacket2: (v) => w.waveletPacket2(v, "haar"),
  inverseWaveletPacket2Adjoint: (v) => w.inverseWaveletPacket2Adjoint(v, "haar"),
  lwt2: (v) => w.lwt2(v, "haar"),
  ilwt2Adjoint: (v) => w.ilwt2Adjoint(v, "haar"),
  dualTree2: (v) => w.dualTree2(v),
  idualTree2Adjoint: (v) => w.idualTree2Adjoint(v),
  denoise2: (v) => w.denoise2(v, "haar"),
  denoisePicture: (v) => w.denoisePicture([v]),
  noiseLevel2: (v) => w.noiseLevel2([v]),
  cwt2: (v) => w.cwt2(v, [1], w.mexh2()),
  icwt2Adjoint: (v) => w.icwt2Adjoint(v, transform2),
  scattering2: (v) => w.scattering2(v, { scales: 1 }),
  gaussianGradient: (v) => w.gaussianGradient(v, 1),
  modulusMaxima: (v) => w.modulusMaxima(v),
};

/** Functions of an array of any number of axes. */
const arrays: Calls = {
  dwtn: (v) => w.dwtn(v, "haar"),
  idwtnAdjoint: (v) => w.idwtnAdjoint(v, "haar"),
  wavedecn: (v) => w.wavedecn(v, "haar"),
  waverecnAdjoint: (v) => w.waverecnAdjoint(v, "haar"),
  fswavedecn: (v) => w.fswavedecn(v, "haar"),
  fswaverecnAdjoint: (v) => w.fswaverecnAdjoint(v, "haar"),
  swtn: (v) => w.swtn(v, "haar"),
  mran: (v) => w.mran(v, "haar"),
  imranAdjoint: (v) => w.imranAdjoint(v, 1),
  arrayToCoeffs: (v) => w.arrayToCoeffs(v, w.wavedecn(array, "haar")),
  iswtnAdjoint: (v) => w.iswtnAdjoint(v, "haar"),
  waveletPacketn: (v) => w.waveletPacketn(v, "haar"),
  onAxes: (v) => w.onAxes(v, [0], (part) => part),
  denoisen: (v) => w.denoisen(v, "haar"),
  cwtn: (v) => w.cwtn(v, [2], "mexh"),
  dualTreen: (v) => w.dualTreen(v),
  idualTreenAdjoint: (v) => w.idualTreenAdjoint(v),
  icwtnAdjoint: (v) => w.icwtnAdjoint(v, transformn),
  inverseWaveletPacketnAdjoint: (v) => w.inverseWaveletPacketnAdjoint(v, "haar"),
};

/** Functions of a volume. */
const volumes: Calls = {
  volumeGradient: (v) => w.volumeGradient(v, 1),
  modulusMaxima3: (v) => w.modulusMaxima3(v),
};

/** Functions of a shape, a length or a level alone. */
const counts: Calls = {
  dwtMaxLevel: (v) => w.dwtMaxLevel(v, "haar"),
  dwtnMaxLevel: (v) => w.dwtnMaxLevel([8, v], "haar"),
  dwtCoefficientCount: (v) => w.dwtCoefficientCount(v, "haar"),
  wavedecnShapes: (v) => w.wavedecnShapes([v, 8], "haar"),
  swtMaxLevel: (v) => w.swtMaxLevel(v),
  packetPaths: (v) => w.packetPaths(v),
  packetPaths2: (v) => w.packetPaths2(v),
  packetPathsn: (v) => w.packetPathsn(v, 2),
  noiseGains: (v) => w.noiseGains("haar", v),
  integerRange: (v) => w.integerRange("haar", v),
  universalThreshold: (v) => w.universalThreshold(1, v),
  minimaxThreshold: (v) => w.minimaxThreshold(1, v),
  defaultScales: (v) => w.defaultScales(morlet, v),
  createFft: (v) => w.createFft(v),
  demoSignal: (v) => w.demoSignal("Bumps", v),
  waveletFunctions: (v) => w.waveletFunctions("haar", v),
  dualFunctions: (v) => w.dualFunctions("haar", v),
  integrateWavelet: (v) => w.integrateWavelet("haar", { level: v }),
  lineLifting: (v) => w.lineLifting(w.liftingScheme("haar"), "reflect", v),
};

/** Functions of the result of another function, with an example of it. */
const results: Readonly<Record<string, [call: (value: Anything) => unknown, result: unknown]>> = {
  idwt: [w.idwt, w.dwt(x, "haar")],
  dwtAdjoint: [w.dwtAdjoint, w.dwt(x, "haar")],
  idwt2: [w.idwt2, w.dwt2(matrix, "haar")],
  dwt2Adjoint: [w.dwt2Adjoint, w.dwt2(matrix, "haar")],
  idwtn: [w.idwtn, w.dwtn(array, "haar")],
  dwtnAdjoint: [w.dwtnAdjoint, w.dwtn(array, "haar")],
  waverec: [w.waverec, w.wavedec(x, "haar")],
  wavedecAdjoint: [w.wavedecAdjoint, w.wavedec(x, "haar")],
  waverec2: [w.waverec2, w.wavedec2(matrix, "haar")],
  wavedec2Adjoint: [w.wavedec2Adjoint, w.wavedec2(matrix, "haar")],
  waverecn: [w.waverecn, w.wavedecn(array, "haar")],
  wavedecnAdjoint: [w.wavedecnAdjoint, w.wavedecn(array, "haar")],
  fswaverecn: [w.fswaverecn, w.fswavedecn(array, "haar")],
  fswavedecnAdjoint: [w.fswavedecnAdjoint, w.fswavedecn(array, "haar")],
  mapBands: [(v) => w.mapBands(v, (band) => band), w.wavedec(x, "haar")],
  ravel: [w.ravel, w.wavedec(x, "haar")],
  bandSlices: [w.bandSlices, w.swt(x, "haar")],
  coeffsToArray: [w.coeffsToArray, w.wavedec(x, "haar")],
  pack: [w.pack, w.wavedec2(matrix, "haar", { mode: "periodization", levels: 1 })],
  iswt: [w.iswt, w.swt(x, "haar")],
  swtAdjoint: [w.swtAdjoint, w.swt(x, "haar")],
  iswt2: [w.iswt2, w.swt2(matrix, "haar")],
  swt2Adjoint: [w.swt2Adjoint, w.swt2(matrix, "haar")],
  iswtn: [w.iswtn, w.swtn(array, "haar")],
  swtnAdjoint: [w.swtnAdjoint, w.swtn(array, "haar")],
  imodwt: [w.imodwt, w.modwt(x, "haar")],
  modwtAdjoint: [w.modwtAdjoint, w.modwt(x, "haar")],
  modwtMra: [w.modwtMra, w.modwt(x, "haar")],
  modwtMraAdjoint: [w.modwtMraAdjoint, w.modwtMra(w.modwt(x, "haar"))],
  imra: [w.imra, w.mra(x, "haar")],
  mraAdjoint: [w.mraAdjoint, w.mra(x, "haar")],
  imran: [w.imran, w.mran(array, "haar")],
  mranAdjoint: [w.mranAdjoint, w.mran(array, "haar")],
  imra2: [w.imra2, w.mra2(matrix, "haar")],
  mra2Adjoint: [w.mra2Adjoint, w.mra2(matrix, "haar")],
  inverseWaveletPacket: [w.inverseWaveletPacket, w.waveletPacket(x, "haar")],
  waveletPacketAdjoint: [w.waveletPacketAdjoint, w.waveletPacket(x, "haar")],
  packetNode: [(v) => w.packetNode(v, "a"), w.waveletPacket(x, "haar")],
  onBasis: [(v) => w.onBasis(v, ["a", "d"]), w.waveletPacket(x, "haar")],
  bestBasis: [(v) => w.bestBasis(v, w.l1Norm), w.waveletPacket(x, "haar")],
  inverseWaveletPacket2: [w.inverseWaveletPacket2, w.waveletPacket2(matrix, "haar")],
  waveletPacket2Adjoint: [w.waveletPacket2Adjoint, w.waveletPacket2(matrix, "haar")],
  packetNode2: [(v) => w.packetNode2(v, "a"), w.waveletPacket2(matrix, "haar")],
  onBasis2: [(v) => w.onBasis2(v, ["a", "h", "v", "d"]), w.waveletPacket2(matrix, "haar")],
  inverseWaveletPacketn: [w.inverseWaveletPacketn, w.waveletPacketn(array, "haar")],
  waveletPacketnAdjoint: [w.waveletPacketnAdjoint, w.waveletPacketn(array, "haar")],
  packetNoden: [(v) => w.packetNoden(v, "aa"), w.waveletPacketn(array, "haar")],
  onBasisn: [(v) => w.onBasisn(v, [""]), w.waveletPacketn(array, "haar")],
  withPacketNode: [(v) => w.withPacketNode(v, "a", noise(16, 1)), w.waveletPacket(x, "haar")],
  withoutPacketNode: [(v) => w.withoutPacketNode(v, "a"), w.waveletPacket(x, "haar")],
  ilwt: [w.ilwt, w.lwt(x, "haar")],
  lwtAdjoint: [w.lwtAdjoint, w.lwt(x, "haar")],
  ilwt2: [w.ilwt2, w.lwt2(matrix, "haar")],
  lwt2Adjoint: [w.lwt2Adjoint, w.lwt2(matrix, "haar")],
  idualTree: [w.idualTree, w.dualTree(x)],
  dualTreeAdjoint: [w.dualTreeAdjoint, w.dualTree(x)],
  idualTree2: [w.idualTree2, w.dualTree2(matrix)],
  dualTree2Adjoint: [w.dualTree2Adjoint, w.dualTree2(matrix)],
  idualTreen: [w.idualTreen, w.dualTreen(array)],
  dualTreenAdjoint: [w.dualTreenAdjoint, w.dualTreen(array)],
  icwt: [w.icwt, transform],
  cwtAdjoint: [w.cwtAdjoint, transform],
  crossSpectrum: [(v) => w.crossSpectrum(v, transform), transform],
  waveletCoherence: [(v) => w.waveletCoherence(transform, v), transform],
  ridges: [w.ridges, squeezed],
  inverseSynchrosqueeze: [w.inverseSynchrosqueeze, squeezed],
  icwtn: [w.icwtn, transformn],
  cwtnAdjoint: [w.cwtnAdjoint, transformn],
  icwt2: [w.icwt2, transform2],
  cwt2Adjoint: [w.cwt2Adjoint, transform2],
};

/** Functions with options. */
const options: Calls = {
  dwt: (o) => w.dwt(x, "haar", o),
  idwt: (o) => w.idwt(w.dwt(x, "haar"), o),
  dwtAdjoint: (o) => w.dwtAdjoint(w.dwt(x, "haar"), o),
  idwtAdjoint: (o) => w.idwtAdjoint(x, "haar", o),
  dwt2: (o) => w.dwt2(matrix, "haar", o),
  idwt2: (o) => w.idwt2(w.dwt2(matrix, "haar"), o),
  dwt2Adjoint: (o) => w.dwt2Adjoint(w.dwt2(matrix, "haar"), o),
  idwt2Adjoint: (o) => w.idwt2Adjoint(matrix, "haar", o),
  dwtn: (o) => w.dwtn(array, "haar", o),
  idwtn: (o) => w.idwtn(w.dwtn(array, "haar"), o),
  dwtnAdjoint: (o) => w.dwtnAdjoint(w.dwtn(array, "haar"), o),
  idwtnAdjoint: (o) => w.idwtnAdjoint(array, "haar", o),
  wavedec: (o) => w.wavedec(x, "haar", o),
  waverec: (o) => w.waverec(w.wavedec(x, "haar"), o),
  wavedecAdjoint: (o) => w.wavedecAdjoint(w.wavedec(x, "haar"), o),
  waverecAdjoint: (o) => w.waverecAdjoint(x, "haar", o),
  wavedec2: (o) => w.wavedec2(matrix, "haar", o),
  waverec2: (o) => w.waverec2(w.wavedec2(matrix, "haar"), o),
  wavedec2Adjoint: (o) => w.wavedec2Adjoint(w.wavedec2(matrix, "haar"), o),
  waverec2Adjoint: (o) => w.waverec2Adjoint(matrix, "haar", o),
  wavedecn: (o) => w.wavedecn(array, "haar", o),
  waverecn: (o) => w.waverecn(w.wavedecn(array, "haar"), o),
  wavedecnAdjoint: (o) => w.wavedecnAdjoint(w.wavedecn(array, "haar"), o),
  waverecnAdjoint: (o) => w.waverecnAdjoint(array, "haar", o),
  wavedecnShapes: (o) => w.wavedecnShapes([4, 8], "haar", o),
  fswavedecn: (o) => w.fswavedecn(array, "haar", o),
  fswaverecnAdjoint: (o) => w.fswaverecnAdjoint(array, "haar", o),
  unpack: (o) => w.unpack(matrix, o),
  coeffsToArray: (o) => w.coeffsToArray(w.wavedec(x, "haar"), o),
  downcoef: (o) => w.downcoef(x, "haar", o),
  upcoef: (o) => w.upcoef(x, "haar", o),
  swt: (o) => w.swt(x, "haar", o),
  iswtAdjoint: (o) => w.iswtAdjoint(x, "haar", o),
  swt2: (o) => w.swt2(matrix, "haar", o),
  iswt2Adjoint: (o) => w.iswt2Adjoint(matrix, "haar", o),
  swtn: (o) => w.swtn(array, "haar", o),
  iswtnAdjoint: (o) => w.iswtnAdjoint(array, "haar", o),
  modwt: (o) => w.modwt(x, "haar", o),
  imodwtAdjoint: (o) => w.imodwtAdjoint(x, "haar", o),
  mra: (o) => w.mra(x, "haar", o),
  mra2: (o) => w.mra2(matrix, "haar", o),
  mran: (o) => w.mran(array, "haar", o),
  thresholdComplex: (o) => w.thresholdComplex({ re: x, im: x }, 1, o),
  waveletPacket: (o) => w.waveletPacket(x, "haar", o),
  inverseWaveletPacketAdjoint: (o) => w.inverseWaveletPacketAdjoint(x, "haar", o),
  waveletPacket2: (o) => w.waveletPacket2(matrix, "haar", o),
  inverseWaveletPacket2Adjoint: (o) => w.inverseWaveletPacket2Adjoint(matrix, "haar", o),
  waveletPacketn: (o) => w.waveletPacketn(array, "haar", o),
  inverseWaveletPacketnAdjoint: (o) => w.inverseWaveletPacketnAdjoint(array, "haar", o),
  lwt: (o) => w.lwt(x, "haar", o),
  ilwtAdjoint: (o) => w.ilwtAdjoint(x, "haar", o),
  lwt2: (o) => w.lwt2(matrix, "haar", o),
  ilwt2Adjoint: (o) => w.ilwt2Adjoint(matrix, "haar", o),
  dualTree: (o) => w.dualTree(x, o),
  idualTreeAdjoint: (o) => w.idualTreeAdjoint(x, o),
  dualTree2: (o) => w.dualTree2(matrix, o),
  idualTree2Adjoint: (o) => w.idualTree2Adjoint(matrix, o),
  dualTreen: (o) => w.dualTreen(array, o),
  idualTreenAdjoint: (o) => w.idualTreenAdjoint(array, o),
  dualTreeFilters: (o) => w.dualTreeFilters(o),
  hilbertPair: (o) => w.hilbertPair(o),
  denoise: (o) => w.denoise(x, "haar", o),
  denoise2: (o) => w.denoise2(matrix, "haar", o),
  denoisePicture: (o) => w.denoisePicture([matrix], o),
  noiseLevel2: (o) => w.noiseLevel2([matrix], o),
  denoisen: (o) => w.denoisen(array, "haar", o),
  threshold: (o) => w.threshold(x, 1, o),
  quantile: (o) => w.quantile(x, 0.5, o),
  filterBank: (o) => w.filterBank(w.wavelet("haar"), o),
  orthogonalWavelet: (o) => w.orthogonalWavelet("mine", [1, 1], o),
  cwt: (o) => w.cwt(x, [2], "mexh", o),
  cwtRows: (o) => [...w.cwtRows(x, [2], "mexh", o)],
  icwt: (o) => w.icwt(transform, o),
  synchrosqueeze: (o) => w.synchrosqueeze(x, [2], morlet, o),
  inverseSynchrosqueeze: (o) => w.inverseSynchrosqueeze(squeezed, o),
  ridges: (o) => w.ridges(squeezed, o),
  waveletCoherence: (o) => w.waveletCoherence(transform, transform, o),
  cwtn: (o) => w.cwtn(array, [2], "mexh", o),
  icwtn: (o) => w.icwtn(transformn, o),
  cwt2: (o) => w.cwt2(matrix, [1], w.mexh2(), o),
  scattering2: (o) => w.scattering2(matrix, o),
  createScattering2: (o) => w.createScattering2(8, 8, o),
  scalesFor: (o) => w.scalesFor(o),
  integrateWavelet: (o) => w.integrateWavelet("haar", o),
  defaultScales: (o) => w.defaultScales(morlet, 100, o),
  modulusMaxima: (o) => w.modulusMaxima(matrix, [1], o),
  modulusMaxima1: (o) => w.modulusMaxima1(x, [1], o),
  modulusMaxima3: (o) => w.modulusMaxima3(volume, [1], o),
};

/** Functions of names, wavelets, filters and numbers, whose refusals are tested where they are defined. */
const others = [
  ...["wavelet", "isWaveletName", "inverseFilterBank", "qmf", "frequencyResponse"],
  "waveletFamilies",
  ...["waveletSpectra", "dualSpectra", "liftingScheme", "liftingSteps", "analysisFilters"],
  ...["continuousWavelet", "mexh2", "morlet2", "centralFrequency", "scaleToFrequency"],
  ...["frequencyToScale", "coneOfInfluence", "scalingSpectrum"],
  // Cost functions of the best basis.
  ...["shannonEntropy", "l1Norm", "logEnergy", "countAbove"],
  // Functions of complex data, whose parts the functions above check.
  ...["onParts", "mapComplexBands", "thresholdFirmComplex", "complexCwt"],
];

test("every public function is in one of these tables", () => {
  const tables = [signals, matrices, arrays, volumes, counts, results, options];
  const listed = new Set([...tables.flatMap(Object.keys), ...others]);
  const functions = Object.entries(library)
    .filter(([, value]) => typeof value === "function")
    .map(([name]) => name);
  expect(functions.filter((name) => !listed.has(name))).toEqual([]);
  expect([...listed].filter((name) => !functions.includes(name))).toEqual([]);
});

const big = new BigInt64Array(32);
const rows = [
  [1, 2],
  [3, 4],
];
const named = (table: object) => Object.entries(table) as [string, (value: Anything) => unknown][];

describe.each(named(signals))("%s refuses", (_, call) => {
  const allowsIntegers = (value: unknown) =>
    (value instanceof Int32Array && /lwt/.test(`${call}`)) === false;

  test.each([
    ["an array", [1, 2, 3], "an array"],
    ["nested arrays", rows, "an array of arrays"],
    ["a BigInt array", big, "a BigInt64Array"],
    ["an array of integers", Int16Array.of(1, 2), "an Int16Array"],
    ["a string", "1, 2", "a string|the string"],
    ["a matrix", matrix, "an object with height, width, data"],
    ["nothing", undefined, "undefined"],
  ])("%s, naming the argument and what it must be", (_kind, value, description) => {
    expect(allowsIntegers(value)).toBe(true);
    expect(() => call(value)).toThrow(TypeError);
    expect(() => call(value)).toThrow(
      new RegExp(`^\\S.* must be a Float64Array(,| or) .*not (${description}).*`),
    );
  });
});

/** Sizes whose product is the number of values, and yet no sizes. */
const fractional: [height: unknown, width: unknown][] = [
  [2.5, 12.8],
  [0.5, 64],
  [-4, -8],
  [Number.NaN, 8],
  [Number.POSITIVE_INFINITY, 8],
  ["4", 8],
  [0, 0],
];

describe.each(named(matrices))("%s refuses", (_, call) => {
  test.each(fractional)("a matrix of %s × %s", (height, width) => {
    expect(() => call({ height, width, data: x })).toThrow(RangeError);
    expect(() => call({ height, width, data: x })).toThrow(/integers from 1 up, not/);
  });

  test("nested arrays, a BigInt array and other values", () => {
    expect(() => call(rows)).toThrow(TypeError);
    expect(() => call(rows)).toThrow(
      /must be { height, width, data } .*not an array of arrays; .*rows\.flat\(\)/,
    );
    expect(() => call({ ...matrix, data: big })).toThrow(TypeError);
    expect(() => call({ ...matrix, data: big })).toThrow(/\.data must be .* not a BigInt64Array/);
    expect(() => call({ ...matrix, data: [...x] })).toThrow(/\.data must be .* not an array;/);
    for (const value of [undefined, null, 3, x])
      expect(() => call(value)).toThrow(/must be { height, width, data }/);
  });
});

describe.each(named(arrays))("%s refuses", (_, call) => {
  test.each([
    ["a fractional shape", { shape: [2.5, 12.8] }],
    ["a negative shape", { shape: [-4, -8] }],
    ["a shape of NaN", { shape: [Number.NaN, 8] }],
    ["fractional strides", { shape: [2, 4], strides: [4.5, 1] }],
    ["strides of NaN", { shape: [2, 4], strides: [Number.NaN, 1] }],
    ["a fractional offset", { shape: [4], offset: 0.5 }],
    ["a negative offset", { shape: [4], offset: -1 }],
    ["an offset of NaN", { shape: [4], offset: Number.NaN }],
  ])("%s", (_kind, change) => {
    expect(() => call({ ...array, ...change })).toThrow(RangeError);
  });

  test("nested arrays, a BigInt array and other values", () => {
    expect(() => call(rows)).toThrow(TypeError);
    expect(() => call(rows)).toThrow(/must be { shape, data } .*not an array of arrays; .*rows/);
    expect(() => call({ ...array, data: big })).toThrow(/\.data must be .* not a BigInt64Array/);
    expect(() => call({ ...array, shape: 32 })).toThrow(/shape must be an array/);
    for (const value of [undefined, null, 3, x])
      expect(() => call(value)).toThrow(/must be { shape, data }/);
  });
});

describe.each(named(volumes))("%s refuses", (_, call) => {
  test("sizes that are not integers, nested arrays and BigInt arrays", () => {
    expect(() => call({ ...volume, depth: 0.5, height: 16 })).toThrow(RangeError);
    expect(() => call({ ...volume, depth: -2, height: -4 })).toThrow("integers from 1 up");
    expect(() => call(rows)).toThrow(TypeError);
    expect(() => call({ ...volume, data: big })).toThrow("a BigInt64Array");
    expect(() => call({ ...volume, data: [rows] })).toThrow(TypeError);
  });
});

describe.each(named(counts))("%s refuses", (_, call) => {
  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, "3"])("%s", (value) => {
    expect(() => call(value)).toThrow(RangeError);
  });
});

/** These read the bands of a result, and not its size. */
const bandsAlone = new Set(["mapBands", "ravel", "bandSlices", "coeffsToArray"]);

describe.each(Object.entries(results))("%s", (name, [call, result]) => {
  test("takes a result", () => {
    expect(call(result)).toBeDefined();
  });

  test("refuses anything else, and names the function that makes one", () => {
    for (const value of [undefined, null, 3, "haar", [x, x], x, {}]) {
      expect(() => call(value)).toThrow(TypeError);
      expect(() => call(value)).toThrow(/must be a result of \w+/);
    }
  });

  test.skipIf(bandsAlone.has(name))("refuses fractional sizes", () => {
    const changed = { ...(result as object) } as Record<string, unknown>;
    const sizes = ["length", "height", "width"].filter((name) => name in changed);
    for (const name of sizes)
      expect(() => call({ ...changed, [name]: (changed[name] as number) - 0.5 })).toThrow(
        RangeError,
      );
  });
});

describe.each(named(options))("%s refuses", (_, call) => {
  test.each(["periodic", 3, true, null])("%j in place of options", (value) => {
    expect(() => call(value)).toThrow(TypeError);
    expect(() => call(value)).toThrow(/^options must be an object such as { .* }, not/);
  });

  test("an array in place of options", () => {
    expect(() => call(x)).toThrow("not a Float64Array");
    expect(() => call([1])).toThrow("not an array");
  });

  test("an unknown option, and names the known ones", () => {
    expect(() => call({ madeUp: 1 })).toThrow(TypeError);
    expect(() => call({ madeUp: 1 })).toThrow(/^unknown option "madeUp": the options are \w+/);
    expect(() => call({ toString: 1 })).toThrow(/^unknown option "toString"/);
  });
});

test("a misspelled option is answered with the right spelling", () => {
  expect(() => w.wavedec(x, "haar", { level: 2 } as object)).toThrow('did you mean "levels"?');
  expect(() => w.wavedec(x, "haar", "periodic" as never)).toThrow(
    'options must be an object such as { mode: "periodic" }, not the string "periodic"',
  );
});

const withLevels: Calls = {
  wavedec: (levels) => w.wavedec(x, "haar", { levels }),
  waverecAdjoint: (levels) => w.waverecAdjoint(x, "haar", { levels }),
  wavedec2: (levels) => w.wavedec2(matrix, "haar", { levels }),
  waverec2Adjoint: (levels) => w.waverec2Adjoint(matrix, "haar", { levels }),
  wavedecn: (levels) => w.wavedecn(array, "haar", { levels }),
  waverecnAdjoint: (levels) => w.waverecnAdjoint(array, "haar", { levels }),
  wavedecnShapes: (levels) => w.wavedecnShapes([4, 8], "haar", { levels }),
  fswavedecn: (levels) => w.fswavedecn(array, "haar", { levels }),
  "fswavedecn by axis": (levels) => w.fswavedecn(array, "haar", { levels: [1, levels] }),
  unpack: (levels) => w.unpack(matrix, { levels, mode: "periodization", wavelet: "haar" }),
  downcoef: (level) => w.downcoef(x, "haar", { part: "a", level }),
  upcoef: (level) => w.upcoef(x, "haar", { part: "a", level }),
  swt: (levels) => w.swt(x, "haar", { levels }),
  "startLevel of swt": (startLevel) => w.swt(x, "haar", { startLevel, levels: 1 }),
  iswtAdjoint: (levels) => w.iswtAdjoint(x, "haar", { levels }),
  swt2: (levels) => w.swt2(matrix, "haar", { levels }),
  iswt2Adjoint: (levels) => w.iswt2Adjoint(matrix, "haar", { levels }),
  swtn: (levels) => w.swtn(array, "haar", { levels }),
  iswtnAdjoint: (levels) => w.iswtnAdjoint(array, "haar", { levels }),
  modwt: (levels) => w.modwt(x, "haar", { levels }),
  imodwtAdjoint: (levels) => w.imodwtAdjoint(x, "haar", { levels }),
  mra: (levels) => w.mra(x, "haar", { levels }),
  imraAdjoint: (levels) => w.imraAdjoint(x, levels),
  mra2: (levels) => w.mra2(matrix, "haar", { levels }),
  mran: (levels) => w.mran(array, "haar", { levels }),
  imra2Adjoint: (levels) => w.imra2Adjoint(matrix, levels),
  waveletPacket: (levels) => w.waveletPacket(x, "haar", { levels }),
  inverseWaveletPacketAdjoint: (levels) => w.inverseWaveletPacketAdjoint(x, "haar", { levels }),
  waveletPacket2: (levels) => w.waveletPacket2(matrix, "haar", { levels }),
  waveletPacketn: (levels) => w.waveletPacketn(array, "haar", { levels }),
  "lazy packets": (levels) => w.waveletPacket(x, "haar", { levels, lazy: true }),
  packetPaths: (level) => w.packetPaths(level),
  packetPaths2: (level) => w.packetPaths2(level),
  packetPathsn: (level) => w.packetPathsn(level, 3),
  lwt: (levels) => w.lwt(x, "haar", { levels }),
  lwt2: (levels) => w.lwt2(matrix, "haar", { levels }),
  dualTree: (levels) => w.dualTree(x, { levels }),
  dualTree2: (levels) => w.dualTree2(matrix, { levels }),
  dualTreen: (levels) => w.dualTreen(array, { levels }),
  denoisen: (levels) => w.denoisen(array, "haar", { levels }),
  denoise: (levels) => w.denoise(x, "haar", { levels }),
  "shifts of denoise": (shifts) => w.denoise(x, "haar", { shifts }),
  denoise2: (levels) => w.denoise2(matrix, "haar", { levels }),
  noiseGains: (levels) => w.noiseGains("haar", levels),
  integerRange: (levels) => w.integerRange("haar", levels),
};

describe.each(named(withLevels))("%s refuses at once", (_, call) => {
  test.each([1e9, 54, -1, 0.5, Number.NaN, "3"])("%s levels", (levels) => {
    expect(() => call(levels)).toThrow(RangeError);
  });
});

describe("work that grows exponentially is bounded", () => {
  const short = noise(8, 0);

  test("22 levels of packets of 8 samples are refused, 16 are not", () => {
    expect(() => w.waveletPacket(short, "haar", { levels: 22 })).toThrow("4194304 nodes");
    expect(() =>
      w.waveletPacket2({ height: 2, width: 4, data: short }, "haar", { levels: 9 }),
    ).toThrow("262144 nodes");
    expect(w.waveletPacket(short, "haar", { levels: 10 }).nodes.size).toBe(2 ** 11 - 1);
    expect(() => w.packetPaths(23)).toThrow(RangeError);
  });

  test("levels along several axes", () => {
    const four = { shape: [2, 2, 2, 2], data: noise(16, 0) };
    expect(() => w.fswavedecn(four, "haar", { levels: 53 })).toThrow("8503056 bands");
  });

  test("levels of synthesis from one band", () => {
    expect(() => w.upcoef(short, "haar", { part: "d", level: 40 })).toThrow("more than 2^28");
  });

  test("voices of scales", () => {
    expect(() => w.scalesFor({ from: 1, to: 100, voices: 1e9 })).toThrow("at most 65536");
    expect(() => w.defaultScales(morlet, 1000, { voices: 1e9 })).toThrow("at most 65536");
  });

  test("scales of Gaussians", () => {
    expect(() => w.gaussianDerivative(short, 1e9)).toThrow("up to 1048576");
    expect(() => w.modulusMaxima1(short, [1e300])).toThrow("up to 1048576");
  });
});

test("53 levels are allowed, and reconstruct", () => {
  const back = w.waverec(w.wavedec(x, "db2", { levels: 53, mode: "periodization" }));
  expect(Math.max(...back.map((value, i) => Math.abs(value - x[i]!)))).toBeLessThan(1e-11);
});

describe("an arrangement of bands that does not fit is refused", () => {
  test("by pack", () => {
    const bands = w.wavedec2(matrix, "haar", { mode: "periodization", levels: 1 });
    const details = bands.details.map((level) => ({
      ...level,
      hl: bands.approximation,
      lh: matrix,
    }));
    expect(() => w.pack({ ...bands, details })).toThrow("4×8 where 2×4 is needed");
  });

  test("by widths of pad", () => {
    expect(() => w.pad(x, 3 as never, "zero")).toThrow("widths must be [before, after]");
  });
});

describe("NaN and infinity have one rule in denoising", () => {
  const rules = ["universal", "minimax", "sure", "hybridSure", "bayes"] as const;
  const transforms = ["dwt", "swt"] as const;
  const bad = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const holed = (value: number) => x.map((sample, i) => (i === 5 ? value : sample));

  test.each(bad)("data with %s are refused, whatever the rule, transform and noise", (value) => {
    for (const rule of rules)
      for (const transform of transforms)
        for (const noise of ["white", "colored", 1] as const) {
          const options = { rule, transform, noise, levels: 2 };
          const data = holed(value);
          expect(() => w.denoise(data, "haar", options)).toThrow(`data holds ${value} at index 5`);
          expect(() => w.denoise2({ ...matrix, data }, "haar", options)).toThrow(
            `matrix.data holds ${value} at index 5`,
          );
        }
    expect(() => w.denoise(holed(value), "haar", { levels: 0 })).toThrow(RangeError);
  });

  test.each([...bad, -1])("a noise level of %s is refused", (sigma) => {
    const refusal = "a noise level must be a finite number, 0 or more";
    for (const rule of rules)
      expect(() => w.denoise(x, "haar", { rule, noise: sigma })).toThrow(refusal);
    expect(() => w.denoise2(matrix, "haar", { noise: sigma })).toThrow(refusal);
    expect(() => w.universalThreshold(sigma, 10)).toThrow(refusal);
    expect(() => w.minimaxThreshold(sigma, 10)).toThrow(refusal);
    expect(() => w.sureThreshold(x, sigma)).toThrow(refusal);
    expect(() => w.hybridSureThreshold(x, sigma)).toThrow(refusal);
    expect(() => w.bayesThreshold(x, sigma)).toThrow(refusal);
  });

  test.each(bad)("coefficients with %s have no threshold and no noise level", (value) => {
    for (const call of [
      () => w.noiseLevel(holed(value)),
      () => w.sureThreshold(holed(value), 1),
      () => w.hybridSureThreshold(holed(value), 1),
      () => w.bayesThreshold(holed(value), 1),
    ])
      expect(call).toThrow(`holds ${value} at index 5`);
  });

  test("unknown noise models and shrink modes are refused", () => {
    expect(() => w.denoise(x, "haar", { noise: "pink" as never })).toThrow('"pink" is not a noise');
    expect(() => w.denoise(x, "haar", { shrink: "less" as never })).toThrow(
      '"less" is not a shrink',
    );
    expect(() => w.denoise(x, "haar", { rule: 3 as never })).toThrow("rule must be a name");
  });
});

describe("scales that a signal cannot have are refused", () => {
  test.each([0.51, 10, 440])("%s cycles per sample, with a hint to the sampling period", (f) => {
    const call = () => w.cwt(x, { frequencies: [0.25, f] }, "cmor1.5-1.0");
    expect(call).toThrow(RangeError);
    expect(call).toThrow(
      `the frequency ${f} is above the Nyquist frequency of 0.5; for frequencies in Hz set samplingPeriod`,
    );
  });

  test("a frequency above Nyquist's in Hz, without the hint", () => {
    const options = { samplingPeriod: 1 / 100 };
    expect(() => w.cwt(x, { frequencies: [60] }, "mexh", options)).toThrow(/frequency of 50$/);
    expect(w.cwt(x, { frequencies: [50, 10] }, "mexh", options).scales.length).toBe(2);
  });

  test("the frequencies of a result can be given back", () => {
    for (const name of w.continuousWaveletNames) {
      const wavelet = w.continuousWavelet(name);
      const { frequencies, scales } = w.cwt(x, w.defaultScales(wavelet, 32), wavelet);
      const again = w.cwt(x, { frequencies }, wavelet).scales;
      again.forEach((scale, i) => {
        expect(scale).toBeCloseTo(scales[i]!, 10);
      });
    }
  });

  test.each(w.continuousWaveletNames)("1e300, 1e-12, 0 and NaN samples for %s", (name) => {
    for (const scale of [1e300, 1e-12, 1e-4, 0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => w.cwt(x, [2, scale], name)).toThrow(RangeError);
      expect(() => w.cwt(x, [scale], name)).toThrow(/too (small|large)|must be a positive number/);
    }
  });

  test.each(w.continuousWaveletNames)("the extreme allowed scales of %s are finite", (name) => {
    const { peakFrequency } = w.continuousWavelet(name);
    const finest = (peakFrequency / (2 * Math.PI) / 4) * (1 + 1e-12);
    for (const mode of ["symmetric", "periodic", "zero"] as const) {
      const { re, im, residual } = w.cwt(x, [finest, 2 ** 40], name, { mode });
      for (const plane of [re, im ?? re, residual])
        expect(plane.every((value) => Number.isFinite(value))).toBe(true);
    }
  });

  test("in the plane too", () => {
    for (const wavelet of [w.mexh2(), w.morlet2()])
      for (const scale of [1e300, 1e-12, 0, Number.NaN])
        expect(() => w.cwt2(matrix, [scale], wavelet)).toThrow(RangeError);
    expect(() => w.cwt2(matrix, [1], "mexh" as never)).toThrow("such as morlet2()");
    expect(() => w.cwt2(matrix, [1], w.morlet2(), { angles: [Number.NaN] })).toThrow("finite");
  });
});

describe("a value that is NaN or infinite", () => {
  const bad = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const place = 13;
  const holed = (value: number, like = x) =>
    like.map((sample, i) => (i === place ? value : sample));

  /** All numbers in what a function returns, in their order: those of arrays of floats. */
  const numbersOf = (result: Anything): number[] => {
    if (result instanceof Float64Array || result instanceof Float32Array) return [...result];
    if (result instanceof Map) return [...result.values()].flatMap(numbersOf);
    if (Array.isArray(result)) return result.flatMap(numbersOf);
    return typeof result === "object" && result ? Object.values(result).flatMap(numbersOf) : [];
  };
  /** A result whose bands all begin with `value`; what describes them is kept. */
  const begunWith = (value: number, result: Anything): Anything => {
    if (result instanceof Float64Array) return result.map((x, i) => (i === 0 ? value : x));
    if (result instanceof Map)
      return new Map([...result].map(([key, part]) => [key, begunWith(value, part)]));
    if (Array.isArray(result)) return result.map((part) => begunWith(value, part));
    if (typeof result !== "object" || !result) return result;
    const kept = ["wavelet", "frequencies", "scales", "angles", "filters", "scheme"];
    return Object.fromEntries(
      Object.entries(result).map(([key, part]) => [
        key,
        kept.includes(key) ? part : begunWith(value, part),
      ]),
    );
  };

  /** Functions that refuse it; all others in the tables above pass it on. */
  const refusing = new Set([
    // One sample spreads over a whole Fourier transform, and nothing of the result would be true.
    ...[
      "cwt",
      "cwtRows",
      "cwtAdjoint",
      "icwt",
      "icwtAdjoint",
      "cwt2",
      "cwt2Adjoint",
      "icwt2",
      "icwt2Adjoint",
    ],
    ...["cwtn", "cwtnAdjoint", "icwtn", "icwtnAdjoint", "scattering2"],
    ...["synchrosqueeze", "crossSpectrum", "waveletCoherence"],
    // What is estimated or chosen would be of no meaning, and would look like any other number.
    ...["noiseLevel", "quantile", "sureThreshold", "hybridSureThreshold", "bayesThreshold"],
    ...["denoise", "denoise2", "denoisen", "denoisePicture", "noiseLevel2", "bestBasis", "ridges"],
    ...["gaussianDerivative", "gaussianGradient", "volumeGradient"],
    ...["modulusMaxima", "modulusMaxima1", "modulusMaxima3"],
  ]);

  type Given = readonly [name: string, call: (value: number) => unknown];
  const withData = (table: Calls, form: (data: Float64Array) => unknown): Given[] =>
    named(table).map(([name, call]) => [name, (value) => call(form(holed(value)))]);
  const given: readonly Given[] = [
    ...withData(signals, (data) => data),
    ...withData(matrices, (data) => ({ ...matrix, data })),
    ...withData(arrays, (data) => ({ ...array, data })),
    ...withData(volumes, (data) => ({ ...volume, data })),
    ...Object.entries(results)
      .filter(([name]) => name !== "bandSlices") // gives places, no values
      .map(([name, [call, result]]): Given => [name, (value) => call(begunWith(value, result))]),
  ];

  test("is refused by functions that there are", () => {
    const names = new Set(given.map(([name]) => name));
    expect([...refusing].filter((name) => !names.has(name))).toEqual([]);
  });

  test.each(given.filter(([name]) => refusing.has(name)))("is refused by %s", (_, call) => {
    for (const value of bad) {
      expect(() => call(value)).toThrow(RangeError);
      expect(() => call(value)).toThrow(new RegExp(`holds ${value} at .* must be finite`));
    }
  });

  test.each(given.filter(([name]) => !refusing.has(name)))(
    "is passed on by %s, and spoils nothing that does not depend on it",
    (_, call) => {
      const without = numbersOf(call(0));
      for (const value of bad) {
        const numbers = numbersOf(call(value));
        expect(numbers).toHaveLength(without.length);
        expect(numbers.every(Number.isFinite)).toBe(false);
        const differing = numbers.filter((x, i) => Number.isFinite(x) && x !== without[i]);
        expect(differing).toEqual([]);
      }
    },
  );

  test("reaches the coefficients that it reaches in PyWavelets", () => {
    const placesOf = (bands: readonly (Float32Array | Float64Array)[]) =>
      bands.map((band) => [...band.keys()].filter((i) => !Number.isFinite(band[i])));
    const long = Float64Array.from({ length: 64 }, (_, i) => (i === 20 ? Number.NaN : Math.sin(i)));
    for (const data of [long, new Float32Array(long)]) {
      const { coefficients } = w.wavedec(data, "db4", { levels: 2 });
      expect(placesOf(coefficients)).toEqual([
        [5, 6, 7, 8, 9],
        [5, 6, 7, 8, 9],
        [10, 11, 12, 13],
      ]);
    }
  });

  test("stays NaN under a threshold, and infinite if it was infinite", () => {
    for (const mode of ["soft", "hard", "garrote"] as const) {
      const shrunk = w.threshold(Float64Array.of(...bad, 3), 1, { mode });
      expect([...shrunk.slice(0, 3)]).toEqual(bad);
      expect(Number.isFinite(shrunk[3])).toBe(true);
    }
  });

  test("is refused by a best basis, even where the cost function is finite", () => {
    const packet = w.waveletPacket(holed(Number.NaN), "haar");
    // The cost itself is finite: nothing exceeds a threshold that is not a number.
    expect(() => w.bestBasis(packet, w.countAbove(0.1))).toThrow('node "" holds NaN at index 13');
    expect(() => w.bestBasis(w.waveletPacket(x, "haar"), () => Number.NaN)).toThrow(
      'the cost of node "" is NaN',
    );
  });
});

describe("the bands of a result have one type", () => {
  const single = (data: Float64Array) => Float32Array.from(data) as never;
  const [signal, plane] = [w.swt(x, "haar", { levels: 1 }), w.swt2(matrix, "haar", { levels: 1 })];
  const many = w.swtn(array, "haar", { levels: 1 });
  const [tree, tree2, treen] = [w.dualTree(x), w.dualTree2(matrix), w.dualTreen(array)];
  const overlap = w.modwt(x, "haar", { levels: 1 });
  const [line, square] = [w.dwt(x, "haar"), w.dwt2(matrix, "haar")];
  const { ad, ...others } = many.details[0]!;
  const [coarsest] = treen.details;
  const band = coarsest!["dd+"]!;

  test.each<[string, () => unknown]>([
    ["idwt", () => w.idwt({ ...line, detail: single(line.detail) })],
    ["idwt2", () => w.idwt2({ ...square, hl: { ...square.hl, data: single(square.hl.data) } })],
    ["iswt", () => w.iswt({ ...signal, details: signal.details.map(single) })],
    ["swtAdjoint", () => w.swtAdjoint({ ...signal, details: signal.details.map(single) })],
    ["imodwt", () => w.imodwt({ ...overlap, details: overlap.details.map(single) })],
    [
      "iswt2",
      () => {
        const { hl, ...rest } = plane.details[0]!;
        return w.iswt2({ ...plane, details: [{ ...rest, hl: { ...hl, data: single(hl.data) } }] });
      },
    ],
    [
      "iswtn",
      () => w.iswtn({ ...many, details: [{ ...others, ad: { ...ad!, data: single(ad!.data) } }] }),
    ],
    [
      "idualTree",
      () =>
        w.idualTree({ ...tree, details: tree.details.map((d) => ({ ...d, im: single(d.im) })) }),
    ],
    [
      "idualTree2",
      () => {
        const { aa } = tree2.approximations;
        const ab = { ...aa, data: single(aa.data) };
        return w.idualTree2({ ...tree2, approximations: { ...tree2.approximations, ab } });
      },
    ],
    [
      "idualTreen",
      () => {
        const level = { ...coarsest!, "dd+": { ...band, re: single(band.re) } };
        return w.idualTreen({ ...treen, details: [level, ...treen.details.slice(1)] });
      },
    ],
    ["icwt", () => w.icwt({ ...transform, re: single(transform.re) })],
    [
      "icwtn",
      () => w.icwtn({ ...transformn, re: { ...transformn.re, data: single(transformn.re.data) } }),
    ],
  ])("%s refuses others", (_, call) => {
    expect(call).toThrow(RangeError);
    expect(call).toThrow("is a Float32Array, not a Float64Array");
  });
});
