// The code in the documentation: every fenced block of every page, and every @example of the types.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const PAGES = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'local/README.md', ...markdown('docs')];
const LANGUAGES = { js: 'js', javascript: 'js', mjs: 'js', ts: 'js', typescript: 'js', rust: 'rust', rs: 'rust' };
/** Languages whose blocks are not code of an app. */
const OTHER = ['', 'sh', 'text', 'toml', 'json', 'html'];

/** Every block of JavaScript, TypeScript or Rust: its page, line, language and code. */
export const snippets = PAGES.flatMap(blocksOf);

/** Every example in the comments of the types. */
export const examples = examplesOf('www/poolpass/index.d.ts');

function markdown(folder) {
  return readdirSync(root + folder).filter((name) => name.endsWith('.md')).map((name) => `${folder}/${name}`);
}

function blocksOf(page) {
  const blocks = [];
  let open;
  read(page).forEach((text, index) => {
    const fence = /^\s*```\s*([\w-]*)/.exec(text);
    if (!fence) return open?.lines.push(text);
    if (!open) return void (open = { page, line: index + 1, word: fence[1].toLowerCase(), lines: [] });
    blocks.push(open);
    open = undefined;
  });
  if (open) throw new Error(`${page}:${open.line}: this block is not closed`);
  for (const { line, word } of blocks) {
    const isKnown = LANGUAGES[word] || OTHER.includes(word);
    if (!isKnown) throw new Error(`${page}:${line}: no test checks the language '${word}': see tests/snippets/extract.mjs`);
  }
  return blocks
    .filter(({ word }) => LANGUAGES[word])
    .map(({ line, word, lines }) => ({ page, line, language: LANGUAGES[word], code: lines.join('\n') }));
}

function examplesOf(page) {
  const found = [];
  let open;
  read(page).forEach((text, index) => {
    if (/^\s*\* @example/.test(text)) {
      open = { page, line: index + 1, language: 'js', lines: [] };
      found.push(open);
    } else if (/^\s*\*\/|^\s*\* @/.test(text)) open = undefined;
    else open?.lines.push(text.replace(/^\s*\* ?/, ''));
  });
  return found.map(({ lines, ...rest }) => ({ ...rest, code: lines.join('\n') }));
}

function read(page) {
  return readFileSync(root + page, 'utf8').split('\n');
}
