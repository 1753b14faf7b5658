import { decodeSafetensors, encodeSafetensors, type Raster } from "ondelette/data";
import type { Images } from "../../../shared/models/shippedDigits.ts";
import { decodeTo, type Form } from "../../../shared/pictures/decodeTo.ts";

/** A picture of the visitor's, and where it lay: `cats/tom.png`. */
export interface OwnFile {
  readonly file: Blob;
  readonly path: string;
}

/**
 * The class of each picture: the folder that it lies in, where there are several, as the command line takes folders. Names are
 * sorted.
 */
export function classesOf(paths: readonly string[]): {
  readonly classNames: readonly string[];
  readonly labels: readonly number[];
} {
  const folders = paths.map((path) => path.split("/").at(-2) ?? "");
  const classNames = [...new Set(folders)].sort();
  if (classNames.length < 2) return { classNames: ["pictures"], labels: paths.map(() => 0) };
  return { classNames, labels: folders.map((folder) => classNames.indexOf(folder)) };
}

const isPicture = /\.(png|jpe?g|webp|gif|avif|bmp|svg)$/i;

/** Fewest pictures that a training needs: one in ten is held out. */
const fewest = 10;

/** Most pictures that are taken; of more an even part. */
const most = 20_000;

/** Decodes pictures; what cannot be read is left out and counted. Throws an Error where too few are left. */
export async function readOwn(
  files: readonly OwnFile[],
  form: Form,
  progress: (done: number, total: number) => void,
): Promise<{ readonly images: Images; readonly unreadable: number }> {
  const named = files.filter(({ path }) => isPicture.test(path));
  const step = Math.max(1, named.length / most);
  const wanted = Array.from(
    { length: Math.min(named.length, most) },
    (_, i) => named[Math.floor(i * step)]!, // i · step < length
  );
  const read: { raster: Raster; path: string }[] = [];
  for (const [i, { file, path }] of wanted.entries()) {
    const raster = await decodeTo(file, path, form).catch(() => undefined);
    if (raster) read.push({ raster, path });
    progress(i + 1, wanted.length);
  }
  if (read.length < fewest)
    throw new Error(
      `a training needs at least ${fewest} pictures, and ${read.length} could be read`,
    );
  const { classNames, labels } = classesOf(read.map(({ path }) => path));
  const rasters = read.map(({ raster }) => raster);
  return {
    images: { classNames, rasters, labels: Uint16Array.from(labels) },
    unreadable: files.length - read.length,
  };
}

/** Pictures as one file, so that a training can go on with the same ones. */
export function encodeImages({ rasters, labels, classNames }: Images): Uint8Array[] {
  const [{ width, height, channels } = { width: 1, height: 1, channels: 1 }] = rasters;
  const size = width * height * channels;
  const data = new Uint8Array(rasters.length * size);
  for (const [i, raster] of rasters.entries()) data.set(raster.data, i * size);
  return encodeSafetensors({
    tensors: new Map([
      ["images", { shape: [rasters.length, height, width, channels], data }],
      ["labels", { shape: [rasters.length], data: Int32Array.from(labels) }],
    ]),
    metadata: { classNames: JSON.stringify(classNames) },
  });
}

/** Reads what {@link encodeImages} wrote. */
export function decodeImages(bytes: Uint8Array): Images {
  const { tensors, metadata } = decodeSafetensors(bytes, "the pictures of the training");
  const images = tensors.get("images");
  const labels = tensors.get("labels");
  if (!(images?.data instanceof Uint8Array && labels?.data instanceof Int32Array))
    throw new Error("the pictures of the training are not whole");
  const [count = 0, height = 0, width = 0, channels = 1] = images.shape;
  const size = height * width * channels;
  const { data } = images;
  return {
    classNames: JSON.parse(metadata.classNames ?? '["pictures"]'),
    labels: Uint16Array.from(labels.data),
    rasters: Array.from({ length: count }, (_, i) => ({
      ...{ width, height, channels: channels === 3 ? 3 : 1 },
      data: data.slice(i * size, (i + 1) * size),
    })),
  };
}
