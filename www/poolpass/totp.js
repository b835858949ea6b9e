// Authenticator apps.

/**
 * The result of `setUpTOTP`, and what belongs to the step that sets an app up: the secret, and the address that such an app takes,
 * from a QR code or a link (Key Uri Format of Google Authenticator). The colon between the app's name and the account is its own.
 */
export const totpSetup = (sharedSecret, account) => ({
  sharedSecret,
  getSetupUri(appName, accountName = account) {
    const label = [appName.replaceAll(':', ' '), accountName].map(encodeURIComponent).join(':');
    return new URL(`otpauth://totp/${label}?secret=${sharedSecret}&issuer=${encodeURIComponent(appName)}`);
  },
});
