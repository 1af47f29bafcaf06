import { Command } from 'commander';

/** Commander looks for `--shrad=1/4` as a whole among the options it knows, and finds nothing near it. */
export class CommandLine extends Command {
  unknownOption(flag: string): void {
    const base = Command.prototype as unknown as { unknownOption(this: Command, flag: string): void };
    base.unknownOption.call(this, flag.replace(/=.*$/s, ''));
  }

  override createCommand(name?: string): CommandLine {
    return new CommandLine(name);
  }
}
