import { AsyncLocalStorage } from 'node:async_hooks';
import childProcess, { ChildProcess } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import workerThreads from 'node:worker_threads';
import type { Connection } from '../core/config.ts';
import type { ProductionGuard } from './production-guard.ts';

type Refuse = (program: string) => void;

/** Whoever runs inside is asked before it starts a program or a thread. */
const inside = new AsyncLocalStorage<Refuse>();
let installed = false;

/**
 * Calls a function that is somebody else's; `refuse` throws for a program that it may not start. Its own connections are held to the network guard,
 * but those of another process, or of a thread, would not be.
 */
export function watchingPrograms<T>(refuse: Refuse, call: () => T): T {
  install();
  return inside.run(refuse, call);
}

function install(): void {
  if (installed) return;
  installed = true;
  // Behind spawn, exec, execFile and fork; the others have ways of their own.
  const spawn = Reflect.get(ChildProcess.prototype, 'spawn') as (this: ChildProcess, options: { file?: string }) => unknown;
  Reflect.set(ChildProcess.prototype, 'spawn', function asked(this: ChildProcess, options: { file?: string }) {
    inside.getStore()?.(String(options.file));
    return spawn.call(this, options);
  });
  for (const name of ['spawnSync', 'execSync', 'execFileSync'] as const) {
    const real = childProcess[name] as (...args: unknown[]) => unknown;
    Reflect.set(childProcess, name, (...args: unknown[]) => {
      inside.getStore()?.(String(args[0]));
      return real(...args);
    });
  }
  const { Worker } = workerThreads;
  Reflect.set(
    workerThreads,
    'Worker',
    class extends Worker {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        inside.getStore()?.('a thread');
        super(...args);
      }
    },
  );
  syncBuiltinESMExports();
}

/** Programs that probes ask: given nothing that names production, and vouched for. @throws IntentwrightError TARGET_REFUSED */
export function checkPrograms(
  connections: readonly Pick<Connection, 'name' | 'probe' | 'settings'>[],
  guard: Pick<ProductionGuard, 'checkProgram' | 'checkUnwatched'>,
): void {
  for (const { name, probe, settings } of connections) {
    if (probe !== 'command') continue;
    const { command, env = {}, safe } = settings as { command: string[]; env?: Record<string, string>; safe?: 'production' | 'test' };
    guard.checkProgram(command, env);
    guard.checkUnwatched(`connection ${name}`, command[0] ?? '', safe);
  }
}
