// What this page itself remembers, beside the kit: in the browser or in the tab. A browser that stores nothing remembers nothing.
const PREFIX = 'poolpass-demo.';

function keptIn(storageOf) {
  const attempt = (act) => {
    try {
      return act(storageOf());
    } catch {
      return null;
    }
  };
  return {
    read: (name) => attempt((storage) => storage.getItem(PREFIX + name)),
    write: (name, value) => attempt((storage) => storage.setItem(PREFIX + name, value)),
    forget: (name) => attempt((storage) => storage.removeItem(PREFIX + name)),
  };
}

export const inBrowser = keptIn(() => localStorage);
export const inTab = keptIn(() => sessionStorage);
