// AWS's own simulator of AppSync (`@aws-amplify/amplify-appsync-simulator`) with an API of notes: a program, which tells its
// parent the endpoint and ends with it. In a process of its own because its timers never end (each connection starts two
// intervals, and only one of them is cleared). Its argument is the issuer of OpenID Connect tokens.
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../xtask/appsync-simulator/package.json', import.meta.url));
const { AmplifyAppSyncSimulator } = require('@aws-amplify/amplify-appsync-simulator');
const [apiKey, issuer] = process.argv.slice(2);

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
const INVOKE = `{
  "version": "2018-05-29", "operation": "Invoke",
  "payload": $util.toJson({ "field": $ctx.info.fieldName, "arguments": $ctx.arguments, "identity": $ctx.identity })
}`;

const notes = [];

/** What the Lambda function behind the API does. */
function lambda({ field, arguments: { text }, identity }) {
  const owner = identity?.username ?? 'somebody';
  if (field === 'mine') return notes.filter((note) => note.owner === owner);
  if (field === 'notes') return notes;
  notes.push({ id: String(notes.length + 1), owner, text });
  return notes.at(-1);
}

const field = (typeName, fieldName, requestMappingTemplate = INVOKE) => ({
  kind: 'UNIT', typeName, fieldName, dataSourceName: 'lambda', requestMappingTemplate, responseMappingTemplate: '$util.toJson($ctx.result)',
});

const simulator = new AmplifyAppSyncSimulator();
simulator.init({
  schema: { content: SCHEMA },
  dataSources: [{ type: 'AWS_LAMBDA', name: 'lambda', invoke: lambda }],
  resolvers: [
    field('Query', 'notes'), field('Query', 'mine'), field('Query', 'broken', '$util.error("This never works.", "Broken")'),
    field('Mutation', 'createNote'),
  ],
  appSync: {
    name: 'notes',
    apiKey,
    defaultAuthenticationType: { authenticationType: 'API_KEY' },
    additionalAuthenticationProviders: [
      { authenticationType: 'AMAZON_COGNITO_USER_POOLS', cognitoUserPoolConfig: {} },
      { authenticationType: 'AWS_IAM' },
      { authenticationType: 'OPENID_CONNECT', openIDConnectConfig: { Issuer: issuer } },
    ],
  },
});

await simulator.start();

// AppSync takes the headers that prove who connects in the URL or in a sub-protocol. The simulator is older than the second
// way, which is the one that the kit goes, as URLs end up in logs.
simulator._server._httpServer.prependListener('upgrade', (request) => {
  const protocols = request.headers['sec-websocket-protocol'].split(/, ?/);
  const header = protocols.find((protocol) => protocol.startsWith('header-')).slice('header-'.length);
  request.url += `?header=${encodeURIComponent(Buffer.from(header, 'base64url').toString('base64'))}&payload=e30%3D`;
});

process.once('disconnect', () => process.exit());
process.send(`${simulator.localhostUrl}/graphql`);
