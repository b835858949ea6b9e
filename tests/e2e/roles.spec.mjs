// Names, roles and purposes for assistive technology and password managers.
import { ALICE } from './support/emulator.mjs';
import { expect, test } from './support/test.mjs';
import { REFUSED } from './support/troubles.mjs';

test('every step has one heading, and labelled fields with their purposes', async ({ page, demo }) => {
  await demo.open();
  await expect(page.getByRole('tablist', { name: 'Scenarios' })).toMatchAriaSnapshot(`
    - tablist "Scenarios":
      - tab "Users" [selected]
      - tab "Account & security"
      - tab "Your server"
      - tab "API Gateway"
      - tab "AWS services"
      - tab "Guests & third parties"
      - tab "AppSync"
  `);
  await page.getByText('Flow and code').click();
  await expect(page.getByRole('tabpanel', { name: 'Users' })).toMatchAriaSnapshot(`
    - heading "Sign in" [level=1]
    - paragraph
    - form "Sign in":
      - textbox "User name or e-mail"
      - textbox "Password"
      - button "Show password"
      - group:
        - text: Flow and code
        - group "Sign-in flow":
          - radio "SRP" [checked]
          - radio "Send the password"
          - radio "Choose the factor"
          - radio "Custom challenge"
          - radio "Password, then custom challenge"
        - group "Code of the sign-in"
        - button "Copy the code of the sign-in"
        - status
      - button "Sign in"
    - paragraph:
      - link "Reset it"
    - paragraph:
      - link "Sign up"
    - paragraph:
      - link "Enter your code"
    - paragraph:
      - link "Note 3"
    - region "Or use the hosted page":
      - heading "Or use the hosted page" [level=2]
      - paragraph
      - button "Sign in with the hosted page"
      - button "Sign in with a popup"
      - button "Sign up on the hosted page"
      - button "Forgot your password?"
      - heading "Continue with" [level=3]
      - group "Continue with":
        - button "Google"
        - button "Facebook"
        - button "Amazon"
        - button "Apple"
        - button "ExampleSAML"
      - textbox "App state"
  `);
  await expect(demo.username).toHaveAttribute('autocomplete', 'username');
  await expect(demo.password).toHaveAttribute('autocomplete', 'current-password');
  await expect(page.getByRole('radio', { name: 'SRP', exact: true })).toHaveAccessibleDescription(/never leaves this page/);

  await page.getByRole('link', { name: 'Sign up' }).click();
  await expect(page.getByRole('form', { name: 'Sign up' })).toMatchAriaSnapshot(`
    - form "Sign up":
      - textbox "User name"
      - textbox "E-mail"
      - textbox "Password"
      - button "Show password"
      - button "Sign up"
  `);
  await expect(demo.email).toHaveAttribute('autocomplete', 'email');
  await expect(demo.email).toHaveAttribute('type', 'email');
  await expect(demo.password).toHaveAttribute('autocomplete', 'new-password');
  await expect(demo.password).toHaveAccessibleDescription(/eight characters/);

  await page.goto('#confirm');
  await expect(demo.code).toHaveAttribute('autocomplete', 'one-time-code');
  await expect(demo.code).toHaveAttribute('inputmode', 'numeric');
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expect(page.getByRole('complementary', { name: 'Help and activity' })).toBeVisible();
});

test('a button is busy while it works, and works once', async ({ demo, emulator }) => {
  await demo.open();
  await emulator.fault({ operation: 'InitiateAuth', kind: 'late', delayMs: 1_500 });
  await demo.signIn(ALICE);
  const button = demo.button('Sign in');
  await expect(button).toHaveAttribute('aria-busy', 'true');
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  // What a nervous user does.
  await button.dispatchEvent('click');
  await button.dispatchEvent('click');
  await demo.expectSignedIn(ALICE);
  expect(await emulator.counts()).toEqual({ InitiateAuth: 1, RespondToAuthChallenge: 1 });
});

test('a problem is an alert, and marks its field', async ({ demo, troubles }) => {
  troubles.expect(REFUSED);
  await demo.open();
  await demo.signIn({ username: '', password: 'x' });
  await expect(demo.problem).toHaveRole('alert');
  await expect(demo.username).toHaveAttribute('aria-invalid', 'true');
  await expect(demo.username).toHaveAccessibleErrorMessage(/Enter your user name/);
  await demo.username.fill('a');
  await expect(demo.username).not.toHaveAttribute('aria-invalid');
});

test('nothing moves for users who prefer reduced motion', async ({ page, demo }) => {
  const moving = () => page.evaluate(() => document.getAnimations().length);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await demo.openSignedIn(ALICE);
  expect(await moving()).toBe(0);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await demo.button('Sign out').click();
  await expect(demo.heading('Sign in')).toBeVisible();
  expect(await page.evaluate(() => getComputedStyle(document.querySelector('#step > *')).animationName)).toBe('arrive');
});
