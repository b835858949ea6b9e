// A GraphQL API of notes: queries and mutations over HTTP, subscriptions over a WebSocket.
import { card, element } from '../dom.js';
import { answerOfAppSync } from './answer.js';
import { liveList } from './live.js';
import { trial, trialGroup } from './trial.js';

const WELCOME = '00000000-0000-4000-8000-00000000a001';
const NOTE = '{ id owner title shared createdAt }';
const CREATED = `subscription { onCreateNote ${NOTE} }`;

const DOCUMENTS = {
  list: `query { listNotes { items ${NOTE} } }`,
  create: `mutation ($input: CreateNoteInput!) { createNote(input: $input) ${NOTE} }`,
  change: `mutation ($input: UpdateNoteInput!) { updateNote(input: $input) ${NOTE} }`,
  delete: `mutation ($input: DeleteNoteInput!) { deleteNote(input: $input) ${NOTE} }`,
};

export function graphqlCards({ auth, settings }, mode) {
  const endpoint = `${settings.endpoint}/graphql`;

  function attempt({ name, about, query, input }) {
    const variables = input && { input };
    return trial({
      name,
      about,
      request: [`POST ${endpoint}`, query, variables && JSON.stringify(variables)].filter(Boolean).join('\n'),
      credential: mode.credential,
      send: () => auth.graphql({ query, variables, ...mode.options() }),
      read: (answer) => answerOfAppSync(answer),
    });
  }

  const editors = 'Allowed only for the editors group. For everyone else, the field is refused.';
  const trials = trialGroup('Queries and mutations', 'auth.graphql sends them over HTTP.', [
    attempt({ name: 'List the notes', about: 'Allowed for everyone. Returns the shared notes and your own.', query: DOCUMENTS.list }),
    attempt({ name: 'Create my own note', about: 'Allowed for everyone except API keys and guests.', query: DOCUMENTS.create, input: { title: 'Buy milk' } }),
    attempt({ name: 'Create a shared note', about: editors, query: DOCUMENTS.create, input: { title: 'Party at six', shared: true } }),
    attempt({ name: 'Update the welcome note', about: editors, query: DOCUMENTS.change, input: { id: WELCOME, title: 'Welcome, everybody' } }),
    attempt({ name: 'Delete the welcome note', about: `${editors} A deleted note comes back when you reset poolpass-local.`, query: DOCUMENTS.delete, input: { id: WELCOME } }),
  ]);
  const live = liveList({
    name: 'New notes',
    begin: 'Subscribe to new notes',
    ask() {
      const asked = { query: CREATED, ...mode.options() };
      return {
        request: `${endpoint.replace('http', 'ws')}/realtime\n${CREATED}`,
        credential: mode.credential(),
        open: (options) => auth.subscribe({ ...asked, ...options }),
      };
    },
    wordsOf: noteInWords,
  });
  const about = element('p', { class: 'lead' }, 'auth.subscribe receives the new notes that you are allowed to read. It survives lost connections and expired tokens. To try it, create notes in another tab.');
  return [trials, { element: card('Live: new notes', about, live.element), clear: live.clear }];
}

function noteInWords({ data, errors }) {
  const note = data?.onCreateNote;
  if (!note) return errors?.map(({ message }) => message).join(' ') ?? '';
  return [element('strong', {}, note.title), ` by ${note.owner}, ${note.shared ? 'shared' : 'private'}`];
}
