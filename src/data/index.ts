/** Data in and out: images, sounds, music, text, arrays, pictures and random numbers. */
export {
  type PrintedDigitsOptions,
  printedDigitCounts,
  printedDigits,
} from "./digits/printedDigits.ts";
