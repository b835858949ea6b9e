// How tests start Chromium: headless, quiet, in a container too. `cargo xtask test` names it as POOLPASS_CHROMIUM.
export const chromiumOptions = {
  executablePath: process.env.POOLPASS_CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};
