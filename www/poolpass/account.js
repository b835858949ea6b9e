// The methods whose results are not plain data, or depend on the input. Loaded with the first of them. `perform` runs the operation
// of that name, or another one, with an input.
import { unloadable } from './shared.js';
import { totpSetup } from './totp.js';

export { autoSignIn, confirmSignUp, signUp } from './auto_sign_in.js';

/** What waits for a code is not changed yet. */
export async function updateUserAttributes(perform, input) {
  return updated(Object.keys(input.userAttributes ?? {}), await perform(input));
}

export async function updateUserAttribute(perform, input) {
  const { attributeKey } = input.userAttribute ?? {};
  return updated([attributeKey], await perform(input))[attributeKey];
}

function updated(names, { codeDeliveryDetailsList = [] }) {
  const outcome = (name) => {
    const codeDeliveryDetails = codeDeliveryDetailsList.find(({ attributeName }) => attributeName === name);
    return codeDeliveryDetails
      ? { isUpdated: false, nextStep: { updateAttributeStep: 'CONFIRM_ATTRIBUTE_WITH_CODE', codeDeliveryDetails } }
      : { isUpdated: true, nextStep: { updateAttributeStep: 'DONE' } };
  };
  return Object.fromEntries(names.map((name) => [name, outcome(name)]));
}

/** The app shows what the user has signed in with: a user name may be a random one. */
export async function setUpTOTP(perform, input) {
  const { sharedSecret } = await perform(input);
  const { username, signInDetails } = await perform({}, 'getCurrentUser');
  return totpSetup(sharedSecret, signInDetails?.loginId ?? username);
}

export async function listSessions(perform, input) {
  const { sessions = [], nextToken } = await perform(input);
  const dated = ({ createDate, lastActiveDate, ...session }) => ({ ...session, createDate: date(createDate), lastActiveDate: date(lastActiveDate) });
  return { sessions: sessions.map(dated), nextToken };
}

/** All devices: Cognito lists them in pages. */
export async function fetchDevices(perform, input) {
  const found = [];
  for (let given = input; given; ) {
    const { devices, nextToken } = await perform(given);
    found.push(...devices.map(device));
    given = nextToken && { nextToken };
  }
  return found;
}

export const getDevice = async (perform, input) => device(await perform(input));

function device({ id, attributes = {}, createDate, lastModifiedDate, lastAuthenticatedDate }) {
  return {
    ...{ id, name: attributes.device_name, attributes },
    createDate: date(createDate),
    lastModifiedDate: date(lastModifiedDate),
    lastAuthenticatedDate: date(lastAuthenticatedDate),
  };
}

/** Of seconds since 1970. */
const date = (seconds) => (seconds === undefined ? undefined : new Date(seconds * 1000));

const passkeys = () =>
  import('./passkeys.js').catch((cause) => {
    throw unloadable(cause);
  });

export async function associateWebAuthnCredential(_, __, call) {
  const { register } = await passkeys();
  await register(call);
}

/** A list that is complete says which passkeys there are. */
export async function listWebAuthnCredentials(perform, input, call) {
  const { credentials = [], nextToken } = await perform(input);
  if (!input.nextToken && !nextToken) void passkeys().then(({ signalAccepted }) => signalAccepted(call, credentials), () => {});
  const dated = ({ createdAt, ...credential }) => ({ ...credential, createdAt: date(createdAt) });
  return { credentials: credentials.map(dated), nextToken };
}

export async function deleteWebAuthnCredential(perform, input, call) {
  await perform(input);
  void passkeys().then(({ signalUnknown }) => signalUnknown(call, input.credentialId), () => {});
}
