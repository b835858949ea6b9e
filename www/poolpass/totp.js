// The secret of an authenticator app, and its URI for a QR code. Loaded when an app sets one up.

/** Amplify's form: the secret, and a function for the URI. `username` is the account if the app names none. */
export function totpSetupDetails(sharedSecret, username) {
  return {
    sharedSecret,
    getSetupUri(appName, accountName = username) {
      const [issuer, account] = [appName, accountName].map(encodeURIComponent);
      return new URL(`otpauth://totp/${issuer}:${account}?secret=${sharedSecret}&issuer=${issuer}`);
    },
  };
}
