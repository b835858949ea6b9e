// Getting about by keyboard alone.
import { expect } from '@playwright/test';

const MOST_STOPS = 60;

/** Presses Tab until the element has the focus, and checks that the focus can be seen there. */
export async function tabTo(page, target) {
  await expect(target).toBeVisible();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return expectVisibleFocus(target);
  }
  throw new Error(`Tab does not lead to ${target}`);
}

async function expectVisibleFocus(target) {
  const outlined = await target.evaluate((element) => {
    const rings = [element, element.closest('.choice')].filter(Boolean).map((node) => getComputedStyle(node));
    return rings.some(({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2);
  });
  expect(outlined, `the focus on ${target} can be seen`).toBe(true);
}
