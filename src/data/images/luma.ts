/**
 * Weights of red, green and blue in luma, the Y of JPEG's YCbCr (ITU-R BT.601, full range). They sum to 1, so that gray
 * pixels keep their value.
 */
export const luma = { red: 0.299, green: 0.587, blue: 0.114 } as const;
