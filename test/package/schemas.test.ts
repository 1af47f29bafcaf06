import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { probes } from '../../src/oracle/probes/index.ts';
import { jsonSchemas } from '../../src/spec/schema.ts';

const folder = join(import.meta.dirname, '../../schemas');

test('the published schemas are those of the code; write them anew with: node src/cli/main.ts schema', () => {
  const written = Object.fromEntries(readdirSync(folder).map((name) => [name.replace('.schema.json', ''), JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown]));
  expect(written).toEqual(JSON.parse(JSON.stringify(jsonSchemas(probes))));
});
