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
