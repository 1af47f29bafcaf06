// Preloaded into a process that is measured: leaves its greatest resident size, in KiB, in the file named by BENCH_PEAK, and its processor time, in ms, beside it.
import { writeFileSync } from 'node:fs';

const file = process.env.BENCH_PEAK;
delete process.env.BENCH_PEAK;
if (file) {
  process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    writeFileSync(file, String(maxRSS));
    writeFileSync(`${file}.cpu`, String((userCPUTime + systemCPUTime) / 1000));
  });
}
