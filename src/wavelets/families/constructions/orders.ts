/** Numbers of vanishing moments of Daubechies' wavelets, `db`. */
export const daubechiesOrders = [
  ...([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20] as const),
  ...([21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38] as const),
] as const;

/** Numbers of vanishing moments of symlets, `sym`. */
export const symletOrders = [
  ...([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20] as const),
] as const;

/** Half the numbers of vanishing moments of coiflets, `coif`. */
export const coifletOrders = [
  ...([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17] as const),
] as const;

/** Orders of biorthogonal wavelets, `bior` and `rbio`. Except for 5.5 they are the vanishing moments of the two sides. */
export const biorthogonalOrders = [
  ...(["1.1", "1.3", "1.5", "2.2", "2.4", "2.6", "2.8"] as const),
  ...(["3.1", "3.3", "3.5", "3.7", "3.9", "4.4", "5.5", "6.8"] as const),
] as const;

/** One of {@link biorthogonalOrders}. */
export type BiorthogonalOrder = (typeof biorthogonalOrders)[number];
