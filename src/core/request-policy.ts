const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Which requests may be sent where nothing may be broken: what reads, and what the list names. */
export type RequestPolicy = (method: string, url: string) => boolean;

/** `allowed`: "POST /session", "* /canary/**"; a star stands for anything within a segment, two for any number of segments. */
export function requestPolicy(allowed: readonly string[]): RequestPolicy {
  const rules = allowed.map((rule) => {
    const [method = '', path = ''] = rule.trim().split(/\s+/);
    const pattern = path.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*\*|\*/g, (stars) => (stars === '**' ? '.*' : '[^/]*'));
    return { method: method.toUpperCase(), path: new RegExp(`^${pattern}$`) };
  });
  return (method, url) => {
    const wanted = method.toUpperCase();
    if (READS.has(wanted)) return true;
    const { pathname } = new URL(url);
    return rules.some((rule) => (rule.method === '*' || rule.method === wanted) && rule.path.test(pathname));
  };
}
