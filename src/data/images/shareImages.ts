import type { LoadedImages } from "./loadedImages.ts";

/**
 * The same images in memory that threads share: given to a worker they are not copied. The images given are not needed any
 * more; where nothing else holds them, they do not stay in memory twice.
 *
 * @example
 * const images = shareImages(await loadImages(source));
 */
export function shareImages(images: LoadedImages): LoadedImages {
  const { rasters } = images;
  const shared = new Uint8Array(
    new SharedArrayBuffer(rasters.reduce((sum, { data }) => sum + data.length, 0)),
  );
  let end = 0;
  return {
    ...images,
    rasters: rasters.map((raster) => {
      const start = end;
      end += raster.data.length;
      shared.set(raster.data, start);
      return { ...raster, data: shared.subarray(start, end) };
    }),
  };
}
