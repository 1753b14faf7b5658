import type { Source } from "./messages.ts";
import { openPicture } from "./openPicture.ts";
import { type SizeHints, type View, viewIn } from "./view.ts";

/** Distance from the window in which a picture with `loading="lazy"` begins to load. */
const lazyMargin = "800px";

/** What elements are made of; where there is no page, as in Node, the class can be imported but not used. */
const Base: typeof HTMLElement = globalThis.HTMLElement ?? class {};

/**
 * `<ondelette-image src="photo.ondl" alt="…">`: shows a compressed picture, coarser ones while it downloads. Its attributes and
 * properties `src`, `alt`, `width`, `height` and `loading` are those of `<img>`; the element keeps its place from the first bytes on, or from
 * the beginning with `width` and `height`. CSS sets `object-fit` and `object-position` on it, or on its `::part(canvas)`.
 *
 * `model` is the address of the trained model that has coded the file (`ondelette/codec/model`); of several pictures the first is shown, when it
 * has arrived.
 *
 * Events: `progress` (`ProgressEvent`, bytes) for each coarser picture, `load` with the whole one, `error` (`ErrorEvent`, with a
 * message) where there is none. Then its alternative text stands there, `::part(alt)`, or what arrived before the connection broke.
 */
export class OndeletteImage extends Base {
  static readonly observedAttributes = ["src", "model", "alt", "width", "height", "loading"];

  readonly #view: View = viewIn(this.attachShadow({ mode: "open" }));
  /** What is loaded, or was: the addresses of picture and model. */
  #address: string | undefined;
  #stop: (() => void) | undefined;
  #observer: IntersectionObserver | undefined;
  #isNear = false;
  #isComplete = true;
  #willUpdate = false;

  /** Address of the picture; "" if there is none. */
  get src(): string {
    return addressIn(this, "src");
  }
  set src(src: string) {
    this.setAttribute("src", src);
  }
  /** Address of the model that has coded the picture; "" if none has. */
  get model(): string {
    return addressIn(this, "model");
  }
  set model(model: string) {
    this.setAttribute("model", model);
  }
  /** Says in words what the picture shows. */
  get alt(): string {
    return this.getAttribute("alt") ?? "";
  }
  set alt(alt: string) {
    this.setAttribute("alt", alt);
  }
  /** Width in CSS pixels, as it is laid out. */
  get width(): number {
    return this.clientWidth;
  }
  set width(width: number) {
    this.setAttribute("width", `${width}`);
  }
  /** Height in CSS pixels, as it is laid out. */
  get height(): number {
    return this.clientHeight;
  }
  set height(height: number) {
    this.setAttribute("height", `${height}`);
  }
  /** `lazy` loads the picture when it comes near the window. */
  get loading(): "eager" | "lazy" {
    return this.getAttribute("loading")?.toLowerCase() === "lazy" ? "lazy" : "eager";
  }
  set loading(loading: "eager" | "lazy") {
    this.setAttribute("loading", loading);
  }
  /** Width of the picture; 0 until it is known. */
  get naturalWidth(): number {
    return this.#view.canvas.width;
  }
  /** Height of the picture; 0 until it is known. */
  get naturalHeight(): number {
    return this.#view.canvas.height;
  }
  /** Whether nothing more will be loaded: the whole picture is there, or has failed, or there is none. */
  get complete(): boolean {
    return this.#isComplete && !this.#willUpdate;
  }

  connectedCallback(): void {
    this.#view.describe(this.getAttribute("alt"));
    this.#update();
  }
  disconnectedCallback(): void {
    this.#update();
  }
  attributeChangedCallback(name: string): void {
    if (name === "alt") this.#view.describe(this.getAttribute("alt"));
    else if (name === "width" || name === "height") this.#view.lay(sizeHints(this));
    else this.#update();
  }

  /** Loads what is to be shown, after all that a script does at once. */
  #update(): void {
    if (this.#willUpdate) return;
    this.#willUpdate = true;
    queueMicrotask(() => {
      this.#willUpdate = false;
      this.#watch();
      this.#load();
    });
  }

  /** Whether it comes near the window is watched only while that matters. */
  #watch(): void {
    const isWanted = this.isConnected && this.loading === "lazy" && !this.#isNear;
    if (isWanted && !this.#observer) {
      this.#observer = new IntersectionObserver(
        (entries) => {
          if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
          this.#isNear = true;
          this.#update();
        },
        { rootMargin: lazyMargin },
      );
      this.#observer.observe(this);
    } else if (!isWanted) {
      this.#observer?.disconnect();
      this.#observer = undefined;
    }
  }

  #load(): void {
    if (!this.isConnected) {
      // What is not whole begins anew when the element comes back.
      if (this.#stop) this.#end(undefined);
      return;
    }
    const source = { url: this.src, model: this.model };
    const address = `${source.url} ${source.model}`;
    if (address === this.#address) return;
    this.#end(address);
    if (source.url === "") {
      this.#view.resize(0, 0);
      this.#view.showText(false);
    } else if (this.loading === "lazy" && !this.#isNear) {
      this.#address = undefined;
      this.#isComplete = false;
    } else this.#begin(source);
  }

  /** Stops what is loading, for another address. */
  #end(address: string | undefined): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#address = address;
    this.#isComplete = true;
  }

  #begin(source: Source): void {
    const view = this.#view;
    let isShown = false;
    this.#isComplete = false;
    this.#stop = openPicture(source, {
      onInfo: ({ width, height }) => {
        view.resize(width, height);
        view.showText(false);
      },
      onPicture: (picture) => {
        view.draw(picture);
        isShown = true;
        const { loaded, total, isLast } = picture;
        const progress = { lengthComputable: true, loaded, total };
        if (isLast) this.#finish(new Event("load"));
        else this.dispatchEvent(new ProgressEvent("progress", progress));
      },
      onFailure: ({ message, isOfFile }) => {
        if (isShown && !isOfFile) this.#finish(new ErrorEvent("error", { message }));
        else this.#fail(message);
      },
    });
  }

  #fail(message: string): void {
    this.#view.resize(0, 0);
    this.#view.showText(true);
    this.#finish(new ErrorEvent("error", { message }));
  }

  #finish(event: Event): void {
    this.#stop = undefined;
    this.#isComplete = true;
    this.dispatchEvent(event);
  }
}

/** An attribute that is an address, from where the page is. */
function addressIn(element: Element, name: string): string {
  const address = element.getAttribute(name) ?? "";
  const { baseURI } = element.ownerDocument;
  return address !== "" && URL.canParse(address, baseURI)
    ? new URL(address, baseURI).href
    : address;
}

/** Attributes that are numbers of pixels. */
function sizeHints(element: Element): SizeHints {
  const length = (name: string) => {
    const value = Number.parseFloat(element.getAttribute(name) ?? "");
    return value >= 0 ? value : undefined;
  };
  return { width: length("width"), height: length("height") };
}
