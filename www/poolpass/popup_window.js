// The window of a popup. It opens before anything is loaded or waited for.
import { badOption } from './input.js';

/** Opens the window. To be called before anything is waited for, or the browser takes it for an advertisement's. */
export function openWindow({ width = 500, height = 650 }) {
  for (const [name, size] of Object.entries({ width, height })) if (!Number.isFinite(size)) throw badOption(`options.${name}`);
  const { screenX = 0, screenY = 0, outerWidth = width, outerHeight = height } = globalThis;
  const left = Math.max(0, screenX + (outerWidth - width) / 2);
  const top = Math.max(0, screenY + (outerHeight - height) / 2);
  return globalThis.open('', '_blank', `popup,width=${width},height=${height},left=${left},top=${top}`) ?? undefined;
}
