/** An entry of a tar archive for tests; everything but name and content has a usual value. */
export interface TestEntry {
  readonly path: string;
  readonly content?: string | Uint8Array;
  /** `0` is a file, `5` a folder, `2` a symbolic link, `x` a pax header, `L` a GNU long name. */
  readonly type?: string;
  readonly prefix?: string;
}

/** A tar archive, written by the field table of POSIX.1-2017 alone and not by the code it tests. */
export function testTar(entries: readonly TestEntry[]): Buffer {
  const blocks = entries.flatMap(({ path, content = "", type = "0", prefix = "" }) => {
    const body = Buffer.from(content);
    const header = Buffer.alloc(512);
    header.write(path, 0, 100);
    header.write("0000644\0", 100);
    header.write(`${body.length.toString(8).padStart(11, "0")}\0`, 124);
    header.write("        ", 148);
    header.write(type, 156);
    header.write("ustar\x0000", 257, "latin1");
    header.write(prefix, 345, 155);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
    return [header, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}
