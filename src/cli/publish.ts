import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../core/errors.ts';
import { webhookOf } from '../report/exports/webhook.ts';
import { isLeftOut, type RunStory } from '../report/story.ts';
import type { Shell } from './shell.ts';
import type { TellingFlags } from './telling-flags.ts';

const PATIENCE = 10_000;

/** Takes what was written to where it is read: GitHub's summary and annotations, a collector of traces, a chat. What fails is said and fails no run: the report is there. */
export async function publish(shell: Shell, folder: string, story: RunStory, flags: TellingFlags): Promise<void> {
  const attempt = async (what: string, work: () => Promise<void>): Promise<void> => {
    await work().catch((error: unknown) => shell.err(`${shell.paint('yellow', 'warning')} ${what}: ${reasonOf(error)}\n`));
  };
  const wanted = flags.reports ?? [];
  if (wanted.includes('github')) await attempt('the run could not be told to GitHub', () => toGithub(shell, folder));
  if (wanted.includes('otlp')) await attempt('the spans could not be sent', () => toCollector(shell.env, folder));
  const chat = flags.notify ?? shell.env['INTENTWRIGHT_NOTIFY'];
  const green =
    story.exitCode === 0 &&
    story.intents.some(({ status }) => status === 'passed') &&
    story.intents.every((intent) => intent.status === 'passed' || isLeftOut(intent));
  if (chat && (!green || flags.notifyWhen === 'always'))
    await attempt('the chat could not be told', () => post(chat, JSON.stringify(webhookOf(story, flags.link ?? jobLink(shell.env)))));
}

/** Inside a workflow only. Annotations are read from the job's output. */
async function toGithub({ env, out }: Shell, folder: string): Promise<void> {
  const summary = env['GITHUB_STEP_SUMMARY'];
  if (summary) await appendFile(summary, await readFile(join(folder, 'github-summary.md'), 'utf8'));
  if (env['GITHUB_ACTIONS'] === 'true') out(await readFile(join(folder, 'github-annotations.txt'), 'utf8'));
}

/** OTLP over HTTP, as the variables of every OpenTelemetry exporter say. */
async function toCollector(env: NodeJS.ProcessEnv, folder: string): Promise<void> {
  const base = env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  const url = env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] || (base && `${base.replace(/\/$/, '')}/v1/traces`);
  if (!url) return;
  const headers = Object.fromEntries(
    (env['OTEL_EXPORTER_OTLP_TRACES_HEADERS'] ?? env['OTEL_EXPORTER_OTLP_HEADERS'] ?? '').split(',').flatMap((pair) => {
      const at = pair.indexOf('=');
      return at > 0 ? [[decodeURIComponent(pair.slice(0, at).trim()), decodeURIComponent(pair.slice(at + 1).trim())]] : [];
    }),
  );
  await post(url, await readFile(join(folder, 'otlp.json'), 'utf8'), headers);
}

async function post(url: string, body: string, headers: Record<string, string> = {}): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body,
    signal: AbortSignal.timeout(PATIENCE),
    redirect: 'error',
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`${new URL(url).host} answered ${response.status}`);
}

/** The address itself is a secret of a webhook: only its host is ever said. */
const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `${messageOf(error)}${cause}`.replace(/https?:\/\/\S+/g, (url) => (URL.canParse(url) ? new URL(url).host : '…'));
};

/** The page of the job that this runs in. */
function jobLink(env: NodeJS.ProcessEnv): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id, CI_JOB_URL: gitlab, BUILD_URL: jenkins } = env;
  return server && repository && id ? `${server}/${repository}/actions/runs/${id}` : gitlab || jenkins || undefined;
}
