/** Ends this process in order when it is told to, or when the one that started it is gone. */
export function untilParentEnds(end: (orphaned: boolean) => void | Promise<void>): void {
  let ending = false;
  const once = (orphaned: boolean) => (): void => {
    if (ending) return;
    ending = true;
    void end(orphaned);
  };
  process.on('SIGTERM', once(false));
  process.on('SIGINT', once(false));
  process.on('disconnect', once(true));
}

/**
 * Tells the parent which port this process has, and learns where everybody else is: the addresses are in the environment
 * when it resolves. Nobody needs to guess a free port before it is bound, so any number of copies can start at once.
 */
export async function meetTheOthers(port?: number): Promise<void> {
  const others = new Promise<Record<string, string>>((resolve) => {
    process.once('message', (message) => resolve(message as Record<string, string>));
  });
  process.send?.({ port });
  Object.assign(process.env, await others);
}
