// Preloaded into a process that is measured: leaves its greatest resident size, in KiB, in the file named by BENCH_PEAK.
import { writeFileSync } from 'node:fs';

const file = process.env.BENCH_PEAK;
delete process.env.BENCH_PEAK;
if (file) process.on('exit', () => writeFileSync(file, String(process.resourceUsage().maxRSS)));
