/** Written after every run. */
export const REPORTS = ['result', 'junit', 'markdown', 'html'] as const;
/** Written when they are asked for: for other tools' dashboards. */
export const EXPORTS = ['ctrf', 'allure', 'gitlab', 'github', 'otlp'] as const;
export type ReportName = (typeof REPORTS)[number] | (typeof EXPORTS)[number];

/** Files and folders of the exports, in the run's folder. */
export const EXPORT_FILES: Record<(typeof EXPORTS)[number], readonly string[]> = {
  ctrf: ['ctrf.json'],
  allure: ['allure-results'],
  gitlab: ['gl-code-quality.json'],
  github: ['github-summary.md', 'github-comment.md', 'github-annotations.txt'],
  otlp: ['otlp.json'],
};
