import { fork, type ChildProcess } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

const KILL_MS = 3000;

/** One process of Teamspace: started, ended in order, restarted. */
export class Part {
  readonly name: string;
  readonly #file: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #onLost: (name: string) => void;
  #child: ChildProcess | undefined;
  #wanted = false;

  constructor(name: string, module: string, env: NodeJS.ProcessEnv, onLost: (name: string) => void) {
    this.name = name;
    this.#file = fileURLToPath(new URL(`./${module}${extname(import.meta.url)}`, import.meta.url));
    this.#env = env;
    this.#onLost = onLost;
  }

  get running(): boolean {
    return this.#child !== undefined;
  }

  /** Resolves with its port once it listens; it begins to work when it is introduced to the others. */
  async start(more: NodeJS.ProcessEnv = {}): Promise<number> {
    this.#wanted = true;
    // A group of its own: an interrupt at the terminal reaches the parent alone, which then ends its parts in order.
    const child = fork(this.#file, {
      detached: true,
      env: { ...this.#env, ...more },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    this.#child = child;
    return new Promise<number>((resolve, reject) => {
      child.once('message', (message) => resolve((message as { port?: number }).port ?? 0));
      child.once('error', reject);
      child.once('exit', (code) => {
        reject(new Error(`${this.name} ended with ${code} before it was ready`));
        if (this.#child !== child) return;
        this.#child = undefined;
        if (this.#wanted) this.#onLost(this.name);
      });
    });
  }

  /** Tells it where everybody is. */
  introduce(addresses: Record<string, string>): void {
    this.#child?.send(addresses);
  }

  /** Asks it to end, and insists after a while. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#wanted = false;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      const insist = setTimeout(() => child.kill('SIGKILL'), KILL_MS);
      child.once('exit', () => {
        clearTimeout(insist);
        resolve();
      });
      child.kill('SIGTERM');
    });
  }
}
