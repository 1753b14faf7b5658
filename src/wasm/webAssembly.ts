/** A memory of pages of 64 KiB; growing it moves its buffer. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** The part of WebAssembly that is used here; TypeScript's ES library does not declare it. */
interface Platform {
  readonly Memory: new (options: { readonly initial: number }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
  validate(bytes: Uint8Array<ArrayBuffer>): boolean;
}

/** The platform's WebAssembly; undefined if there is none. */
export const webAssembly: Platform | undefined = (globalThis as { readonly WebAssembly?: Platform })
  .WebAssembly;
