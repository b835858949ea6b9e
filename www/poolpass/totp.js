// Authenticator apps.

/**
 * The result of `setUpTOTP`, and what belongs to the step that sets an app up: the secret, and the address that such an app takes,
 * from a QR code or a link (Key Uri Format of Google Authenticator).
 */
export const totpSetup = (sharedSecret, account) => ({
  sharedSecret,
  getSetupUri(appName, accountName = account) {
    const label = [appName, accountName].map(encodeURIComponent).join(':');
    return new URL(`otpauth://totp/${label}?secret=${sharedSecret}&issuer=${encodeURIComponent(appName)}`);
  },
});
