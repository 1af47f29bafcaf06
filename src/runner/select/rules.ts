import { basename } from 'node:path';
import { tablesIn } from '../../core/surface.ts';
import { bothSides, type Change, changedLines } from './change.ts';
import { manifestChange } from './dependencies.ts';
import type { IntentFacts } from './facts.ts';

/** What a file is by its name and its change, and whom that puts at risk, whatever the file is called in this repository. */
export interface RuleHit {
  rule: string;
  /** In words: "a migration of orders". */
  says: string;
  /** How far the rule is believed, 0 to 1. */
  weight: number;
  hits(facts: IntentFacts): boolean;
}

type Rule = (change: Change) => RuleHit | undefined;

const everyone = (): boolean => true;
const touching =
  (...systems: RegExp[]) =>
  ({ intent }: IntentFacts): boolean =>
    intent.touches.some((system) => systems.some((word) => word.test(system)));

/** The words of a path: demo/web/authMiddleware.ts → demo, web, auth, middleware. */
const wordsOf = (path: string): string[] =>
  path
    .replace(/\.[^./]+$/, '')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/);

const named = (change: Change, ...words: string[]): string | undefined => wordsOf(change.path).find((word) => words.includes(word));

const migration: Rule = (change) => {
  if (
    !/(?:^|\/)(?:migrations?|migrate|alembic|flyway|liquibase)\/|(?:^|\/)(?:schema|structure)\.(?:sql|rb|prisma|graphql)$|\.sql$|\.prisma$/i.test(
      change.path,
    )
  )
    return undefined;
  const tables = tablesIn([...changedLines(change), bothSides(change)].join('\n'));
  const models = [...bothSides(change).matchAll(/\b(?:model|create_table|createTable|alterTable|add_column|op\.\w+)\W+["'`:]?(\w+)/g)].map(
    (match) => match[1]!.toLowerCase(),
  );
  const all = [...new Set([...tables, ...models])];
  return {
    rule: 'migration',
    says: all.length > 0 ? `a migration of ${all.slice(0, 3).join(', ')}` : 'a migration',
    weight: 0.8,
    hits:
      all.length === 0
        ? everyone
        : ({ surface }) => surface.tables.some((table) => all.some((name) => name === table || `${name}s` === table)),
  };
};

const environment: Rule = ({ path }) =>
  /(?:^|\/)(?:\.env(?:\.[\w.-]+)?|env\.(?:ya?ml|json|d\.ts|[jt]s)|.*\.env|configmap[\w.-]*\.ya?ml|values[\w.-]*\.ya?ml|application(?:-\w+)?\.(?:properties|ya?ml)|appsettings[\w.]*\.json)$/i.test(
    path,
  )
    ? { rule: 'environment', says: 'it defines the environment that the application runs in', weight: 0.6, hits: everyone }
    : undefined;

const infrastructure: Rule = ({ path }) =>
  /(?:^|\/)(?:Dockerfile[\w.-]*|Containerfile|(?:docker-)?compose[\w.-]*\.ya?ml|Procfile|fly\.toml|render\.yaml|vercel\.json|netlify\.toml|serverless\.ya?ml|nginx[\w.-]*|Caddyfile|\.gitlab-ci\.yml|Jenkinsfile)$|\.(?:tf|tfvars|bicep)$|(?:^|\/)(?:terraform|k8s|kubernetes|helm|charts|ansible|deploy|infra|infrastructure)\/|^\.github\/(?:workflows|actions)\//i.test(
    path,
  )
    ? { rule: 'infrastructure', says: 'infrastructure that everything runs on', weight: 0.6, hits: everyone }
    : undefined;

const flags: Rule = (change) => {
  const word = named(change, 'flag', 'flags', 'flagd', 'toggles', 'featureflags', 'launchdarkly', 'unleash', 'growthbook');
  if (word === undefined) return undefined;
  const text = bothSides(change);
  return {
    rule: 'flags',
    says: 'feature flags',
    weight: 0.6,
    hits: (facts) => touching(/flag|toggle/i)(facts) || facts.surface.flags.some((flag) => text.includes(flag)),
  };
};

const identity: Rule = (change) => {
  const word = named(
    change,
    'auth',
    'authn',
    'authz',
    'authentication',
    'authorization',
    'session',
    'sessions',
    'middleware',
    'middlewares',
    'cookie',
    'cookies',
    'csrf',
    'oauth',
    'oidc',
    'sso',
    'saml',
    'jwt',
    'rbac',
    'acl',
    'permissions',
  );
  return word === undefined
    ? undefined
    : {
        rule: 'identity',
        says: `who somebody is and what they may (${word})`,
        weight: 0.6,
        hits: (facts) => facts.signedIn || touching(/auth|session|permission|identity|login/i)(facts),
      };
};

const webhooks: Rule = (change) =>
  named(change, 'webhook', 'webhooks', 'callback', 'callbacks') === undefined
    ? undefined
    : { rule: 'webhooks', says: 'webhooks', weight: 0.6, hits: touching(/webhook|payment|billing|integration/i) };

const workers: Rule = (change) =>
  named(change, 'worker', 'workers', 'queue', 'queues', 'consumer', 'consumers', 'scheduler', 'cron', 'sidekiq', 'celery', 'bullmq') ===
  undefined
    ? undefined
    : {
        rule: 'workers',
        says: 'what background jobs run on',
        weight: 0.6,
        hits: (facts) => facts.surface.jobs.length > 0 || touching(/job|worker|queue|async|background/i)(facts),
      };

const LOCKFILES =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|Gemfile\.lock|poetry\.lock|uv\.lock|Pipfile\.lock|Cargo\.lock|go\.sum|composer\.lock|gradle\.lockfile)$/;
const MANIFESTS =
  /^(?:requirements[\w.-]*\.txt|pyproject\.toml|Gemfile|go\.mod|Cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?|[\w.]+\.csproj)$/;

const dependencies: Rule = (change) => {
  const high = ({ intent }: IntentFacts): boolean => intent.priority !== 'normal';
  if (LOCKFILES.test(change.path))
    return { rule: 'lockfile', says: 'other versions of dependencies are installed', weight: 0.4, hits: high };
  if (MANIFESTS.test(basename(change.path))) return { rule: 'dependencies', says: 'dependencies changed', weight: 0.6, hits: everyone };
  if (!/^(?:package|composer)\.json$/.test(basename(change.path))) return undefined;
  const manifest = manifestChange(change.before, change.after);
  if (!manifest) return { rule: 'dependencies', says: 'a package came or went', weight: 0.6, hits: everyone };
  if (manifest.majors.length > 0)
    return {
      rule: 'dependencies',
      says: `a major step of a dependency (${manifest.majors.slice(0, 2).join(', ')})`,
      weight: 0.7,
      hits: everyone,
    };
  if (manifest.fields.length > 0)
    return {
      rule: 'dependencies',
      says: `how the package is built or entered changed (${manifest.fields.join(', ')})`,
      weight: 0.6,
      hits: everyone,
    };
  if (manifest.minors.length > 0)
    return {
      rule: 'dependencies',
      says: `a small step of a dependency (${manifest.minors.slice(0, 2).join(', ')})`,
      weight: 0.4,
      hits: high,
    };
  return { rule: 'dependencies', says: 'no dependency and nothing that is built changed', weight: 0, hits: () => false };
};

const RULES: readonly Rule[] = [migration, environment, infrastructure, dependencies, flags, identity, webhooks, workers];

export const rulesFor = (change: Change): RuleHit[] => RULES.flatMap((rule) => rule(change) ?? []);
