/** What a bit of the code answers. */
export const Question = {
  /** Does a block of 4×4 have a significant coefficient? */
  block: 0,
  /** Does a quad of 2×2? */
  quad: 1,
  /** Is a coefficient significant? */
  coefficient: 2,
  /** What is the next bit of a significant coefficient? */
  refine: 3,
  /** Is a coefficient negative? */
  sign: 4,
  /** Does a band have a significant coefficient? */
  band: 5,
} as const;
