// The servers of the contract of platforms: each path of `Server::path` in mod.rs behaves as that says.

/** In bytes: `Response::MAX_BODY_BYTES`. */
const MAX_BODY = 1 << 20;
let count = 0;

/** The response to a request (both of the Fetch standard); a promise that stays pending if there is none. */
export async function answer(request) {
  const { pathname } = new URL(request.url);
  switch (pathname) {
    case '/echo': {
      const { method, headers } = request;
      const [target, cookie] = ['x-amz-target', 'cookie'].map((name) => headers.get(name) ?? '');
      const body = JSON.stringify({ method, target, cookie, body: await request.text(), count: ++count });
      return new Response(body, { headers: { 'cache-control': 'max-age=600' } });
    }
    case '/refusal':
      return new Response('{"a":"ä"}', {
        status: 429,
        headers: {
          date: 'Mon, 01 Jan 2024 00:00:00 GMT',
          'retry-after': '7',
          'set-cookie': 'contract=server',
          'x-amzn-errortype': 'TooManyRequestsException',
          'x-amzn-requestid': '1',
          'x-other': '1',
        },
      });
    case '/silent':
      return new Promise(() => {});
    case '/stalled':
      // A first byte, so that the headers are sent.
      return new Response(new ReadableStream({ start: (controller) => controller.enqueue(Uint8Array.of(32)) }));
    case '/full':
      return new Response('x'.repeat(MAX_BODY));
    case '/too-long':
      return new Response('x'.repeat(MAX_BODY + 1));
    case '/redirect':
      return new Response(null, { status: 302, headers: { location: '/echo' } });
    default:
      return new Response(null, { status: 404 });
  }
}
