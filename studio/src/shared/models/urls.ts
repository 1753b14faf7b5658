import images from "../../../models/digits.images.gz?url";
import weights from "../../../models/digits.safetensors?url";

/** Where a worker finds what is loaded when it is first used: told by the page, since a worker does not know its address. */
export interface ModelUrls {
  /** The shipped model of digits. */
  readonly weights: string;
  /** The shipped digits. */
  readonly images: string;
}

export const modelUrls = (): ModelUrls => ({
  weights: new URL(weights, document.baseURI).href,
  images: new URL(images, document.baseURI).href,
});
