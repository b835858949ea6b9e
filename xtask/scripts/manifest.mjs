// Completes pkg.json, the manifest's source of truth, into the package.json that is published:
// manifest.mjs <pkg.json> <version> <package.json> <packaged file>…
import { readFileSync, writeFileSync } from 'node:fs';

const [source, version, target, ...files] = process.argv.slice(2);
const { name, ...rest } = JSON.parse(readFileSync(source, 'utf8'));
const manifest = { name, version, ...rest, files: files.sort() };

const packaged = new Set([...files, 'package.json']);
for (const path of targets(manifest.exports)) {
  if (!packaged.has(path.replace(/^\.\//, ''))) {
    console.error(`pkg.json exports ${path}, which is not in the package`);
    process.exit(1);
  }
}
writeFileSync(target, `${JSON.stringify(manifest, null, 2)}\n`);

function targets(entry) {
  return typeof entry === 'string' ? [entry] : Object.values(entry).flatMap(targets);
}
