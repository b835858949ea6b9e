// The two protocols of AppSync's real-time endpoint, and how they differ. Sources: "Building a real-time WebSocket client"
// (AppSync Developer Guide), "Understanding the Event API WebSocket protocol" (AppSync Events Developer Guide).

export const DIALECTS = {
  graphql: {
    protocol: 'graphql-ws',
    start: (id, body, authorization) => ({ id, type: 'start', payload: { data: body, extensions: { authorization } } }),
    started: 'start_ack',
    stop: (id) => ({ id, type: 'stop' }),
    stopped: /^complete$/,
    refused: /^error$/,
    valuesOf: ({ payload }) => (isObject(payload) ? [resultOf(payload)] : []),
  },
  events: {
    protocol: 'aws-appsync-event-ws',
    start: (id, body, authorization) => ({ id, type: 'subscribe', ...JSON.parse(body), authorization }),
    started: 'subscribe_success',
    stop: (id) => ({ id, type: 'unsubscribe' }),
    stopped: /^unsubscribe_(success|error)$/,
    refused: /^(subscribe_)?error$/,
    // The guide has a list of texts; what Amplify reads is one.
    valuesOf: ({ event }) => [event].flat().map(parsed).filter((value) => value !== undefined),
  },
};

/** The errors of a message, wherever they stand: a list or a single one. */
export function errorsOf({ payload, errors }) {
  return payload?.errors ?? errors ?? payload ?? [];
}

/** What a text says, `undefined` if it is no JSON. */
export function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function resultOf({ data, errors, extensions }) {
  return { data, ...(errors && { errors }), ...(extensions && { extensions }) };
}
