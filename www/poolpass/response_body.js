// Reading a response's body with a limit and a deadline, whatever a page has put in the place of `fetch`; and the failure that
// crosses to the wasm as a code.

/** In bytes: `Response::MAX_BODY_BYTES` in src/platform/http.rs. */
const MAX_BODY = 1 << 20;

export class Failure extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/** The result of something that may throw; `undefined` if it does. */
export function quietly(act) {
  try {
    return act();
  } catch {
    return undefined;
  }
}

/** The body of a response as text, within the bound: as a stream, or as the text or the JSON that a mock gives. */
export async function bodyOf(response, { race }) {
  if (!response.body?.getReader) {
    const text = response.text
      ? await race(usable(() => response.text()))
      : await race(usable(() => response.json())).then((value) => usable(() => JSON.stringify(value)));
    if (typeof text !== 'string') throw new Failure('no_fetch');
    if (text.length > MAX_BODY) throw new Failure('too_large');
    return text;
  }
  const reader = usable(() => response.body.getReader()); // throws if somebody else reads the stream
  const chunks = [];
  for (let size = 0; ; ) {
    const chunk = await race(usable(() => reader.read()));
    if (usable(() => chunk.done)) break;
    const bytes = usable(() => chunk.value);
    size += usable(() => bytes.length);
    if (size > MAX_BODY) throw new Failure('too_large');
    if (!ArrayBuffer.isView(bytes)) throw new Failure('no_fetch');
    chunks.push(bytes);
  }
  const decoder = new TextDecoder('utf-8', { fatal: true });
  // Text that is not UTF-8 is not JSON either, and is refused there.
  return quietly(() => chunks.map((bytes) => decoder.decode(bytes, { stream: true })).join('') + decoder.decode()) ?? '';
}

/** The result of something that throws if the response is not one. */
export function usable(act) {
  try {
    return act();
  } catch {
    throw new Failure('no_fetch');
  }
}
