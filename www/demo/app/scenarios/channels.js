// Channels of an AppSync Event API: said over HTTP, heard over a WebSocket.
import { card, element } from '../dom.js';
import { choiceField, textField } from '../form/field.js';
import { answerOfAppSync } from './answer.js';
import { liveList } from './live.js';
import { trial } from './trial.js';

const OPTIONS = [
  ['/default/room', '/default/room', 'Everybody hears, all but guests speak.'],
  ['/notes/room', '/notes/room', 'Everybody hears, an API key and guests don’t speak.'],
];

export function channelCards({ auth, settings }, mode) {
  const endpoint = `${settings.endpoint}/event`;
  const channel = choiceField({ name: 'channel', legend: 'Channel', options: OPTIONS });
  const text = textField({ name: 'text', label: 'What to say', value: 'Hello' });
  const live = liveList({
    name: 'Events',
    begin: 'Listen to the channel',
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
    about: 'To the channel that is chosen.',
    credential: mode.credential,
    send(tell) {
      const events = [text.input.value];
      tell(`POST ${endpoint}\n${JSON.stringify({ channel: channel.value(), events })}`);
      return auth.events.publish(channel.value(), events, mode.options());
    },
    read: (answer) => answerOfAppSync({ ...answer, refused: answer.failed.length > 0 && 'an event' }),
  });
  const about = element('p', { class: 'lead' }, 'auth.events publishes over HTTP, and tells of what others publish.');
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
