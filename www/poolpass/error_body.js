// Reads why an answer refuses a request. The answer's own body stays unread for the app.

/** AWS's error documents have some hundred bytes. */
const LONGEST = 65_536;
/** They come with the headers. */
const PATIENCE_MS = 5_000;

/**
 * The body's text up to the first match of `pattern`, or its end: as far as it can be read, at most 64 KB, and at most what
 * comes within 5 seconds.
 */
export async function errorText(response, pattern) {
  let text = '';
  let reader;
  let timer;
  try {
    reader = response.clone().body.getReader();
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS, { done: true });
    });
    const decoder = new TextDecoder();
    while (text.length < LONGEST && !pattern.test(text)) {
      const { done, value } = await Promise.race([reader.read(), late]);
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    // There is no body, or it can't be read. The app gets that error when it reads the body.
  } finally {
    clearTimeout(timer);
    reader?.cancel().catch(() => {});
  }
  return text;
}
