import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { FixtureAction } from '../../core/intent.ts';
import type { FixtureContext } from '../fixtures.ts';
import { parsedAnswer } from './answer.ts';

/** A program without a shell; the JSON, or the text, that it prints. */
export async function runCommand(action: Extract<FixtureAction, { kind: 'command' }>, context: FixtureContext): Promise<unknown> {
  const [program = '', ...args] = action.command;
  context.guard.checkProgram(action.command, action.env);
  const { stdout } = await promisify(execFile)(program === 'node' ? process.execPath : program, args, {
    cwd: action.cwd ? resolve(context.root, action.cwd) : context.root,
    env: { ...context.guard.env, ...action.env } as NodeJS.ProcessEnv,
    signal: context.signal,
    timeout: 60_000,
    maxBuffer: 16 * 1024 * 1024,
  });
  return parsedAnswer(stdout);
}
