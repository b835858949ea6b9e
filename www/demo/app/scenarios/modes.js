// How a request to AppSync proves who asks: the modes of its APIs, one of which is chosen.
import { card } from '../dom.js';
import { choiceField } from '../form/field.js';
import { API_KEY, LAMBDA_TOKEN } from '../settings.js';
import { signatureInWords, textInWords } from './credential.js';

const OPTIONS = [
  ['apiKey', 'API key', 'For anybody. It only reads.'],
  ['userPool', 'User pool', 'The access token of whoever is signed in.'],
  ['iam', 'IAM', 'A signature with the identity pool’s credentials, a guest’s too.'],
  ['lambda', 'Lambda token', 'A token that a function of yours checks.'],
];

export function modeChooser(auth) {
  const choice = choiceField({ name: 'mode', legend: 'Mode of authorisation', options: OPTIONS });
  const words = {
    apiKey: () => textInWords('API key', API_KEY),
    userPool: async () => textInWords('access token', (await auth.fetchAuthSession()).tokens?.accessToken.toString()),
    iam: async () => signatureInWords('appsync', await auth.getCredentials()),
    lambda: () => textInWords('token for the Lambda authoriser', LAMBDA_TOKEN),
  };
  return {
    element: card('Who asks', choice.element),
    /** For the calls of the kit. */
    options: () => ({ authMode: choice.value(), ...(choice.value() === 'lambda' && { authToken: LAMBDA_TOKEN }) }),
    /** What will be sent, in words. */
    credential: async () => words[choice.value()](),
  };
}
