/**
 * `ondelette/element` defines `<ondelette-image>` for pages:
 *
 * ```html
 * <script type="module">import "ondelette/element";</script>
 * <ondelette-image src="photo.ondl" alt="A lighthouse"></ondelette-image>
 * ```
 */
import { OndeletteImage } from "./ondeletteImage.ts";

export { OndeletteImage };

declare global {
  interface HTMLElementTagNameMap {
    "ondelette-image": OndeletteImage;
  }
}

/** Without a page, as in Node, there is nothing to define; and a page that loads this twice has it already. */
if (globalThis.customElements?.get("ondelette-image") === undefined)
  globalThis.customElements?.define("ondelette-image", OndeletteImage);
