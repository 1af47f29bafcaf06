// Turns the compiled files of dist/src into a few: five hundred modules take longer to find than to run. Called by the build.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { build } from 'esbuild';

/** What is imported or started from outside, and where its code goes. All of it lies one folder deep, see `ownPlace`. */
const ENTRIES = { 'cli/main': 'cli/main.js', 'playwright/index': 'playwright/index.js', 'entry/index': 'index.js' };
/** Read as files of their own: a thread, and the scripts for pages. */
const APART = ['oracle/sql/sqlite-worker.js', 'browser/page/bundle.js'];

/** Bundles `src` (an absolute folder of compiled JavaScript) in place; declarations stay as they are. */
export async function bundlePackage(src) {
  const { metafile } = await build({
    entryPoints: Object.fromEntries(Object.entries(ENTRIES).map(([name, file]) => [name, join(src, file)])),
    outdir: src,
    allowOverwrite: true,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    packages: 'external',
    chunkNames: 'chunks/[name]-[hash]',
    legalComments: 'none',
    metafile: true,
    logLevel: 'error',
    plugins: [ownPlace(src)],
  });
  const written = new Set(Object.keys(metafile.outputs).map((file) => join(process.cwd(), file)));
  const kept = new Set(APART.map((file) => join(src, file)));
  const compiled = (await readdir(src, { recursive: true })).filter((name) => name.endsWith('.js')).map((name) => join(src, name));
  await Promise.all(compiled.filter((file) => !written.has(file) && !kept.has(file)).map((file) => rm(file)));
  await writeFile(join(src, 'index.js'), "export * from './entry/index.js';\n");
}

/** A module that asks where it lies is told where it was before it moved into a file of the bundle. */
function ownPlace(src) {
  return {
    name: 'own-place',
    setup({ onLoad }) {
      onLoad({ filter: /\.js$/ }, async ({ path }) => {
        const before = relative(src, path).split(sep).join('/');
        const contents = await readFile(path, 'utf8');
        return {
          contents: contents.replaceAll('import.meta.url', `new URL(${JSON.stringify(`../${before}`)}, import.meta.url).href`),
          loader: 'js',
        };
      });
    },
  };
}
