import { useRef } from "preact/hooks";
import { Button } from "./controls.tsx";

/** A button that asks for files of the visitor's. */
export function FileButton({
  label,
  accept,
  multiple = false,
  folder = false,
  disabled = false,
  take,
}: {
  readonly label: string;
  readonly accept: string;
  readonly multiple?: boolean;
  /** Asks for a folder, with all files in it. */
  readonly folder?: boolean;
  readonly disabled?: boolean;
  readonly take: (files: readonly File[]) => void;
}) {
  const dialogue = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button disabled={disabled} action={() => dialogue.current?.click()}>
        {label}
      </Button>
      <input
        ref={(input) => {
          dialogue.current = input;
          if (input) input.webkitdirectory = folder;
        }}
        class="hidden"
        type="file"
        accept={accept}
        multiple={multiple}
        aria-label={label.replace(/ …$/, "")}
        tabIndex={-1}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          if (files.length > 0) take(files);
          currentTarget.value = "";
        }}
      />
    </>
  );
}
