import type { Raster } from "../../data/images/raster.ts";
import type { FeatureMatrix } from "./featureMatrix.ts";

/** Turns pictures into features, between which distances mean something. */
export interface FeatureExtractor {
  /** What the features are, in words that let another person compute the same. */
  readonly description: string;
  /**
   * Whether features are divided by their deviations among the reference pictures before they are compared, so that each counts
   * alike. False for networks, whose published distances are of features as they are.
   */
  readonly standardized: boolean;
  /** The features of pictures, a row for each; `onDone` hears how many are done. */
  features(rasters: readonly Raster[], onDone?: (count: number) => void): Promise<FeatureMatrix>;
}
