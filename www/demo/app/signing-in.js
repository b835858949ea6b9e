// One sign-in, from the first call to the last step: which step of the page comes next.
import { inTab } from './kept.js';

const KEY = 'signing-in';

/** `offerDevice` asks the user whether to remember this device. `uncover` shows the steps. */
export function signingIn({ auth, go, offerDevice, uncover }) {
  /** Shows what comes next, and gives the output. */
  function follow(output, username) {
    const { nextStep } = output;
    if (output.isSignedIn) {
      // The event has shown the signed-in step.
      inTab.forget(KEY);
      if (output.canRememberDevice) offerDevice();
      return output;
    }
    uncover();
    if (nextStep.signInStep === 'CONFIRM_SIGN_UP') {
      go('confirm', { username, warning: 'This sign-up is not confirmed yet. Enter the code that you received, or request a new one.' });
    } else if (nextStep.signInStep === 'RESET_PASSWORD') {
      go('reset', { username, warning: 'This user must reset the password. Request a code.' });
    } else {
      inTab.write(KEY, username);
      go('challenge', { nextStep, username });
    }
    return output;
  }

  return {
    begin: async (input) => follow(await auth.signIn(input), input.username),
    answer: async (input) => follow(await auth.confirmSignIn(input), inTab.read(KEY) ?? ''),
    /** Goes back to the step that was shown before a reload. Gives whether there is one. */
    async resume() {
      const output = await auth.pendingSignIn();
      if (output) follow(output, inTab.read(KEY) ?? '');
      return output !== null;
    },
  };
}
