import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { stage } from './stage.ts';

const at = stage();

/** A bundle of three sources, minified, with its map. */
async function bundle(): Promise<{ code: string; map: string }> {
  const files: Record<string, string> = {
    'app.js':
      "import { add } from './cart/add.js'; import { pay } from './pay/pay.js'; document.querySelector('#add').onclick = add; document.querySelector('#pay').onclick = pay;",
    'add.js': "export function add() { document.title = 'added ' + Date.now(); }",
    'pay.js': "export function pay() { document.title = 'paid ' + Date.now(); }",
  };
  const { outputFiles } = await build({
    stdin: { contents: files['app.js']!, sourcefile: 'web/src/app.js', resolveDir: '/' },
    bundle: true,
    minify: true,
    write: false,
    sourcemap: 'linked',
    outfile: '/app.js',
    sourceRoot: '',
    plugins: [
      {
        name: 'inline',
        setup(plugin) {
          plugin.onResolve({ filter: /^\.\// }, ({ path }) => ({ path: path.replace(/^\./, 'web/src'), namespace: 'inline' }));
          plugin.onLoad({ filter: /.*/, namespace: 'inline' }, ({ path }) => ({ contents: files[path.split('/').at(-1)!]! }));
        },
      },
    ],
  });
  return {
    code: outputFiles.find(({ path }) => path.endsWith('.js'))!.text,
    map: outputFiles.find(({ path }) => path.endsWith('.map'))!.text,
  };
}

test('tells which sources of the front end ran, by coverage and source maps, over all pages of the journey', async () => {
  const { code, map } = await bundle();
  const told: string[][] = [];
  const page = '<button id=add>Add</button><button id=pay>Pay</button><script src="/app.js"></script><script src="/plain.js"></script>';
  const js =
    (text: string) =>
    (_: unknown, response: import('node:http').ServerResponse): void =>
      void response.writeHead(200, { 'content-type': 'text/javascript' }).end(text);
  const actor = await at.open(
    { '/': page, '/app.js': js(code), '/app.js.map': js(map), '/plain.js': js('(function onlyThis() { window.x = 1; })()') },
    { onSources: (files) => told.push(files) },
  );
  await actor.click('Add');
  await actor.session.close();
  expect(told).toHaveLength(1);
  const files = told[0]!.map((file) => file.replace(/^.*(?=web\/)/, '')).toSorted();
  expect(files).toEqual(['plain.js', 'web/src/cart/add.js']);
});
