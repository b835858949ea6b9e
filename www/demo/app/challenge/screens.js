// What each step of a sign-in asks, by the name of the step: a screen of `{title, lead, fields, submitText, answer, ...}`.
import { element } from '../dom.js';
import { choiceField, passwordField, textField } from '../form/field.js';
import { setupPicture } from './totp-setup.js';

const FACTORS = {
  SMS: ['Text message', 'A code by SMS.'],
  TOTP: ['Authenticator app', 'A code that the app shows.'],
  EMAIL: ['E-mail', 'A code by e-mail.'],
  PASSWORD: ['Password, sent over TLS', 'One request.'],
  PASSWORD_SRP: ['Password, by SRP', 'The password never leaves this page.'],
  EMAIL_OTP: ['Code by e-mail', 'Instead of a password.'],
  SMS_OTP: ['Code by SMS', 'Instead of a password.'],
  WEB_AUTHN: ['Passkey', 'Of this device, or a security key.'],
};
const optionsOf = (names) => names.map((name) => [name, ...(FACTORS[name] ?? [name, 'A factor that this page does not know.'])]);

const codeField = (more) =>
  textField({ name: 'code', label: 'Code', autocomplete: 'one-time-code', inputmode: 'numeric', class: 'code', ...more });

const byCode = (title, lead, help) => ({ title, lead, help, fields: [codeField()], answer: ({ code }) => ({ challengeResponse: code }) });

const sentTo = ({ destination }, how) => `A code was sent to ${destination ?? 'you'} by ${how}.`;

const chosen = (title, lead, names) => ({
  title,
  lead,
  fields: [choiceField({ name: 'choice', legend: 'Your choice', options: optionsOf(names) })],
  answer: ({ choice }) => ({ challengeResponse: choice }),
});

const newPassword = () =>
  passwordField({ name: 'password', label: 'New password', autocomplete: 'new-password', hint: 'At least eight characters, with an uppercase letter, a lowercase letter, a digit, and a symbol.' });

const SCREENS = {
  CONFIRM_SIGN_IN_WITH_SMS_CODE: ({ codeDeliveryDetails }) => byCode('Enter the code of the SMS', sentTo(codeDeliveryDetails, 'SMS'), 'inbox'),
  CONFIRM_SIGN_IN_WITH_EMAIL_CODE: ({ codeDeliveryDetails }) => byCode('Enter the code of the e-mail', sentTo(codeDeliveryDetails, 'e-mail'), 'inbox'),
  CONFIRM_SIGN_IN_WITH_TOTP_CODE: () => byCode('Enter the code of your app', 'Your authenticator app shows a code of six digits.', 'app'),

  CONFIRM_SIGN_IN_WITH_PASSWORD: () => ({
    title: 'Enter your password',
    lead: 'You chose to sign in with a password.',
    fields: [passwordField({ label: 'Password', autocomplete: 'current-password' })],
    secret: true,
    answer: ({ password }) => ({ challengeResponse: password }),
  }),

  CONFIRM_SIGN_IN_WITH_PASSKEY: () => ({
    title: 'Use your passkey',
    lead: 'The passkey was not used: the browser’s dialog was canceled, or a reload interrupted it.',
    fields: [],
    submitText: 'Ask for the passkey again',
    answer: () => ({ challengeResponse: 'WEB_AUTHN' }),
  }),

  CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED: ({ missingAttributes }) => ({
    title: 'Choose a password',
    lead: 'Your password was a temporary one.',
    fields: [newPassword(), ...missingAttributes.map((name) => textField({ name: `attribute:${name}`, label: `Your ${name}`, autocomplete: name }))],
    secret: true,
    answer({ password, ...values }) {
      const attributes = Object.entries(values).map(([name, value]) => [name.replace('attribute:', ''), value]);
      const options = attributes.length > 0 ? { options: { userAttributes: Object.fromEntries(attributes) } } : {};
      return { challengeResponse: password, ...options };
    },
  }),

  CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE: ({ additionalInfo }) => ({
    title: 'Answer the challenge',
    lead: 'A challenge of the pool’s Lambda functions. Its public parameters:',
    facts: additionalInfo,
    help: 'inbox',
    fields: [textField({ name: 'code', label: 'Answer', autocomplete: 'off', class: 'code' })],
    answer: ({ code }) => ({ challengeResponse: code }),
  }),

  CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION: ({ availableChallenges }) =>
    chosen('Choose how to sign in', 'You can sign in with any of these.', availableChallenges),
  CONTINUE_SIGN_IN_WITH_MFA_SELECTION: ({ allowedMFATypes }) =>
    chosen('Choose a second factor', 'You have more than one. Which one do you want to use now?', allowedMFATypes),
  CONTINUE_SIGN_IN_WITH_MFA_SETUP_SELECTION: ({ allowedMFATypes }) =>
    chosen('Set up a second factor', 'This pool requires one. Which one do you want to set up?', allowedMFATypes),

  CONTINUE_SIGN_IN_WITH_TOTP_SETUP: ({ totpSetupDetails }) => ({
    ...byCode('Set up an authenticator app', 'Scan the picture with an authenticator app, or type the secret there. Then enter the code that the app shows.', 'app'),
    secretOfApp: totpSetupDetails.sharedSecret,
    beside: setupPicture(totpSetupDetails),
  }),

  CONTINUE_SIGN_IN_WITH_EMAIL_SETUP: () => ({
    title: 'Set up codes by e-mail',
    lead: 'This pool requires a second factor. Where should the codes go?',
    fields: [textField({ name: 'email', label: 'E-mail', type: 'email', autocomplete: 'email', hint: 'Any address works. Nothing leaves your machine.' })],
    answer: ({ email }) => ({ challengeResponse: email }),
  }),

  CONFIRM_SIGN_IN_WITH_UNKNOWN_CHALLENGE: ({ challengeName, parameters }) => ({
    title: `Answer ${challengeName}`,
    lead: 'A challenge that this version of Poolpass does not know. Its parameters:',
    facts: parameters,
    fields: [textField({ name: 'code', label: 'ANSWER', autocomplete: 'off' })],
    answer: ({ code }) => ({ challengeResponse: code, options: { challengeResponses: { ANSWER: code } } }),
  }),
};

/** The screen of a step. */
export function screenOf(nextStep) {
  const make = SCREENS[nextStep.signInStep];
  if (make) return { submitText: 'Continue', facts: {}, ...make(nextStep) };
  return { title: nextStep.signInStep, lead: 'This page has no screen for this step.', fields: [], submitText: 'Continue', facts: {}, answer: () => ({ challengeResponse: '' }) };
}

/** The public parameters of a challenge, as facts. */
export const factsOf = (parameters) =>
  element(
    'dl',
    { class: 'facts', hidden: Object.keys(parameters).length === 0 },
    ...Object.entries(parameters).map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, element('code', {}, value)))),
  );
