/** A share as people read it: `98.76 %`. */
export const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
