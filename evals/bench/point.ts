/** What the double of a model does with a page that it is told: finds the line that names the thing, and from there on the first control of the kind wanted; its mark is `[0-12]`, `[ref=e12]` or `#12`. */
export function refAfter(told: string, thing: RegExp, control: RegExp): string | undefined {
  const lines = told.split('\n');
  // A question repeats the sentence before the page: only lines with a mark can be meant.
  const marked = (line: string): string | undefined =>
    /\[(\d+-\d+)\]|\[ref=(\w+)\]|#(\d+)\b/
      .exec(line)
      ?.slice(1)
      .find((mark) => mark !== undefined);
  const from = lines.findIndex((line) => thing.test(line) && marked(line) !== undefined);
  return from < 0
    ? undefined
    : lines
        .slice(from)
        .filter((line) => control.test(line))
        .map(marked)
        .find((mark) => mark !== undefined);
}
