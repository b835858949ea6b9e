// A GraphQL API of notes: asked over HTTP, heard over a WebSocket.
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

  const editors = 'For the group editors: a field is refused to all others.';
  const trials = trialGroup('Queries and mutations', 'auth.graphql asks over HTTP.', [
    attempt({ name: 'List the notes', about: 'For everybody: the shared notes and one’s own.', query: DOCUMENTS.list }),
    attempt({ name: 'Write a note of my own', about: 'For all but an API key and guests.', query: DOCUMENTS.create, input: { title: 'Buy milk' } }),
    attempt({ name: 'Write a note for everybody', about: editors, query: DOCUMENTS.create, input: { title: 'Party at six', shared: true } }),
    attempt({ name: 'Change the welcome note', about: editors, query: DOCUMENTS.change, input: { id: WELCOME, title: 'Welcome, everybody' } }),
    attempt({ name: 'Delete the welcome note', about: `${editors} After an editor it is gone until poolpass-local is reset.`, query: DOCUMENTS.delete, input: { id: WELCOME } }),
  ]);
  const live = liveList({
    name: 'New notes',
    begin: 'Listen for new notes',
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
  const about = element('p', { class: 'lead' }, 'auth.subscribe tells of new notes that one may read. It outlives lost connections and expired tokens. Write some in another tab.');
  return [trials, { element: card('Live: new notes', about, live.element), clear: live.clear }];
}

function noteInWords({ data, errors }) {
  const note = data?.onCreateNote;
  if (!note) return errors?.map(({ message }) => message).join(' ') ?? '';
  return [element('strong', {}, note.title), ` by ${note.owner}, ${note.shared ? 'for everybody' : 'private'}`];
}
