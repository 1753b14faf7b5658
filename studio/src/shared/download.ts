import { zipSync } from "fflate";

/** Offers a file to the visitor, as if a link to it were followed. */
export function download(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser reads the address after the click's own task.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Files by their path as one ZIP archive, in a folder; not compressed, because weights do not get smaller. */
export function zipped(
  folder: string,
  files: Readonly<Record<string, Uint8Array<ArrayBuffer>>>,
): Blob {
  const inFolder = Object.fromEntries(
    Object.entries(files).map(([path, bytes]) => [`${folder}/${path}`, bytes]),
  );
  return new Blob([zipSync(inFolder, { level: 0 })], { type: "application/zip" });
}
