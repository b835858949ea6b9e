// The choice between AppSync's authorization modes.
import { card } from '../dom.js';
import { choiceField } from '../form/field.js';
import { API_KEY, LAMBDA_TOKEN } from '../settings.js';
import { signatureInWords, textInWords } from './credential.js';

const OPTIONS = [
  ['apiKey', 'API key', 'Anyone can use it. It is read-only here.'],
  ['userPool', 'User pool', 'The signed-in user’s access token.'],
  ['iam', 'IAM', 'A signature with identity pool credentials. Guests have them too.'],
  ['lambda', 'Lambda token', 'A token that your own function checks.'],
];

export function modeChooser(auth) {
  const choice = choiceField({ name: 'mode', legend: 'Authorization mode', options: OPTIONS });
  let isChosen = false;
  choice.element.addEventListener('change', () => {
    isChosen = true;
  });

  const words = {
    apiKey: () => textInWords('API key', API_KEY),
    userPool: async () => textInWords('access token', (await auth.fetchAuthSession()).tokens?.accessToken.toString()),
    iam: async () => signatureInWords('appsync', await auth.getCredentials()),
    lambda: () => textInWords('Lambda authorizer token', LAMBDA_TOKEN),
  };
  return {
    element: card('How requests are authorized', choice.element),
    /** Another user signed in, or the user signed out: the default is theirs. A choice of another mode stays. */
    reset(user) {
      if (isChosen && choice.value() !== 'userPool') return;
      isChosen = false;
      choice.choose(user ? 'userPool' : 'apiKey');
    },
    /** Options for the kit's calls. */
    options: () => ({ authMode: choice.value(), ...(choice.value() === 'lambda' && { authToken: LAMBDA_TOKEN }) }),
    /** The credential that the kit will send, in words. */
    credential: async () => words[choice.value()](),
  };
}
