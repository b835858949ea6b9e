// Signed in: who you are, your tokens, and what can be done with them.
import { actionButton } from '../busy.js';
import { element, heading } from '../dom.js';
import { placeToReturn } from '../navigation.js';
import { noteCard } from '../note.js';
import { problemBox } from '../problem.js';
import { answerCard } from '../session/answer.js';
import { arrivalCard } from '../session/arrival.js';
import { identity } from '../session/identity.js';
import { tokenCard } from '../session/token.js';

export function sessionStep({ auth, notice }) {
  const title = heading('You are signed in');
  const problem = problemBox();
  const who = identity();
  const note = noteCard();
  const arrival = arrivalCard();
  const accessToken = tokenCard('Access token', 'For APIs: what the user may do.');
  const idToken = tokenCard('ID token', 'For this app: who the user is.');
  const attributes = answerCard('What GetUser answers', 'The user’s attributes');
  const userInfo = answerCard('What userInfo answers', 'The user’s claims');

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
      // Whoever is signed out here is led away by the event.
      if (error.name !== 'UserUnAuthenticatedException') problem.show(error);
    }
  }

  async function callGetUser() {
    attributes.show(await auth.fetchUserAttributes());
    notice.say('GetUser has answered.');
  }

  async function askUserInfo() {
    userInfo.show(await auth.userInfo());
    notice.say('userInfo has answered.');
  }

  async function signOut(input) {
    const { error } = await auth.signOut(input);
    if (error) notice.say(`You are signed out here, but Cognito could not be told: ${error.message}`);
  }

  const actions = [
    actionButton('Refresh now', async () => display(await auth.fetchAuthSession({ forceRefresh: true })), problem, 'primary'),
    actionButton('Call GetUser', callGetUser, problem),
    actionButton('Ask userInfo', askUserInfo, problem),
    actionButton('Sign out', () => signOut(), problem),
    actionButton('Sign out here only', () => signOut({ redirect: false }), problem),
    actionButton('Sign out and in again as somebody else', () => signOut({ signInAgain: { options: { returnTo: placeToReturn() } } }), problem),
    actionButton('Sign out everywhere', () => signOut({ global: true }), problem, 'danger'),
  ];

  return {
    title: 'Signed in',
    heading: title,
    element: element(
      'div',
      { class: 'stack' },
      element('section', { class: 'card' }, title, problem.element, who.element, element('div', { class: 'actions' }, ...actions)),
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
      attributes.clear();
      userInfo.clear();
      display({});
    },
    /** New tokens have come. */
    show() {
      problem.clear();
      show();
    },
    arrived: arrival.show,
  };
}
