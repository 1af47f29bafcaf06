import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rowsOfCsv } from '../../src/oracle/files/csv.ts';
import { openReader } from '../../src/oracle/reader.ts';
import { command } from '../../src/oracle/probes/command.ts';
import { custom } from '../../src/oracle/probes/custom.ts';
import { download } from '../../src/oracle/probes/download.ts';
import { file } from '../../src/oracle/probes/file.ts';
import { describeProbe } from './probe.ts';
import { servicesWith } from './services.ts';

const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');
const CSV = 'external_id,title\nr1,"Acme, ""renewal"""\nr2,Zoé\n';
const ROWS = [
  { external_id: 'r1', title: 'Acme, "renewal"' },
  { external_id: 'r2', title: 'Zoé' },
];

/** One page that says "Invoice 4711", as small as PDF gets. */
function pdf(): Buffer {
  const stream = 'BT /F1 24 Tf 72 700 Td (Invoice 4711) Tj ET';
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = text.length;
  text += `xref\n0 6\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF`;
  return Buffer.from(text, 'latin1');
}

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'iw-files-'));
  await mkdir(join(dir, 'out', 'sub'), { recursive: true });
  await writeFile(join(dir, 'outside.txt'), 'not yours');
  await writeFile(join(dir, 'out', 'report.csv'), CSV);
  await writeFile(join(dir, 'out', 'report.json'), '{"n":1}');
  await writeFile(join(dir, 'out', 'half.json'), '{"n":');
  await writeFile(join(dir, 'out', 'torn.csv'), 'a,b\n1\n');
  await writeFile(join(dir, 'out', 'latin.txt'), Buffer.from([0xe9]));
  await writeFile(join(dir, 'out', 'invoice.pdf'), pdf());
  await writeFile(join(dir, 'out', 'picture.bin'), Buffer.from([1, 2]));
  await writeFile(join(dir, 'out', 'flood.bin'), Buffer.alloc(17 * 1024 * 1024));
  await writeFile(join(dir, 'out', 'sub', 'note.txt'), 'hello');
  await symlink(join(dir, 'outside.txt'), join(dir, 'out', 'link.txt'));
  return dir;
}

describeProbe('file', file, async () => {
  const dir = await folder();
  return {
    settings: { dir: join(dir, 'out') },
    ask: { path: 'report.csv' },
    answer: { size: Buffer.byteLength(CSV), sha256: sha256(CSV), rows: ROWS },
    nothing: { ask: { path: 'nobody.csv' }, answer: null },
    flood: { path: 'flood.bin' },
    wrong: [{ path: '../outside.txt' }, { path: '/etc/passwd' }, { path: 'link.txt' }, { path: '.' }],
    broken: [{ path: 'half.json' }, { path: 'torn.csv' }, { path: 'latin.txt' }],
    stop: () => rm(dir, { recursive: true }),
  };
});

test('a file is read by what its name says it is', async () => {
  const dir = await folder();
  const reader = await openReader({
    connections: [{ name: 'out', probe: 'file', settings: { dir: 'out' } }],
    services: servicesWith({ dirs: { intent: dir, downloads: dir, root: dir } }),
    maxInFlight: 2,
  });
  const ask = (path: string) => reader.read({ probe: 'file', args: { path } }, AbortSignal.timeout(60_000));
  expect(await ask('report.json')).toMatchObject({ json: { n: 1 } });
  expect(await ask('sub/note.txt')).toEqual({ size: 5, sha256: sha256('hello'), text: 'hello' });
  expect(await ask('picture.bin')).toEqual({ size: 2, sha256: sha256(Buffer.from([1, 2])) });
  expect(await ask('invoice.pdf')).toMatchObject({ text: 'Invoice 4711' });
  expect(await ask('sub')).toBeNull();
  await reader.close();
  await rm(dir, { recursive: true });
});

describeProbe('download', download, async () => {
  const dir = await mkdtemp(join(tmpdir(), 'iw-downloads-'));
  await mkdir(join(dir, 'admin'));
  await mkdir(join(dir, 'viewer'));
  await writeFile(join(dir, 'admin', '01-report.csv'), CSV);
  await writeFile(join(dir, 'admin', '02-report.json'), '{"n":1}');
  await writeFile(join(dir, 'viewer', '01-report.csv'), '');
  return {
    settings: {},
    services: { dirs: { intent: dir, downloads: dir } },
    ask: { name: 're*t.csv', actor: 'admin' },
    answer: [{ actor: 'admin', name: 'report.csv', size: Buffer.byteLength(CSV), sha256: sha256(CSV), rows: ROWS }],
    nothing: { ask: { name: '*.pdf' }, answer: [] },
    stop: () => rm(dir, { recursive: true }),
  };
});

test('before anybody downloaded anything there is nothing, and an empty file has no rows', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'iw-downloads-'));
  const reader = await openReader({
    connections: [],
    services: servicesWith({ dirs: { intent: dir, downloads: join(dir, 'none') } }),
    maxInFlight: 2,
  });
  expect(await reader.read({ probe: 'download', args: {} }, AbortSignal.timeout(60_000))).toEqual([]);
  await mkdir(join(dir, 'none', 'admin'), { recursive: true });
  await writeFile(join(dir, 'none', 'admin', '01-empty.csv'), '');
  expect(await reader.read({ probe: 'download', args: {} }, AbortSignal.timeout(60_000))).toMatchObject([
    { name: 'empty.csv', size: 0, rows: [] },
  ]);
  await reader.close();
  await rm(dir, { recursive: true });
});

describe('CSV', () => {
  test.each<[string, Record<string, string>[]]>([
    ['a,b\r\n1,2\r\n', [{ a: '1', b: '2' }]],
    ['\uFEFFa;b\n1;"x;y"', [{ a: '1', b: 'x;y' }]],
    ['a\tb\n1\t', [{ a: '1', b: '' }]],
    ['a,b\n"line\nbreak",2\n', [{ a: 'line\nbreak', b: '2' }]],
    ['a,b\n,\n', [{ a: '', b: '' }]],
    ['a,b\n', []],
    ['', []],
  ])('%j', (text, rows) => expect(rowsOfCsv(text)).toEqual(rows));
  test.each(['a,b\n1', 'a\n"x', 'a\n"x"y'])('%j is refused', (text) => expect(() => rowsOfCsv(text)).toThrow(SyntaxError));
});

describeProbe('command', command, async () => {
  const dir = await mkdtemp(join(tmpdir(), 'iw-command-'));
  await writeFile(
    join(dir, 'say.mjs'),
    `
    const [what] = process.argv.slice(2);
    if (what === 'hang') setInterval(() => {}, 1000);
    else if (what === 'flood') for (let i = 0; i < 3000; i++) process.stdout.write('x'.repeat(1000));
    else if (what === 'fail') { console.error('no such tenant'); process.exit(3); }
    else if (what === 'words') console.log('hello');
    else if (what === 'nothing') process.exit(0);
    else console.log(JSON.stringify({ said: process.argv.slice(2), mood: process.env.MOOD }));`,
  );
  return {
    settings: { command: ['node', 'say.mjs'], cwd: dir, env: { MOOD: 'calm' } },
    ask: { args: ['$(whoami); a', 2] },
    answer: { said: ['$(whoami); a', '2'], mood: 'calm' },
    nothing: { ask: { args: ['nothing'] }, answer: null },
    hang: { args: ['hang'] },
    flood: { args: ['flood'] },
    broken: [{ args: ['fail'] }, { args: ['words'] }],
    stop: () => rm(dir, { recursive: true }),
  };
});

test('a program that is not there is told at once', async () => {
  const reader = await openReader({
    connections: [{ name: 'tool', probe: 'command', settings: { command: ['no-such-program-here'] } }],
    services: servicesWith(),
    maxInFlight: 1,
  });
  await expect(reader.read({ probe: 'command', args: {} }, AbortSignal.timeout(60_000))).rejects.toMatchObject({ code: 'PROBE_CONFIG' });
  await reader.close();
});

const port = new URL('../../src/oracle/port.ts', import.meta.url).href;
const zod = import.meta.resolve('zod');
const OWN_PROBE = `
  import { z } from '${zod}';
  import { defineProbe } from '${port}';
  export default defineProbe({
    name: 'depth', about: 'how deep a topic is',
    settings: z.strictObject({ factor: z.number() }),
    query: z.strictObject({ topic: z.string() }),
    async open({ factor }: { factor: number }) {
      return {
        async read({ topic }: { topic: string }) { return topic === 'down' ? Promise.reject(new Error('broker not available')) : { topic, depth: topic.length * factor }; },
        async close() {},
      };
    },
  });
  export const other = 5;`;

describeProbe('custom', custom, async () => {
  const dir = await mkdtemp(join(tmpdir(), 'iw-custom-'));
  await writeFile(join(dir, 'probe.ts'), OWN_PROBE);
  return {
    settings: { module: 'probe.ts', settings: { factor: 2 } },
    services: { dirs: { intent: dir, downloads: dir, root: dir } },
    ask: { ask: { topic: 'orders' } },
    answer: { topic: 'orders', depth: 12 },
    wrong: [{ ask: { topik: 'orders' } }],
    broken: [{ ask: { topic: 'down' } }],
    stop: async () => {
      const ask = async (settings: Record<string, unknown>) => {
        const reader = await openReader({
          connections: [{ name: 'own', probe: 'custom', settings }],
          services: servicesWith({ dirs: { intent: dir, downloads: dir, root: dir } }),
          maxInFlight: 1,
        });
        return reader
          .read({ probe: 'custom', args: { ask: { topic: 'x' } } }, AbortSignal.timeout(60_000))
          .catch((error: { code: string }) => error.code)
          .finally(() => reader.close());
      };
      expect(await ask({ module: 'nobody.ts' })).toBe('PROBE_CONFIG');
      expect(await ask({ module: 'probe.ts', export: 'other' })).toBe('PROBE_CONFIG');
      expect(await ask({ module: 'probe.ts', settings: { factor: 'two' } })).toBe('PROBE_CONFIG');
      await rm(dir, { recursive: true });
    },
  };
});
