// What the browser really sent to Cognito's address, seen from Playwright's side.

/** The names of the operations asked for, in order, from now on. */
export function operationsOf(contextOrPage) {
  const operations = [];
  contextOrPage.on('request', (request) => {
    const target = request.headers()['x-amz-target'];
    if (target) operations.push(target.split('.').pop());
  });
  return operations;
}

/** What a page requests from now on, but for the parts of the package that are loaded when they are needed. */
export function requestsOf(page) {
  const urls = [];
  page.on('request', (request) => {
    if (!new URL(request.url()).pathname.startsWith('/poolpass/')) urls.push(request.url());
  });
  return urls;
}
