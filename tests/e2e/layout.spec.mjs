// The demo's help for a step: test users and inbox stand where they are needed, on the screen and in the document.
import { expect, test } from './support/test.mjs';

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 800 };

const boxOf = async (locator) => {
  await expect(locator).toBeVisible();
  return locator.boundingBox();
};

async function expectAbove(first, second) {
  const [upper, lower] = [await boxOf(first), await boxOf(second)];
  expect(upper.y + upper.height).toBeLessThanOrEqual(lower.y);
  const isBefore = await first.evaluate((one, other) => one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING, await second.elementHandle());
  expect(isBefore, 'the keyboard finds it first').toBeTruthy();
}

test.describe('on a phone', () => {
  test.use({ viewport: PHONE, hasTouch: true });

  test('the test users stand above the sign-in form', async ({ page, demo }) => {
    await demo.open();
    await expectAbove(page.getByRole('button', { name: /^frank/ }), demo.username);
    await page.getByRole('button', { name: /^alice/ }).tap();
    await expect(demo.username).toHaveValue('alice');
    await expect(demo.button('Sign in')).toBeInViewport();
  });

  test('the inbox stands above the code', async ({ demo }) => {
    await demo.open('#confirm');
    await expectAbove(demo.page.getByRole('button', { name: /inbox$/ }), demo.code);
  });

  test('a scenario is not pushed down by the help of a step', async ({ page, demo }) => {
    await demo.open();
    await expect(page.getByRole('button', { name: /^alice/ })).toBeVisible();
    await demo.show('AppSync');
    await expect(page.getByRole('button', { name: /^alice/ })).toBeHidden();
  });
});

test.describe('on a desktop', () => {
  test.use({ viewport: DESKTOP });

  test('the test users stand beside the sign-in form', async ({ page, demo }) => {
    await demo.open();
    const [user, form] = [await boxOf(page.getByRole('button', { name: /^alice/ })), await boxOf(page.getByRole('form', { name: 'Sign in' }))];
    expect(user.x).toBeGreaterThan(form.x + form.width);
    expect(user.y).toBeLessThan(form.y + form.height);
  });

  test('a window that narrows keeps the focus in the help', async ({ page, demo }) => {
    await demo.open();
    const alice = page.getByRole('button', { name: /^alice/ });
    await alice.focus();
    await page.setViewportSize(PHONE);
    await expectAbove(alice, demo.username);
    await expect(alice).toBeFocused();
    await page.setViewportSize(DESKTOP);
    await expect.poll(async () => (await boxOf(alice)).x).toBeGreaterThan((await boxOf(demo.username)).x + 300);
    await expect(alice).toBeFocused();
  });
});
