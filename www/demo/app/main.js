// Starts the page: settings, the kit, the steps, and the reactions to the kit's events.
import { createAuth } from '/poolpass/index.js';
import { accountScenario } from './account/scenario.js';
import { activityLog } from './activity.js';
import { outsideLink } from './dom.js';
import { emulatorAt } from './emulator.js';
import { followEvents } from './events.js';
import { placeHelp } from './help/placement.js';
import { kitsBeside } from './kits.js';
import { CHALLENGE, navigation } from './navigation.js';
import { noticeIn } from './notice.js';
import { withChosenPool } from './pools.js';
import { watchRequests } from './requests.js';
import { scenarioPanels } from './scenarios/panels.js';
import { scenarioTabs } from './scenarios/tabs.js';
import { kitConfig, outsideConfig, readSettings } from './settings.js';
import { signingIn } from './signing-in.js';
import { brokenStep } from './steps/broken.js';
import { challengeStep } from './steps/challenge.js';
import { confirmStep } from './steps/confirm.js';
import { resetStep } from './steps/reset.js';
import { sessionStep } from './steps/session.js';
import { signInStep } from './steps/sign-in.js';
import { signUpStep } from './steps/sign-up.js';
import { unreachableStep } from './steps/unreachable.js';
import { tryAs, wantedUser } from './try-as.js';
import { userChip } from './user-chip.js';

const place = (id) => document.getElementById(id);

async function start() {
  const settings = withChosenPool(await readSettings());
  const emulator = emulatorAt(settings);
  place('elsewhere').append(outsideLink(emulator.page, 'poolpass-local'));
  const activity = activityLog();
  place('activity').append(activity.element);
  watchRequests(settings.endpoint, activity.request);

  const comesBack = new URLSearchParams(location.search).has('state');
  const home = `${location.origin}/`;
  const config = kitConfig(settings, home);
  const [auth, outside] = await Promise.all([createAuth(config), createAuth(outsideConfig(settings, home))]);
  const arrivals = Promise.all([auth, outside].map((each) => each.handleRedirect().catch((error) => ({ error }))));

  const notice = noticeIn(place('notice'));
  placeHelp(place('help'), { above: place('users'), beside: place('aside') });
  const steps = {};
  const go = navigation(steps, { step: place('step'), help: place('help'), notice }, () => tabs.covers());
  const uncover = () => tabs.covers() && tabs.go('users');
  const signIn = signingIn({ auth, go, uncover, offerDevice: () => steps.session.offerDevice() });
  const tryIt = tryAs({ settings, signIn });
  const chip = userChip({ auth, emulator, tryIt, notice });
  place('who').append(chip.element);
  const account = accountScenario({ auth, emulator, notice, settings, goTo: (name) => tabs.go(name) });
  const scenarios = scenarioPanels({ auth, outside, kit: kitsBeside(config), settings, notice }, [account]);
  place('users').after(...scenarios.panels);
  const tabs = scenarioTabs(place('scenarios'), [
    { name: 'users', title: 'Users', panel: place('users'), show: () => showHelp(true) },
    ...scenarios.tabs.map((tab) => ({ ...tab, show: () => (showHelp(false), tab.show()) })),
  ]);
  function showHelp(isFor) {
    place('help').hidden = !isFor;
    if (isFor) go.uncovered();
  }

  const arrived = (answer) => steps.session.arrived(answer);
  const tools = { arrived, auth, emulator, go, notice, settings, signIn, tryIt };
  Object.assign(steps, {
    'sign-in': signInStep(tools),
    'sign-up': signUpStep(tools),
    confirm: confirmStep(tools),
    reset: resetStep(tools),
    challenge: challengeStep(tools),
    session: sessionStep(tools),
    unreachable: unreachableStep(tools),
  });
  function changed(user) {
    chip.show(user);
    scenarios.changed(user);
  }
  followEvents(auth, { activity, changed, go, notice, session: steps.session });

  let hasSignedIn = false;
  auth.on('signedIn', () => (hasSignedIn = true));
  // This reads only the storage: a signed-in page opens without any request.
  const user = await auth.getCurrentUser().catch((error) => {
    if (error.name !== 'UserUnAuthenticatedException') throw error;
  });
  changed(user);
  const isReachable = user || comesBack || (await emulator.answers());
  if (user) go.signedIn();
  else if (hasSignedIn) {
    // The event has shown it meanwhile.
  } else if (comesBack) {
    go.home();
    notice.hold('Finishing your sign-in…');
  } else if (!isReachable) go('unreachable');
  else if (location.hash !== CHALLENGE || !(await signIn.resume().catch(() => false))) go.home();
  tabs.start();
  await tryWanted();

  /** Goes on with a test user of another pool, for whom the page was loaded again. */
  async function tryWanted() {
    const username = wantedUser();
    if (!username) return;
    try {
      const users = await emulator.users();
      await tryIt(users.find((each) => each.username === username && each.userPoolId === settings.userPoolId));
    } catch (error) {
      go('sign-in', { username, problem: error });
    }
  }

  const [answer, fromOutside] = await arrivals;
  if (fromOutside) {
    notice.say(''); // “Finishing your sign-in…” is over
    tabs.go('guests');
    scenarios.arrived(fromOutside);
  } else if (answer?.error) {
    history.replaceState(null, '', answer.error.returnTo ?? location.href);
    go.home({ problem: answer.error });
  } else if (answer) arrived(answer);
  else if (comesBack) notice.hold('You can close this window.'); // the page that opened it takes the response
}

start().catch((error) => place('step').replaceChildren(brokenStep(error)));
