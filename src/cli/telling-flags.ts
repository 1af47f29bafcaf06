import { type Command, InvalidArgumentError, Option } from 'commander';
import { EXPORTS, type ReportName } from '../report/report-names.ts';

/** Where else the story of a run is told, alike for everything that ends with a report. */
export interface TellingFlags {
  /** Beside those that are always written. */
  reports?: ReportName[];
  notify?: string;
  notifyWhen?: 'red' | 'always';
  /** Address of the report, for those who are told from afar. */
  link?: string;
}

export function addTellingFlags(command: Command): Command {
  return command
    .option(
      '--reports <list>',
      `write these as well: ${EXPORTS.join(',')}; github also fills the job summary and the annotations, otlp also sends the spans to OTEL_EXPORTER_OTLP_ENDPOINT`,
      reports,
    )
    .option(
      '--notify <url>',
      'tell a chat’s incoming webhook (Slack and what understands its JSON); INTENTWRIGHT_NOTIFY keeps the address out of the command line',
      webAddress,
    )
    .addOption(new Option('--notify-when <when>', 'only a run that is not green, or every run').choices(['red', 'always']))
    .option('--link <url>', 'where the report can be read, for the chat; the workflow’s page on GitHub, the job’s on GitLab', webAddress);
}

function reports(text: string): ReportName[] {
  const names = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  const unknown = names.find((name) => !(EXPORTS as readonly string[]).includes(name));
  if (unknown !== undefined || names.length === 0)
    throw new InvalidArgumentError(`${unknown === undefined ? 'It is empty' : `"${unknown}" is no report`}; known: ${EXPORTS.join(', ')}.`);
  return EXPORTS.filter((name) => names.includes(name));
}

function webAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    throw new InvalidArgumentError('It must be an address that begins with https:// or http://.');
  return text;
}
