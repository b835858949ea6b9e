// The step that the user is asked for, in the form of the API. Loaded with the first one.
import { unloadable } from './shared.js';
import { totpSetup } from './totp.js';

const FACTORS = { SMS_MFA: 'SMS', SOFTWARE_TOKEN_MFA: 'TOTP', EMAIL_OTP: 'EMAIL' };

/**
 * The output of a call for a step as the wasm keeps it. A passkey is used at once where the call signs in; it has a part of its own.
 */
export async function asked(step, call) {
  const signsIn = call.name === 'signIn' || call.name === 'confirmSignIn';
  const isPasskey = step.challenge.ChallengeName === 'WEB_AUTHN' || (signsIn && JSON.parse(call.json).options?.autofill);
  if (!signsIn || !isPasskey) return outputFor(step);
  const { usePasskey } = await import('./passkeys.js').catch((cause) => {
    throw unloadable(cause);
  });
  return usePasskey(step, call);
}

function outputFor({ loginId, choice, totpSecret, challenge }) {
  const { ChallengeName: name, ChallengeParameters: parameters = {}, AvailableChallenges: available = [] } = challenge;
  const step = (signInStep, more) => ({ isSignedIn: false, nextStep: { signInStep, ...more } });
  const list = (key) => read(parameters[key], []);
  const factors = (key) => list(key).map((name) => FACTORS[name] ?? name);
  const codeDeliveryDetails = {
    deliveryMedium: parameters.CODE_DELIVERY_DELIVERY_MEDIUM,
    destination: parameters.CODE_DELIVERY_DESTINATION,
  };
  switch (name) {
    case 'SMS_MFA':
    case 'SMS_OTP':
      return step('CONFIRM_SIGN_IN_WITH_SMS_CODE', { codeDeliveryDetails });
    case 'EMAIL_OTP':
      return step('CONFIRM_SIGN_IN_WITH_EMAIL_CODE', { codeDeliveryDetails });
    case 'SOFTWARE_TOKEN_MFA':
      return step('CONFIRM_SIGN_IN_WITH_TOTP_CODE');
    case 'SELECT_MFA_TYPE':
      return step('CONTINUE_SIGN_IN_WITH_MFA_SELECTION', { allowedMFATypes: factors('MFAS_CAN_CHOOSE') });
    case 'MFA_SETUP':
      if (totpSecret) return step('CONTINUE_SIGN_IN_WITH_TOTP_SETUP', { totpSetupDetails: totpSetup(totpSecret, loginId) });
      if (choice) return step('CONTINUE_SIGN_IN_WITH_EMAIL_SETUP');
      return step('CONTINUE_SIGN_IN_WITH_MFA_SETUP_SELECTION', {
        allowedMFATypes: factors('MFAS_CAN_SETUP').filter((type) => type === 'TOTP' || type === 'EMAIL'),
      });
    case 'NEW_PASSWORD_REQUIRED':
      return step('CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED', {
        missingAttributes: list('requiredAttributes').map((name) => name.replace(/^userAttributes\./, '')),
      });
    case 'CUSTOM_CHALLENGE':
      return step('CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE', { additionalInfo: parameters });
    case 'PASSWORD':
    case 'PASSWORD_SRP':
      return step('CONFIRM_SIGN_IN_WITH_PASSWORD');
    case 'SELECT_CHALLENGE':
      if (choice) return step('CONFIRM_SIGN_IN_WITH_PASSWORD');
      return step('CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION', { availableChallenges: available });
    case 'WEB_AUTHN':
      return step('CONFIRM_SIGN_IN_WITH_PASSKEY');
    default:
      return step('CONFIRM_SIGN_IN_WITH_UNKNOWN_CHALLENGE', { challengeName: name, parameters });
  }
}

function read(json, otherwise) {
  try {
    return JSON.parse(json) ?? otherwise;
  } catch {
    return otherwise;
  }
}
