import { describe } from "../arguments/describe.ts";
import { checkFinite } from "../arrays/floatArray.ts";
import { checkMatrix, type Matrix } from "../arrays/matrix.ts";

/**
 * Throws TypeError unless `channels` is a list of matrices; RangeError if it is empty, if they differ in size, or if a value
 * is NaN or infinite.
 */
export function checkChannels(channels: readonly Matrix[]): void {
  if (!Array.isArray(channels))
    throw new TypeError(
      `channels must be a list of matrices, [matrix] for one alone, not ${describe(channels)}`,
    );
  if (channels.length === 0) throw new RangeError("a picture needs at least one channel");
  const [first] = channels as readonly Matrix[];
  for (const [c, channel] of (channels as readonly Matrix[]).entries()) {
    checkMatrix(channel, `channels[${c}]`);
    const { height, width, data } = channel;
    if (height !== first!.height || width !== first!.width)
      throw new RangeError(
        `channels must have one size, but channels[${c}] is ${height}×${width} and channels[0] ${first!.height}×${first!.width}`,
      );
    checkFinite(data, `channels[${c}].data`);
  }
}
