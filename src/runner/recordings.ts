import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Config } from '../core/config.ts';
import type { Status } from '../core/decide.ts';
import { messageOf } from '../core/errors.ts';
import type { Redactor } from '../core/redact.ts';
import { slugOf } from '../core/slug.ts';
import type { AttemptEvent, Say } from '../journey/say.ts';
import { scrubHar } from './scrub-har.ts';
import { zipEntries } from './zip-entries.ts';

const KINDS = ['trace', 'video', 'har'] as const;
type Kind = (typeof KINDS)[number];

/** Recordings of a whole run together, bytes: shared by its attempts. */
export interface RecordingRoom {
  left: number;
}

/** Traces, videos and HARs of one attempt: recorded beside it, and kept only where its status asks for them and no secret would leave with them. */
export class Recordings {
  readonly #folder: string;
  readonly #actors = new Set<string>();
  readonly #typed = new Map<string, Set<string>>();
  readonly #options: { wanted: Config['artifacts']; dir: string; redactor: Redactor; room: RecordingRoom };

  constructor(options: {
    wanted: Config['artifacts'];
    dir: string;
    intent: string;
    attempt: number;
    redactor: Redactor;
    room: RecordingRoom;
  }) {
    this.#options = options;
    this.#folder = join(options.dir, 'recordings', `${slugOf(options.intent)}-${options.attempt}`);
  }

  /** Where an actor's browser puts them; undefined when none is wanted. */
  async placeFor(actor: string): Promise<{ trace?: string; video?: string; har?: string } | undefined> {
    const kinds = KINDS.filter((kind) => this.#options.wanted[kind] !== 'off');
    if (kinds.length === 0) return undefined;
    this.#actors.add(actor);
    const folder = join(this.#folder, slugOf(actor));
    await mkdir(folder, { recursive: true });
    const place: Record<Kind, string> = { trace: join(folder, 'trace.zip'), video: folder, har: join(folder, 'network.har') };
    return Object.fromEntries(kinds.map((kind) => [kind, place[kind]]));
  }

  /** Overhears who typed which secret. */
  note(body: AttemptEvent): void {
    if (body.type !== 'action-end') return;
    const names = [...body.line.matchAll(/\$\{secret:([^}]+)\}/g)].map(([, name]) => name!);
    if (names.length > 0) this.typed(body.actor, names);
  }

  /** What no action tells: a sign-in before the journey. */
  typed(actor: string, names: readonly string[]): void {
    this.#typed.set(actor, new Set([...(this.#typed.get(actor) ?? []), ...names]));
  }

  /** After the browsers were closed: keeps, scrubs or removes, and says which. Never throws. */
  async settle(status: Status, say: Say): Promise<void> {
    for (const actor of this.#actors) {
      const folder = join(this.#folder, slugOf(actor));
      for (const name of await readdir(folder).catch(() => [])) {
        const kind: Kind = name.endsWith('.har') ? 'har' : name.endsWith('.zip') ? 'trace' : 'video';
        const file = join(folder, name);
        const why = await this.#objection(kind, file, actor, status).catch(
          (error: unknown) => `it could not be looked into (${messageOf(error)})`,
        );
        if (why !== undefined) await rm(file, { force: true }).catch(() => undefined);
        if (why === NOT_WANTED) continue;
        const bytes = why === undefined ? (await stat(file)).size : 0;
        say({
          type: 'recording-end',
          actor,
          kind,
          ...(why === undefined ? { file: relative(this.#options.dir, file).split(sep).join('/'), bytes } : { why }),
        });
      }
      if ((await readdir(folder).catch(() => [''])).length === 0) await rm(folder, { recursive: true, force: true });
    }
    if ((await readdir(this.#folder).catch(() => [''])).length === 0)
      await rm(this.#folder, { recursive: true, force: true }).catch(() => undefined);
  }

  /** Why a recording must not stay; undefined when it may. */
  async #objection(kind: Kind, file: string, actor: string, status: Status): Promise<string | undefined> {
    const { wanted, redactor, room } = this.#options;
    if (wanted[kind] === 'on-failure' && (status === 'passed' || status === 'skipped')) return NOT_WANTED;
    const { size } = await stat(file);
    if (size > room.left) return 'the room for recordings of this run is used up (artifacts.maxMegabytes)';
    if (kind === 'har') await writeFile(file, scrubHar(await readFile(file, 'utf8'), redactor));
    else {
      const typed = this.#typed.get(actor);
      if (typed) return `secrets were typed (${[...typed].join(', ')}), and a ${kind} cannot be masked`;
      if (kind === 'trace') {
        // Cookies and answers may hold what nobody typed.
        for (const { name, bytes } of zipEntries(await readFile(file)))
          if (redactor.holds(name) || redactor.holds(bytes.toString('latin1')) || redactor.holds(bytes.toString('utf8')))
            return 'a secret is in it';
      }
    }
    room.left -= size;
    return undefined;
  }
}

const NOT_WANTED = 'passed';
