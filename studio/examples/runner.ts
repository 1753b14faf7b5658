/** What a program prints, line by line, and how it ends. */
export interface Running {
  stop(): void;
}

export interface Listener {
  readonly print: (line: string, isError: boolean) => void;
  readonly end: () => void;
}

/** Where the library's modules and ONNX Runtime's files lie. */
const folder = new URL("library/", document.baseURI).href;
const engine = new URL("../studio/ort/", document.baseURI).href;

/** The program as a module that imports the library from beside the page. */
export const moduleOf = (code: string): string =>
  `import { begin } from "${folder}programConsole.js";\nbegin("${engine}");\n${code.replaceAll(/(\bfrom\s+|\bimport\s*\(\s*)"ondelette\/(\w+)"/g, `$1"${folder}$2.js"`)}\npostMessage({ done: true });\n`;

interface Message {
  readonly line?: string;
  readonly isError?: boolean;
  readonly done?: boolean;
}

/** Runs a program in a worker of its own, which has no page to change. */
export function run(code: string, { print, end }: Listener): Running {
  const address = URL.createObjectURL(new Blob([moduleOf(code)], { type: "text/javascript" }));
  const worker = new Worker(address, { type: "module" });
  let isOver = false;
  const stop = () => {
    if (isOver) return;
    isOver = true;
    worker.terminate();
    URL.revokeObjectURL(address);
    end();
  };
  worker.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.line !== undefined) print(data.line, data.isError ?? false);
    if (data.done) stop();
  };
  worker.onerror = (event) => {
    print(event.message || "The program could not be loaded.", true);
    stop();
  };
  return { stop };
}
