/** Elements of an array that are shown. */
const most = 100;

/** A value as Node prints it, on one line: `{ a: 1, b: [ 'x' ] }`. */
export function shown(value: unknown, isInside = false): string {
  if (typeof value === "string") return isInside ? `'${value}'` : value;
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return `[Function: ${value.name || "anonymous"}]`;
  if (typeof value !== "object" || value === null)
    return Object.is(value, -0) ? "-0" : String(value);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Map)
    return `Map(${value.size}) {${list(Array.from(value, ([key, each]) => `${shown(key, true)} => ${shown(each, true)}`))}}`;
  if (value instanceof Set)
    return `Set(${value.size}) {${list(Array.from(value, (each) => shown(each, true)))}}`;
  if (Array.isArray(value)) return `[${list(elements(value))}]`;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const array = value as unknown as ArrayLike<number>; // all other views are arrays
    return `${value.constructor.name}(${array.length}) [${list(elements(array))}]`;
  }
  return `{${list(Object.entries(value).map(([key, each]) => `${keyOf(key)}: ${shown(each, true)}`))}}`;
}

const keyOf = (key: string) => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : `'${key}'`);

const list = (items: readonly string[]) => (items.length === 0 ? "" : ` ${items.join(", ")} `);

function elements(array: ArrayLike<unknown>): string[] {
  const first = Array.from({ length: Math.min(most, array.length) }, (_, i) =>
    shown(array[i], true),
  );
  return array.length > most ? [...first, `... ${array.length - most} more items`] : first;
}
