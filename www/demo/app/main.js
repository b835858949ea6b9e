// Starts the page: settings, the kit, the steps, and what the kit's events do to them.
import { createAuth } from '/poolpass/index.js';
import { activityLog } from './activity.js';
import { outsideLink } from './dom.js';
import { emulatorAt } from './emulator.js';
import { followEvents } from './events.js';
import { navigation } from './navigation.js';
import { noticeIn } from './notice.js';
import { watchRequests } from './requests.js';
import { kitConfig, readSettings } from './settings.js';
import { brokenStep } from './steps/broken.js';
import { confirmStep } from './steps/confirm.js';
import { sessionStep } from './steps/session.js';
import { signInStep } from './steps/sign-in.js';
import { signUpStep } from './steps/sign-up.js';
import { unreachableStep } from './steps/unreachable.js';

const place = (id) => document.getElementById(id);

async function start() {
  const settings = await readSettings();
  const emulator = emulatorAt(settings);
  place('elsewhere').append(outsideLink(emulator.page, 'poolpass-local'));
  const activity = activityLog();
  place('activity').append(activity.element);
  watchRequests(settings.endpoint, activity.request);

  const comesBack = new URLSearchParams(location.search).has('state');
  const auth = await createAuth(kitConfig(settings, `${location.origin}/`));
  const arrival = auth.handleRedirect().catch((error) => ({ error }));

  const notice = noticeIn(place('notice'));
  const steps = {};
  const go = navigation(steps, { step: place('step'), help: place('help'), notice });
  const arrived = (answer) => steps.session.arrived(answer);
  const tools = { arrived, auth, emulator, go, notice };
  Object.assign(steps, {
    'sign-in': signInStep(tools),
    'sign-up': signUpStep(tools),
    confirm: confirmStep(tools),
    session: sessionStep(tools),
    unreachable: unreachableStep(tools),
  });
  followEvents(auth, { activity, go, notice, session: steps.session });

  // From the storage alone: a page that is signed in opens without any request.
  const user = await auth.getCurrentUser().catch((error) => {
    if (error.name !== 'UserUnAuthenticatedException') throw error;
  });
  if (user) go.signedIn();
  else if (comesBack) go.home({ notice: 'Finishing your sign-in…' });
  else if (await emulator.answers()) go.home();
  else go('unreachable');

  const answer = await arrival;
  if (answer?.error) {
    history.replaceState(null, '', answer.error.returnTo ?? location.href);
    go.home({ problem: answer.error });
  } else if (answer) arrived(answer);
  else if (comesBack) notice.say('You can close this window.'); // what it brought is for the page that opened it
}

start().catch((error) => place('step').replaceChildren(brokenStep(error)));
