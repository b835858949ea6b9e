// Prints a line for each package whose licence is not permissive:
// licences.mjs <output of cargo metadata> <package.json>… [--also=<licence>…]
import { readFileSync } from 'node:fs';

const PERMISSIVE = new Set([
  '0BSD', 'Apache-2.0', 'Apache-2.0 WITH LLVM-exception', 'BSD-2-Clause', 'BSD-3-Clause',
  'ISC', 'MIT', 'MIT-0', 'MPL-2.0', 'MPL-2.0+', 'Unicode-3.0', 'Unicode-DFS-2016', 'Zlib',
]);

const isLicence = (word) => word.startsWith('--also=');
const words = process.argv.slice(2);
for (const word of words.filter(isLicence)) PERMISSIVE.add(word.slice('--also='.length));
const files = words.filter((word) => !isLicence(word));
const [metadata, ...manifests] = files.map((file) => JSON.parse(readFileSync(file, 'utf8')));
for (const { name, version = '', license } of [...metadata.packages, ...manifests]) {
  if (!isPermissive(license ?? '')) {
    console.log(`${name} ${version}: '${license ?? 'no licence'}' is not on the list of permissive licences`);
  }
}

// SPDX expressions: OR binds weaker than AND, which binds weaker than WITH; '/' is an old OR.
function isPermissive(expression) {
  const words = expression.replace(/\//g, ' OR ').match(/[()]|[^\s()]+/g) ?? [];
  const next = (word) => words[0] === word && words.shift() !== undefined;
  const either = () => {
    let verdict = both();
    while (next('OR')) verdict = both() || verdict;
    return verdict;
  };
  const both = () => {
    let verdict = single();
    while (next('AND')) verdict = single() && verdict;
    return verdict;
  };
  const single = () => {
    if (next('(')) {
      const verdict = either();
      if (!next(')')) throw new SyntaxError(expression);
      return verdict;
    }
    const name = words.shift();
    if (name === undefined || ['AND', 'OR', 'WITH', ')'].includes(name)) throw new SyntaxError(expression);
    // `+` means this version or a later one, whichever one likes.
    const version = name.replace(/\+$/, '');
    return PERMISSIVE.has(next('WITH') ? `${version} WITH ${words.shift()}` : version);
  };
  try {
    return either() && words.length === 0;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
