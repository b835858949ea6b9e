// AWS's own simulator of AppSync (`@aws-amplify/amplify-appsync-simulator`), with an API of notes.
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../xtask/appsync-simulator/package.json', import.meta.url));
const { AmplifyAppSyncSimulator } = require('@aws-amplify/amplify-appsync-simulator');

export const API_KEY = 'da2-fakeApiId123456';

const SCHEMA = `
  type Note @aws_api_key @aws_iam @aws_cognito_user_pools @aws_oidc { id: ID! owner: String! text: String! }
  type Query {
    notes: [Note] @aws_api_key @aws_iam @aws_cognito_user_pools @aws_oidc
    broken: String @aws_api_key
    mine: [Note] @aws_cognito_user_pools
  }
  type Mutation { createNote(text: String!): Note @aws_iam @aws_cognito_user_pools @aws_oidc }
  type Subscription {
    onCreateNote(owner: String): Note @aws_subscribe(mutations: ["createNote"]) @aws_api_key @aws_iam @aws_cognito_user_pools @aws_oidc
  }
`;

const REQUEST = `{ "version": "2018-05-29", "operation": "Invoke", "payload": $util.toJson({ "field": $ctx.info.fieldName, "arguments": $ctx.arguments, "identity": $ctx.identity }) }`;
const RESPONSE = '#if($ctx.error)$util.error($ctx.error.message, "Broken")#end $util.toJson($ctx.result)';

/** What a Lambda function behind the API does. */
function lambda() {
  const notes = [];
  return ({ field, arguments: { text }, identity }) => {
    const owner = identity?.username ?? 'somebody';
    if (field === 'createNote') notes.push({ id: String(notes.length + 1), owner, text });
    if (field === 'createNote') return notes.at(-1);
    if (field === 'broken') throw new Error('This never works.');
    return field === 'mine' ? notes.filter((note) => note.owner === owner) : notes;
  };
}

/** Starts one on a free port, until the test ends (or the file, with `{ after }`). Returns its endpoint. */
export async function startSimulator(t, oidcIssuer) {
  const simulator = new AmplifyAppSyncSimulator();
  const field = (typeName, fieldName) => ({
    kind: 'UNIT', typeName, fieldName, dataSourceName: 'notes', requestMappingTemplate: REQUEST, responseMappingTemplate: RESPONSE,
  });
  simulator.init({
    schema: { content: SCHEMA },
    dataSources: [{ type: 'AWS_LAMBDA', name: 'notes', invoke: lambda() }],
    resolvers: [field('Query', 'notes'), field('Query', 'broken'), field('Query', 'mine'), field('Mutation', 'createNote')],
    appSync: {
      name: 'notes',
      defaultAuthenticationType: { authenticationType: 'API_KEY' },
      apiKey: API_KEY,
      additionalAuthenticationProviders: [
        { authenticationType: 'AMAZON_COGNITO_USER_POOLS', cognitoUserPoolConfig: {} },
        { authenticationType: 'AWS_IAM' },
        { authenticationType: 'OPENID_CONNECT', openIDConnectConfig: { Issuer: oidcIssuer } },
      ],
    },
  });
  await simulator.start();
  t.after(() => simulator.stop());
  takeHeadersFromProtocol(simulator._server._httpServer);
  return `${simulator.localhostUrl}/graphql`;
}

/**
 * AppSync takes the headers that prove who connects in the URL or in a sub-protocol; the simulator is older than the second
 * way, which is the one that the kit goes, as URLs end up in logs.
 */
function takeHeadersFromProtocol(server) {
  server.prependListener('upgrade', (request) => {
    const protocols = request.headers['sec-websocket-protocol'].split(/, ?/);
    const header = protocols.find((protocol) => protocol.startsWith('header-')).slice('header-'.length);
    request.url += `?header=${encodeURIComponent(Buffer.from(header, 'base64url').toString('base64'))}&payload=e30%3D`;
  });
}
