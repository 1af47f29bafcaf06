import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cli, environment, runInline } from './run-inline.ts';

const version = (JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as { version: string }).version;
/** One file each: a command that is not listed in the program is found missing here. */
const COMMANDS = readdirSync(join(import.meta.dirname, '../../src/cli/commands')).map((name) => name.replace(/\.ts$/, ''));

describe('the command line', () => {
  test('lists every command, and what the exit codes mean', async () => {
    const ran = await runInline({}, ['--help']);
    expect(ran.exitCode).toBe(0);
    for (const command of COMMANDS) expect(ran.stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
    expect(ran.stdout).toContain('130');
  });

  test.each(COMMANDS)('%s explains itself with examples', async (command) => {
    const ran = await runInline({}, [command, '--help']);
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toContain(`Usage: intentwright ${command}`);
    expect(ran.stdout).toMatch(new RegExp(`Examples:\\n  intentwright ${command}`));
  });

  test('says its version', async () => {
    expect(await runInline({}, ['--version'])).toMatchObject({ exitCode: 0, stdout: `${version}\n` });
  });

  test('with nothing to do it helps, and that is a mistake', async () => {
    const ran = await runInline({}, []);
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toContain('Usage: intentwright');
  });

  test.each([
    ['an unknown command', ['rnu'], 'Did you mean run?'],
    ['an unknown option', ['run', '--frsh'], 'Did you mean --fresh?'],
    ['an unknown option with a value', ['run', '--shrad=1/4'], 'Did you mean --shard?'],
    ['an option of a command, and where its options are shown', ['run', '--shrad=1/4'], 'See: intentwright run --help'],
    ['a shard that is none', ['run', '--shard', '5/4'], '1/4'],
    ['workers that are no number', ['run', '--workers', 'many'], 'whole number'],
    ['no workers at all', ['run', '--workers', '0'], '1 or more'],
    ['an agent that is none', ['run', '--agents', 'replay,magic'], '"magic" is no agent'],
    ['two options that exclude each other', ['run', '--fresh', '--frozen'], 'cannot be used with'],
    ['a priority that is none', ['run', '--priority', 'urgent'], 'critical, high, normal'],
    ['a defect that is none', ['demo', '--defects', 'invite-role-lots'], 'did you mean invite-role-lost?'],
    ['a redesign that is none', ['demo', '--ui', 'dialog-page'], '--list-ui'],
    ['an id that cannot be a file', ['new', '../x'], 'cannot be the id'],
    ['a missing argument', ['new'], "missing required argument 'id'"],
    ['no address', ['init', '--yes'], 'init must know where the application is'],
    ['no config', ['run'], 'intentwright init'],
    ['a config that is not there', ['check', '--config', 'other.yaml'], 'there is no config file other.yaml'],
    ['a run that is not there', ['report', 'yesterday'], 'there is no run yesterday'],
  ])('%s is said with the fix, exit 2, and leaves nothing behind', async (_, args, said) => {
    const ran = await runInline({}, args);
    expect(ran.stderr).toContain(said);
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.has('.intentwright')).toBe(false);
  });

  test('a reader that goes away early is no fault', async () => {
    const child = spawn('bash', ['-c', `"$0" "$1" demo --list-defects | head -1; exit "\${PIPESTATUS[0]}"`, process.execPath, cli], {
      env: environment(),
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      err += String(chunk);
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect({ code, err, lines: out.trim().split('\n').length }).toEqual({ code: 0, err: '', lines: 1 });
  });

  test('colours are for people who watch, or who ask for them', async () => {
    const escape = '\u001b[';
    expect((await runInline({}, ['report', 'x'], { env: { NO_COLOR: '', FORCE_COLOR: '1' } })).stderr).toContain(escape);
    expect((await runInline({}, ['report', 'x', '--no-color'], { env: { NO_COLOR: '', FORCE_COLOR: '1' } })).stderr).not.toContain(escape);
    expect((await runInline({}, ['report', 'x'])).stderr).not.toContain(escape);
  });
});
