export { createProgress, type Screen } from './terminal/progress.ts';
export { countLine, terminalReport, type TerminalOptions } from './terminal/report.ts';
export { wantsColours } from './terminal/paint.ts';
