// `npm run build`: dist/ is the package: JavaScript of src/ and demo/, the demo's files, the JSON Schemas.
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundlePackage } from './bundle.mjs';
import { run } from './set-up/process.mjs';
import { setUpOrExit } from './set-up.mjs';

const root = new URL('..', import.meta.url);
const at = (...parts) => join(fileURLToPath(root), ...parts);
const node = await setUpOrExit(root, { browser: false });

rmSync(at('dist'), { recursive: true, force: true });
await must('the scripts for pages', [at('scripts/build-page.mjs')]);
await must('tsc', [at('node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json']);
await bundlePackage(at('dist/src'));
copyBeside('src', /\.(js|css|svg|html|json)$/);
copyBeside('demo', /\.(js|css|svg|html|csv|sql|json)$/);
for (const name of ['intents', 'invariants']) cpSync(at(name), at('dist', name), { recursive: true });
writeFileSync(at('dist/intentwright.config.yaml'), asJavaScript(readFileSync(at('intentwright.config.yaml'), 'utf8')));
for (const file of filesOf(at('dist/intents')).filter((path) => path.endsWith('.yaml')))
  writeFileSync(file, asJavaScript(readFileSync(file, 'utf8')));
await must('schemas', [at('dist/src/cli/main.js'), 'schema', at('dist/schemas')]);
chmodSync(at('dist/src/cli/main.js'), 0o755);

/** What the compiler leaves behind: pages, styles, the page bundle. */
function copyBeside(folder, wanted) {
  for (const file of filesOf(at(folder)).filter((path) => wanted.test(path)))
    cpSync(file, at('dist', folder, file.slice(at(folder).length + 1)));
}

function filesOf(folder) {
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : [];
}

/** Node strips no types under node_modules: what the files start or load is JavaScript there. */
function asJavaScript(yaml) {
  return yaml.replace(/(\bdemo\/[\w/-]+|\.\/[\w/-]+)\.ts\b/g, '$1.js');
}

async function must(what, args) {
  const result = await run(node, args, { cwd: fileURLToPath(root), exact: true });
  if (result.ok) return;
  process.stderr.write(`${what} failed:\n${result.output}\n`);
  process.exit(1);
}
