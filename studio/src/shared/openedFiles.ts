import { useEffect } from "preact/hooks";

/** Gives `take` every file that is dropped anywhere on the page or pasted; the first of several. */
export function useDroppedFiles(take: (file: File) => void): void {
  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    const first = (files: DataTransfer | null) => {
      const file = files?.files[0];
      if (file) take(file);
    };
    document.addEventListener("paste", (event) => first(event.clipboardData), { signal });
    document.addEventListener("dragover", (event) => event.preventDefault(), { signal });
    document.addEventListener(
      "drop",
      (event) => {
        event.preventDefault();
        first(event.dataTransfer);
      },
      { signal },
    );
    return () => abort.abort();
  }, [take]);
}
