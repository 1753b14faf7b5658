/**
 * The middle tap of PyWavelets' `dmey` and the 30 to each side of it. It is a table, because no construction is known:
 * an approximation of finite length, made for MATLAB, of the Fourier coefficients of Meyer's m₀, from which it differs by at most
 * 8.4·10⁻⁴. Source: PyWavelets 1.1.1. It reconstructs only to 2·10⁻³.
 */
const half = [
  ...[0.7445855923188063, 0.44459300275757724, -0.035087555656258346, -0.13284520043622938],
  ...[0.030655091960824263, 0.0637390243228016, -0.024348745906078023, -0.03213079399021176],
  ...[0.017423434103729693, 0.015270015130934803, -0.011061496392513451, -0.006387718318497156],
  ...[0.006045814097323304, 0.002202534100911002, -0.002704672124643725, -6.011502343516092e-4],
  ...[6.554305930575149e-5, -1.6312699734552807e-5, 3.20544191334478e-6, 7.367572885903746e-7],
  ...[-1.489549216497156e-6, 1.1307947017916706e-6, -5.506340565252278e-7, 1.1783004497663934e-7],
  ...[8.200680650386481e-8, -1.0866516536735883e-7, 6.066975741351135e-8, -1.0798819539621958e-8],
  ...[-1.111944952595278e-8, 8.519459636796214e-9, -1.009999956941423e-12],
];

/** The discrete Meyer filter for analysis: 61 symmetric taps after a zero. */
export function discreteMeyer(): readonly number[] {
  return [0, ...half.slice(1).toReversed(), ...half];
}
