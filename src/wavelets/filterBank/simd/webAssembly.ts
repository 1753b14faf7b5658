/** A memory of pages of 64 KiB; growing it moves its buffer. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** What is used of the platform's WebAssembly, which the language's own types do not know. */
interface Platform {
  readonly Memory: new (options: { readonly initial: number }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
  validate(bytes: Uint8Array<ArrayBuffer>): boolean;
}

/** The platform's WebAssembly; undefined where it has none. */
export const webAssembly: Platform | undefined = (globalThis as { readonly WebAssembly?: Platform })
  .WebAssembly;
