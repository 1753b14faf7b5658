/**
 * The names of the elements of an XML text in the order in which they begin. Throws where it is not well formed: an element that is not
 * closed, or another one is; text outside the root; a bare mark; an attribute twice, or without quotes.
 */
export function strictXml(xml: string): string[] {
  const names: string[] = [];
  const open: string[] = [];
  const mark = /<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  let end = 0;
  for (const match of xml.matchAll(mark)) {
    const [whole, closes, name, attributes = "", empty, text] = match;
    end = match.index + whole.length;
    const written = text ?? attributes;
    if (/&(?!(?:amp|lt|gt|quot|apos|#\d+);)/.test(written))
      throw new Error(`a bare & in ${written}`);
    if (text !== undefined) {
      if (open.length === 0 && text.trim() !== "")
        throw new Error(`text outside the root: ${text}`);
      continue;
    }
    const keys = [...attributes.matchAll(/([\w:-]+)=/g)].map(([, key]) => key);
    if (new Set(keys).size < keys.length) throw new Error(`an attribute twice in ${whole}`);
    if (closes) {
      const last = open.pop();
      if (last !== name) throw new Error(`</${name}> closes <${last}>`);
      continue;
    }
    if (open.length === 0 && names.length > 0) throw new Error("a second root");
    names.push(name!);
    if (!empty) open.push(name!);
  }
  if (end < xml.length) throw new Error(`not XML: ${xml.slice(end, end + 60)}`);
  if (open.length > 0) throw new Error(`<${open.at(-1)}> is not closed`);
  return names;
}
