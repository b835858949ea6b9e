// The name of a request for the list of activity: an operation, or a method and a path. Never a query, a header or a body, which
// may carry secrets.

const ACTION = /(?:^|&)Action=(\w+)/;
const FIRST_FIELD = /\{\s*(\w+)/;

/**
 * Names a request to poolpass-local from the arguments of `fetch`. Gives `undefined` for everything else, and for what the page
 * itself asks poolpass-local about (users, inbox).
 */
export function requestName(endpoint, input, init = {}) {
  const { href, origin, pathname } = new URL(input.url ?? input, location.href);
  if (origin !== new URL(endpoint).origin || isControl(pathname)) return undefined;
  const headers = new Headers(init.headers ?? input.headers);
  const body = typeof init.body === 'string' ? init.body : '';
  const operation = headers.get('x-amz-target')?.split('.').pop();
  if (operation) return operation;
  if (pathname === '/' && ACTION.test(body)) return ACTION.exec(body)[1];
  if (pathname === '/graphql') return `GraphQL ${fieldIn(body)}`.trim();
  return `${init.method ?? input.method ?? 'GET'} ${href.slice(origin.length).split(/[?#]/)[0]}`;
}

/** The stand-ins for identity providers are not part of poolpass-local's control API. */
const isControl = (path) => path.startsWith('/_poolpass/') && !path.startsWith('/_poolpass/providers/');

/** The first field that a GraphQL document asks for. */
function fieldIn(body) {
  return FIRST_FIELD.exec(JSON.parse(body).query)?.[1] ?? '';
}
