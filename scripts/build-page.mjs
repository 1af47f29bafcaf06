// Bundles the scripts that run in pages into one module of two strings. Called by the set-up, by the build, and on demand from sources.
import { writeFile, rename } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const page = fileURLToPath(new URL('../src/browser/page/', import.meta.url));

/** Writes the bundle to `file` in one move, so that nobody reads half of it. */
export async function buildPage(file = `${page}bundle.js`) {
  const [page_, hook] = await Promise.all(['main.ts', 'hook.ts'].map(bundle));
  const text = `export const pageScript = ${JSON.stringify(page_)};\nexport const hookScript = ${JSON.stringify(hook)};\n`;
  const draft = `${file}.${process.pid}.draft`;
  await writeFile(draft, text);
  await rename(draft, file);
}

async function bundle(entry) {
  const { outputFiles } = await build({
    entryPoints: [page + entry],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'chrome120',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
  });
  return outputFiles[0].text;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPage(process.argv[2]);
