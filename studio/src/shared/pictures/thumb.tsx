import type { Raster } from "ondelette/data";
import { useEffect, useRef } from "preact/hooks";
import { imageDataOf } from "./rasterCanvas.tsx";

/** A small picture, as wide as its place. What it shows is said by what it lies in. */
export function Thumb({ raster }: { readonly raster: Raster | undefined }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (raster) canvas.current?.getContext("2d")?.putImageData(imageDataOf(raster), 0, 0);
  }, [raster]);
  return <canvas ref={canvas} width={raster?.width ?? 28} height={raster?.height ?? 28} />;
}
