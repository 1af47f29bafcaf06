// Prints the browser that a run would use; exit 1 when there is none. Run by the project's own Node, which reads TypeScript.
import { findBrowser } from '../../src/browser/find.ts';
import { IntentwrightError } from '../../src/core/errors.ts';

try {
  process.stdout.write(findBrowser({ config: { channel: 'auto', headless: true }, env: process.env }).executable);
} catch (error) {
  if (!IntentwrightError.is(error, 'BROWSER_MISSING')) throw error;
  process.exitCode = 1;
}
