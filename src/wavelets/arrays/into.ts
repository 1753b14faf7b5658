/** Where a result is written. */
export interface Into<T> {
  /**
   * An earlier result of the same function for the same sizes. Its arrays are overwritten and returned, so that nothing is
   * allocated for coefficients or samples.
   */
  readonly out?: T;
}
