// The types of the account: passwords, attributes, second factors.
import type { CodeDeliveryDetails, Signal, VerifiableUserAttributeKey } from './index.js';
import type { FirstFactor, MFAType } from './sign_in_types.js';

export interface ResetPasswordInput extends Signal {
  username: string;
  options?: { clientMetadata?: Record<string, string> };
}

export interface ResetPasswordOutput {
  /** Not yet: {@link Auth.confirmResetPassword} does that. */
  isPasswordReset: boolean;
  nextStep: { resetPasswordStep: 'CONFIRM_RESET_PASSWORD_WITH_CODE'; codeDeliveryDetails: CodeDeliveryDetails };
}

export interface ConfirmResetPasswordInput extends Signal {
  username: string;
  newPassword: string;
  /** Spaces are ignored. */
  confirmationCode: string;
  options?: { clientMetadata?: Record<string, string> };
}

export interface UpdatePasswordInput extends Signal {
  /** Leave it out only for a user who has no password yet. */
  oldPassword?: string;
  newPassword: string;
}

export interface UpdateUserAttributesInput extends Signal {
  userAttributes: Record<string, string>;
  options?: { clientMetadata?: Record<string, string> };
}

export interface UpdateUserAttributeInput extends Signal {
  userAttribute: { attributeKey: string; value: string };
  options?: { clientMetadata?: Record<string, string> };
}

export interface UpdateUserAttributeOutput {
  isUpdated: boolean;
  nextStep:
    | { updateAttributeStep: 'DONE' }
    | { updateAttributeStep: 'CONFIRM_ATTRIBUTE_WITH_CODE'; codeDeliveryDetails: CodeDeliveryDetails };
}

export interface DeleteUserAttributesInput extends Signal {
  userAttributeKeys: [string, ...string[]];
}

export interface SendUserAttributeVerificationCodeInput extends Signal {
  userAttributeKey: VerifiableUserAttributeKey;
  options?: { clientMetadata?: Record<string, string> };
}

export interface ConfirmUserAttributeInput extends Signal {
  userAttributeKey: VerifiableUserAttributeKey;
  /** Spaces are ignored. */
  confirmationCode: string;
}

export interface SetUpTOTPOutput {
  /** The secret, in Base32, for users who type it. */
  sharedSecret: string;
  /**
   * The address for a QR code or a link: `otpauth://totp/…`. The names are what the authenticator app shows. Default for the
   * account: what the user has signed in with.
   */
  getSetupUri(appName: string, accountName?: string): URL;
}

export interface VerifyTOTPSetupInput extends Signal {
  /** Spaces are ignored. */
  code: string;
  options?: { friendlyDeviceName?: string };
}

export interface FetchMFAPreferenceOutput {
  /** Missing if there is none. */
  enabled?: MFAType[];
  preferred?: MFAType;
}

/**
 * - `'ENABLED'`, `'DISABLED'`: the user can be asked for it, or not;
 * - `'PREFERRED'`: enabled, and asked for first;
 * - `'NOT_PREFERRED'`: enabled, and no longer asked for first.
 */
export type MFAPreference = 'ENABLED' | 'DISABLED' | 'PREFERRED' | 'NOT_PREFERRED';

export interface UpdateMFAPreferenceInput extends Signal {
  sms?: MFAPreference;
  totp?: MFAPreference;
  email?: MFAPreference;
  /** Whether a passkey with user verification counts as two factors. The pool must allow it, and the user needs another factor. */
  passkey?: 'ENABLED' | 'DISABLED';
}

export interface FetchAuthFactorsOutput extends FetchMFAPreferenceOutput {
  username: string;
  /** The first factors that the user has set up. */
  factors?: (FirstFactor | (string & {}))[];
}

/** A device that the user is remembered on. */
export interface UserDevice {
  /** Cognito's key of the device. */
  id: string;
  /** The browser's brands and its platform, as it was when the device was new. */
  name?: string;
  /** Such as `dev:device_remembered_status`. */
  attributes: Record<string, string>;
  createDate?: Date;
  lastModifiedDate?: Date;
  lastAuthenticatedDate?: Date;
}

/** A device of the user. By default the one that the user is signed in on. */
export interface DeviceInput extends Signal {
  device?: { id: string; name?: string };
}
