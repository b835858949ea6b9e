// The signed-in step: the user, the tokens, and what to do with them.
import { actionButton } from '../busy.js';
import { element, heading } from '../dom.js';
import { placeToReturn } from '../navigation.js';
import { noteCard } from '../note.js';
import { problemBox } from '../problem.js';
import { answerCard } from '../session/answer.js';
import { arrivalCard } from '../session/arrival.js';
import { identity } from '../session/identity.js';
import { rememberCard } from '../session/remember.js';
import { tokenCard } from '../session/token.js';

export function sessionStep({ auth, notice }) {
  const title = heading('You are signed in');
  const problem = problemBox();
  const who = identity();
  const note = noteCard();
  const arrival = arrivalCard();
  const remember = rememberCard({ auth, notice });
  const accessToken = tokenCard('Access token', 'For APIs: what the user is allowed to do.');
  const idToken = tokenCard('ID token', 'For this app: who the user is.');
  const attributes = answerCard('GetUser response', 'User attributes');
  const userInfo = answerCard('userInfo response', 'User claims');

  function display(session) {
    accessToken.show(session.tokens?.accessToken);
    idToken.show(session.tokens?.idToken);
    who.showTokens(session.tokens);
  }

  async function show() {
    try {
      const user = await auth.getCurrentUser();
      title.textContent = `Hello, ${user.username}`;
      who.showUser(user, auth.storage);
      display(await auth.fetchAuthSession());
    } catch (error) {
      // If the user is signed out here, the event leads away from this step.
      if (error.name !== 'UserUnAuthenticatedException') problem.show(error);
    }
  }

  async function callGetUser() {
    attributes.show(await auth.fetchUserAttributes());
    notice.say('GetUser responded.');
  }

  async function callUserInfo() {
    userInfo.show(await auth.userInfo());
    notice.say('userInfo responded.');
  }

  async function signOut(input) {
    const { error } = await auth.signOut(input);
    if (error) notice.keep(`You are signed out here, but the tokens could not be revoked: ${error.message}`);
  }

  const actions = [
    actionButton('Refresh now', async () => display(await auth.fetchAuthSession({ forceRefresh: true })), problem, 'primary'),
    actionButton('Call GetUser', callGetUser, problem),
    actionButton('Call userInfo', callUserInfo, problem),
    actionButton('Sign out', () => signOut(), problem),
    actionButton('Sign out of this app only', () => signOut({ redirect: false }), problem),
    actionButton('Switch user', () => signOut({ signInAgain: { options: { returnTo: placeToReturn() } } }), problem),
    actionButton('Sign out everywhere', () => signOut({ global: true }), problem, 'danger'),
  ];

  return {
    title: 'Signed in',
    heading: title,
    element: element(
      'div',
      { class: 'stack' },
      element('section', { class: 'card' }, title, problem.element, who.element, element('div', { class: 'actions' }, ...actions)),
      remember.element,
      note.element,
      arrival.element,
      attributes.element,
      userInfo.element,
      element('div', { class: 'tokens' }, accessToken.element, idToken.element),
    ),
    enter({ problem: error }) {
      who.start();
      note.show(location.hash);
      show();
      if (error) problem.show(error);
    },
    moved: () => note.show(location.hash),
    leave() {
      who.stop();
      problem.clear();
      arrival.clear();
      remember.clear();
      attributes.clear();
      userInfo.clear();
      display({});
    },
    /** Shows new tokens. */
    show() {
      problem.clear();
      show();
    },
    arrived: arrival.show,
    offerDevice: remember.show,
  };
}
