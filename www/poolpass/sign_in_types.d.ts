// The types of signing in: inputs, and the steps that a user may be asked for.
import type { CodeDeliveryDetails, Signal, UserAttributes } from './index.js';

/** The authentication flow. */
export type AuthFlowType =
  /** The password is proven by SRP and never sent. The default. */
  | 'USER_SRP_AUTH'
  /** The password is sent. The user migration trigger needs it. */
  | 'USER_PASSWORD_AUTH'
  /** The custom challenges of your Lambda triggers. */
  | 'CUSTOM_WITHOUT_SRP'
  /** The password by SRP, then the custom challenges of your Lambda triggers. */
  | 'CUSTOM_WITH_SRP'
  /** The user chooses the first factor. */
  | 'USER_AUTH';

/** A first factor of the flow `USER_AUTH`. */
export type FirstFactor = 'PASSWORD' | 'PASSWORD_SRP' | 'EMAIL_OTP' | 'SMS_OTP' | 'WEB_AUTHN';

/** A second factor. */
export type MFAType = 'SMS' | 'TOTP' | 'EMAIL';

export interface SignInInput extends Signal {
  /** The user name, or an alias such as the e-mail address. */
  username: string;
  /** The password. `CUSTOM_WITHOUT_SRP` needs none, and `USER_AUTH` only for a password as first factor. */
  password?: string;
  options?: {
    authFlowType?: AuthFlowType;
    /**
     * For `USER_AUTH`: the first factor to begin with. Default: `PASSWORD_SRP` if there is a password; else the user chooses, by
     * the step `CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION`.
     */
    preferredChallenge?: FirstFactor;
    /**
     * Waits until the user chooses a passkey among the suggestions of an input with `autocomplete="username webauthn"`, and opens no
     * dialog. Needs `authFlowType: 'USER_AUTH'` and `preferredChallenge: 'WEB_AUTHN'`, and the user name: Cognito offers no
     * passkeys of unknown users, so take the name that the user signed in with last time.
     *
     * The wait does not disturb the page: it begins anew before Cognito's challenge expires, while the page is visible. It pauses
     * for a dialog, goes on after a dialog or a password that failed, and ends with reason `passkey_superseded` when the user signs
     * in otherwise. Abort it with `signal` when the form goes.
     */
    autofill?: boolean;
    /** Data for your Lambda triggers. */
    clientMetadata?: Record<string, string>;
  };
}

export interface ConfirmSignInInput extends Signal {
  /** The code, the password, or the name of what the user chose. */
  challengeResponse: string;
  options?: {
    /** For `CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED`: the missing attributes. */
    userAttributes?: UserAttributes;
    /** For `CONTINUE_SIGN_IN_WITH_TOTP_SETUP`: the name of the authenticator app. */
    friendlyDeviceName?: string;
    /** For `CONFIRM_SIGN_IN_WITH_UNKNOWN_CHALLENGE`: the members of Cognito's `ChallengeResponses`. Default: `ANSWER`. */
    challengeResponses?: Record<string, string>;
    /** Data for your Lambda triggers. */
    clientMetadata?: Record<string, string>;
  };
}

/** What has become of a sign-in. Check `nextStep.signInStep` to narrow it. */
/** What the user has to have proven: `acr`, or `maxAge`, or both. */
export interface RequireAuthInput extends Signal {
  /**
   * The level of authentication, or several that are enough, the preferred one first: names of the pool's levels, such as
   * `urn:cognito:loa:3`. Of these default names, a higher level is enough too.
   */
  acr?: string | string[];
  /** How long ago the user may have authenticated, in seconds. */
  maxAge?: number;
  options?: {
    /** The factor to begin with. Default: the user chooses where there are several. */
    preferredChallenge?: 'EMAIL_OTP' | 'SMS_OTP' | 'WEB_AUTHN';
    /** Data for the triggers. */
    clientMetadata?: Record<string, string>;
  };
}

export type SignInOutput =
  | {
      isSignedIn: true;
      nextStep: { signInStep: 'DONE' };
      /**
       * Whether the pool lets the user choose to remember this device. Ask, and call {@link Auth.rememberDevice} after a yes. Only the
       * first sign-in on a device has it.
       */
      canRememberDevice?: boolean;
    }
  | { isSignedIn: false; nextStep: Exclude<SignInStep, { signInStep: 'DONE' }> };

/** A step of a sign-in, with what is needed to ask the user for it. {@link Auth.confirmSignIn} takes the answer. */
export type SignInStep =
  /** The user is signed in. */
  | { signInStep: 'DONE' }
  /** The user must confirm the sign-up first, by `confirmSignUp`. */
  | { signInStep: 'CONFIRM_SIGN_UP' }
  /** The user must reset the password first, by `resetPassword`. */
  | { signInStep: 'RESET_PASSWORD' }
  /** Answer: the code of the text message. */
  | { signInStep: 'CONFIRM_SIGN_IN_WITH_SMS_CODE'; codeDeliveryDetails: CodeDeliveryDetails }
  /** Answer: the code of the e-mail. */
  | { signInStep: 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE'; codeDeliveryDetails: CodeDeliveryDetails }
  /** Answer: the code of the authenticator app. */
  | { signInStep: 'CONFIRM_SIGN_IN_WITH_TOTP_CODE' }
  /** Answer: the password. */
  | { signInStep: 'CONFIRM_SIGN_IN_WITH_PASSWORD' }
  /** Answer: anything. The browser asks for the passkey once more: it was cancelled, or a reload interrupted it. */
  | { signInStep: 'CONFIRM_SIGN_IN_WITH_PASSKEY' }
  /** Answer: the new password, and the missing attributes as `options.userAttributes`. */
  | { signInStep: 'CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED'; missingAttributes: string[] }
  /** Answer: as your Lambda triggers expect it. `additionalInfo` has their public parameters. */
  | { signInStep: 'CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE'; additionalInfo: Record<string, string> }
  /** Answer: one of the factors. */
  | { signInStep: 'CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION'; availableChallenges: (FirstFactor | (string & {}))[] }
  /** Answer: one of the types. */
  | { signInStep: 'CONTINUE_SIGN_IN_WITH_MFA_SELECTION'; allowedMFATypes: (MFAType | (string & {}))[] }
  /** Answer: one of the types, which is then set up. */
  | { signInStep: 'CONTINUE_SIGN_IN_WITH_MFA_SETUP_SELECTION'; allowedMFATypes: MFAType[] }
  /** Answer: a code of the authenticator app that the user has just set up. */
  | { signInStep: 'CONTINUE_SIGN_IN_WITH_TOTP_SETUP'; totpSetupDetails: TOTPSetupDetails }
  /** Answer: the e-mail address for the codes. */
  | { signInStep: 'CONTINUE_SIGN_IN_WITH_EMAIL_SETUP' }
  /** A challenge that this version does not know. Answer: `options.challengeResponses`. */
  | { signInStep: 'CONFIRM_SIGN_IN_WITH_UNKNOWN_CHALLENGE'; challengeName: string; parameters: Record<string, string> };

/** The secret of an authenticator app, and the address that such an app takes. */
export interface TOTPSetupDetails {
  /** In base32, for users who type it. */
  sharedSecret: string;
  /** The `otpauth:` URI for a QR code. The account's default is what the user signed in with. */
  getSetupUri(appName: string, accountName?: string): URL;
}
