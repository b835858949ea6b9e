// The types of the account: passwords, attributes, second factors.
import type { CodeDeliveryDetails, Signal, VerifiableUserAttributeKey } from './index.js';
import type { FirstFactor, MFAType, TOTPSetupDetails } from './sign_in_types.js';

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

export interface UpdateUserAttributesInput<Name extends string = string> extends Signal {
  /** The new values. Those that are undefined stay as they are. */
  userAttributes: { [N in Name]?: string | undefined };
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

export type SetUpTOTPOutput = TOTPSetupDetails;

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

/** A page of the user's sessions: see {@link Auth.listSessions}. */
export interface ListSessionsOutput {
  sessions: UserSession[];
  /** For the next page, if there is one. */
  nextToken?: string;
}

/** A session of the user, on any device. */
export interface UserSession {
  sessionId?: string;
  /** A sign-in of an app, or at the hosted UI. */
  sessionType?: 'TOKEN' | 'SSO' | (string & {});
  /** The app client that the user signed in to. */
  clientId?: string;
  createDate?: Date;
  lastActiveDate?: Date;
  deviceType?: string;
  lastIPAddress?: string;
  lastLocation?: { city?: string; country?: string };
  /** The session of the hosted UI that this one came from. */
  originSessionId?: string;
  /** Whether it is this one. */
  isCurrentSession: boolean;
}

export interface RevokeSessionInput extends Signal {
  sessionId: string;
  options?: {
    /** Whether the sessions that came from it, or that it came from, end too. Default: no. */
    revokeAssociatedSessions?: 'NONE' | 'LINKED';
  };
}

export interface UpdateAuthEventFeedbackInput extends Signal {
  username: string;
  eventId: string;
  /** From the link in the mail. */
  feedbackToken: string;
  feedbackValue: 'Valid' | 'Invalid';
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

/** A passkey of the user, as the user pool describes it. */
export interface AuthWebAuthnCredential {
  credentialId: string;
  /** A name for people, such as that of the password manager. */
  friendlyCredentialName: string;
  /** The domain that it is for. */
  relyingPartyId: string;
  /** `platform` or `cross-platform`, if the authenticator said so. */
  authenticatorAttachment?: string;
  /** How the authenticator can be reached, such as `internal` or `hybrid`. */
  authenticatorTransports: string[];
  createdAt: Date;
}

export interface ListWebAuthnCredentialsInput {
  /** At most 20, which is the default. */
  pageSize?: number;
  /** The `nextToken` of the page before. */
  nextToken?: string;
}

export interface ListWebAuthnCredentialsOutput {
  credentials: AuthWebAuthnCredential[];
  /** Of the next page, if there is one. */
  nextToken?: string;
}

export interface DeleteWebAuthnCredentialInput {
  credentialId: string;
}
