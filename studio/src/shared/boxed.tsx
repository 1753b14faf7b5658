import type { ComponentChildren } from "preact";

/** A frame over a part of a picture, in shares of the whole from the top left; children lie in it. */
export const BoxOver = ({
  left,
  top,
  width,
  height,
  children,
}: {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly children?: ComponentChildren;
}) => (
  <div
    class="box-over"
    aria-hidden="true"
    style={{
      left: `${100 * left}%`,
      top: `${100 * top}%`,
      width: `${100 * width}%`,
      height: `${100 * height}%`,
    }}
  >
    {children}
  </div>
);
