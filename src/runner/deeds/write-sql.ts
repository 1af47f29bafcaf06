import { resolve } from 'node:path';
import { IntentwrightError } from '../../core/errors.ts';
import type { FixtureAction } from '../../core/intent.ts';
import { partStatement, valuesOf } from '../../oracle/sql/statement.ts';
import type { FixtureContext } from '../fixtures.ts';

/** Statements in one transaction; the rows of the last one. */
type Write = (statements: { texts: string[]; values: unknown[] }[]) => Promise<unknown[]>;

interface SqlSettings {
  sqlite?: string;
  postgres?: string;
  mysql?: string;
  test?: boolean;
}

/**
 * Writes into a database that its connection calls a test database.
 * @throws IntentwrightError FIXTURE_FAILED where it is none
 */
export async function writeSql(action: Extract<FixtureAction, { kind: 'sql' }>, context: FixtureContext): Promise<unknown> {
  const settings = settingsOf(action.on, context);
  const statements = action.statements.map((text) => {
    const statement = partStatement(text);
    const used = Object.fromEntries(Object.entries(action.with).filter(([name]) => statement.names.includes(name)));
    return { texts: statement.texts, values: valuesOf(statement, used) };
  });
  const write =
    settings.sqlite === undefined
      ? settings.postgres === undefined
        ? intoMysql(settings.mysql!)
        : intoPostgres(settings.postgres)
      : intoSqlite(resolve(context.root, settings.sqlite));
  return write(statements);
}

function settingsOf(on: string | undefined, { connections, production }: FixtureContext): SqlSettings {
  const fitting = connections.filter((one) => one.probe === 'sql' && (on === undefined || one.name === on));
  const refuse = (message: string, hint: string) => new IntentwrightError('FIXTURE_FAILED', message, { hint });
  if (fitting.length !== 1)
    throw refuse(
      on === undefined ? 'it is not clear into which database to write' : `there is no sql connection called ${on}`,
      'say on: the name of a connection',
    );
  const [{ name, settings }] = fitting as [(typeof fitting)[number]];
  if (production) throw refuse(`nothing is written into ${name} when the target is production`, 'use a request or a command there');
  if ((settings as SqlSettings).test !== true)
    throw refuse(`${name} is not marked as a test database`, `add test: true to the connection if it is one`);
  return settings as SqlSettings;
}

const intoSqlite =
  (file: string): Write =>
  async (statements) => {
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(file, { timeout: 5000 });
    try {
      database.exec('BEGIN IMMEDIATE');
      const rows = statements.map(({ texts, values }) =>
        database
          .prepare(texts.join('?'))
          .all(...values.map((value) => (typeof value === 'boolean' ? Number(value) : value) as string | number | null)),
      );
      database.exec('COMMIT');
      return rows.at(-1) ?? [];
    } finally {
      database.close();
    }
  };

const intoPostgres =
  (url: string): Write =>
  async (statements) => {
    const { Client } = (await import('pg')).default;
    const client = new Client({
      connectionString: url,
      connectionTimeoutMillis: 4000,
      statement_timeout: 15_000,
      application_name: 'intentwright fixtures',
    });
    await client.connect();
    try {
      await client.query('BEGIN');
      let rows: unknown[] = [];
      for (const { texts, values } of statements)
        ({ rows } = await client.query(
          texts.reduce((text, part, index) => `${text}$${index}${part}`),
          values,
        ));
      await client.query('COMMIT');
      return rows;
    } finally {
      await client.end();
    }
  };

const intoMysql =
  (url: string): Write =>
  async (statements) => {
    const { createConnection } = await import('mysql2/promise');
    const connection = await createConnection({ uri: url, connectTimeout: 4000, multipleStatements: false });
    try {
      await connection.beginTransaction();
      let rows: unknown = [];
      for (const { texts, values } of statements) [rows] = await connection.execute(texts.join('?'), values as string[]);
      await connection.commit();
      return Array.isArray(rows) ? rows : [];
    } finally {
      await connection.end();
    }
  };
