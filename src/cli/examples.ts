/** Lines under `--help`: a command as it is typed, and what it is for. */
export function examples(...rows: [command: string, purpose: string][]): string {
  const width = Math.max(...rows.map(([command]) => command.length));
  return `\nExamples:\n${rows.map(([command, purpose]) => `  ${command.padEnd(width)}   ${purpose}`).join('\n')}`;
}
