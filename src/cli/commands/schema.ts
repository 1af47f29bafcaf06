import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { CommandLine } from '../command-line.ts';
import type { Desk } from '../desk.ts';
import { examples } from '../examples.ts';

export function defineSchema(desk: Desk): Command {
  return new CommandLine('schema')
    .summary('write the JSON Schemas of the files')
    .description(
      'Writes the JSON Schemas of intents, invariants, fixtures, config and result.json. Editors complete and check the files with them, by a first line such as\n  # yaml-language-server: $schema=../schemas/intent.schema.json',
    )
    .argument('[folder]', 'where to write them', 'schemas')
    .addHelpText('after', examples(['intentwright schema', 'into schemas/'], ['intentwright schema .vscode/schemas', 'somewhere else']))
    .action(desk.action((folder: string) => writeSchemas(desk, folder)));
}

async function writeSchemas({ shell }: Desk, folder: string): Promise<number> {
  const [{ jsonSchemas }, { probes }] = await Promise.all([import('../../spec/schema.ts'), import('../../oracle/probes/index.ts')]);
  const to = resolve(shell.cwd, folder);
  await mkdir(to, { recursive: true });
  for (const [name, schema] of Object.entries(jsonSchemas(probes))) {
    const file = join(to, `${name}.schema.json`);
    await writeFile(file, `${JSON.stringify(schema, null, 2)}\n`);
    shell.out(`${relative(shell.cwd, file)}\n`);
  }
  return 0;
}
