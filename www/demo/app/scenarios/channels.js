// Channels of an AppSync Event API: published over HTTP, received over a WebSocket.
import { card, element } from '../dom.js';
import { choiceField, textField } from '../form/field.js';
import { answerOfAppSync } from './answer.js';
import { liveList } from './live.js';
import { trial } from './trial.js';

const OPTIONS = [
  ['/default/room', '/default/room', 'Everyone can subscribe. Everyone except guests can publish.'],
  ['/notes/room', '/notes/room', 'Everyone can subscribe. API keys and guests can’t publish.'],
];

export function channelCards({ auth, settings }, mode) {
  const endpoint = `${settings.endpoint}/event`;
  const channel = choiceField({ name: 'channel', legend: 'Channel', options: OPTIONS });
  const text = textField({ name: 'text', label: 'Message', value: 'Hello' });
  const live = liveList({
    name: 'Events',
    begin: 'Subscribe to the channel',
    ask() {
      const [path, asked] = [channel.value(), mode.options()];
      return {
        request: `${endpoint.replace('http', 'ws')}/realtime\nsubscribe ${path}`,
        credential: mode.credential(),
        open: (options) => auth.events.subscribe(path, { ...asked, ...options }),
      };
    },
    wordsOf: (event) => (typeof event === 'string' ? event : JSON.stringify(event)),
  });
  const publish = trial({
    name: 'Publish',
    about: 'Publishes the message to the selected channel.',
    credential: mode.credential,
    send(tell) {
      const events = [text.input.value];
      tell(`POST ${endpoint}\n${JSON.stringify({ channel: channel.value(), events })}`);
      return auth.events.publish(channel.value(), events, mode.options());
    },
    read: (answer) => answerOfAppSync({ ...answer, failedPart: answer.failed.length > 0 && 'an event' }),
  });
  const about = element('p', { class: 'lead' }, 'auth.events publishes over HTTP and receives events over a WebSocket.');
  const whole = card('Live: events', about, channel.element, live.element, text.element, element('ul', { class: 'trials' }, publish.element));
  return [
    {
      element: whole,
      clear() {
        live.clear();
        publish.clear();
      },
    },
  ];
}
